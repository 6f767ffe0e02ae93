"""The command line of `python -m bench.operations`: 0: measured; 2: bad arguments."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from statistics import geometric_mean

import minigrad
from minigrad.fused import registry

from . import operations
from .command import Parser
from .machine import describe
from .operation_times import Times, time_operation
from .report import duration, print_machine
from .threads import THREADS

ROWS = (32, 16384)
ROUNDS, QUICK_ROUNDS = 15, 3


def name_of_operation(text: str) -> str:
    """The name of a fused operation."""
    if text not in registry:
        raise argparse.ArgumentTypeError(
            f"unknown operation {text!r}: expected one of {', '.join(sorted(registry))}"
        )
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = Parser(
        prog="bench.operations",
        description="Time each fused operation, forward and back, beside PyTorch's.",
    )
    parser.add_argument(
        "--operation",
        action="append",
        metavar="NAME",
        type=name_of_operation,
        help="time only this; may be given more than once",
    )
    parser.add_argument("--quick", action="store_true", help="measure less: rough figures soon")
    chosen = parser.parse_args(arguments)
    print_machine({"minigrad": minigrad.__version__, **describe(THREADS)}, print)
    names = chosen.operation or sorted(registry)
    rounds = QUICK_ROUNDS if chosen.quick else ROUNDS
    print_times(measure(names, rounds), rounds)
    return 0


def measure(names: Sequence[str], rounds: int) -> Iterator[Times]:
    """The times of operations in the libraries that are installed."""
    libraries = {"minigrad": minigrad}
    if find_spec("torch") is not None:
        libraries["torch"] = import_module("torch")
        libraries["torch"].set_num_threads(THREADS)
    for name in names:
        operation = operations.find(name)
        assert operation is not None, f"bench/operations/{name}.py is missing"
        for rows in ROWS:
            yield Times(name, rows, time_operation(operation, libraries, rows, rounds))


def print_times(measured: Iterator[Times], rounds: int) -> None:
    """A line for each operation and number of rows, as they come."""
    print(f"One call with its backward, float32, eager, median of {rounds} alternating rounds")
    print(f"  {'':<34} {'rows':>6} {'minigrad':>10} {'PyTorch':>10}   beside PyTorch")
    ratios = []
    for operation, rows, seconds in measured:
        line = f"  {operation:<34} {rows:>6} {duration(seconds['minigrad']):>10}"
        if "torch" in seconds:
            ratios.append(seconds["torch"] / seconds["minigrad"])
            line += f" {duration(seconds['torch']):>10}   {ratios[-1]:.2f} times as fast"
        print(line, flush=True)
    if ratios:
        print(f"  geometric mean: {geometric_mean(ratios):.2f} times as fast")
