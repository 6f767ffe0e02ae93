"""The command line of `python -m bench.operations`: 0: measured; 2: bad arguments."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

import minigrad
from compare.report.files import write_json
from minigrad.fused import registry

from . import operations, threads
from .command import Parser, add_outputs
from .machine import describe
from .operation_report import as_json, print_head, print_line, print_mean
from .operation_times import COLUMNS, Times, time_operation
from .rates import COPIED, measure_rates
from .report import print_machine

ELEMENTS = (10**3, 10**4, 10**5, 10**6, 10**7)
QUICK_ELEMENTS = (10**3, 10**6)
ROUNDS, QUICK_ROUNDS = 9, 3


def name_of_operation(text: str) -> str:
    """The name of a fused operation."""
    if text not in registry:
        raise argparse.ArgumentTypeError(
            f"unknown operation {text!r}: expected one of {', '.join(sorted(registry))}"
        )
    return text


def make_parser() -> Parser:
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
    add_outputs(parser)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit status."""
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    machine = {"minigrad": minigrad.__version__, **describe(chosen.threads)}
    print_machine(machine, print)
    rounds = QUICK_ROUNDS if chosen.quick else ROUNDS
    sizes = QUICK_ELEMENTS if chosen.quick else ELEMENTS
    rates = measure_rates(chosen.threads, COPIED // 8 if chosen.quick else COPIED)
    print_head(rates, rounds, print)
    measured = []
    for times in measure(chosen.operation or sorted(registry), sizes, rounds, chosen.threads):
        print_line(times, rates, print)
        measured.append(times)
    print_mean(measured, print)
    try:
        if chosen.json is not None:
            write_json(chosen.json, {"machine": machine, **as_json(measured, rates)})
        if chosen.charts is not None:
            from .operation_charts import draw  # matplotlib need not be there

            for path in draw(measured, rates, chosen.charts):
                print(f"drawn: {path}")
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    return 0


def measure(
    names: Sequence[str], sizes: Sequence[int], rounds: int, count: int
) -> Iterator[Times]:
    """The times of operations in the libraries that are installed."""
    libraries = {"minigrad": minigrad}
    if find_spec("torch") is not None:
        libraries["torch"] = import_module("torch")
        threads.pin(libraries["torch"], count)
    for name in names:
        operation = operations.find(name)
        assert operation is not None, f"bench/operations/{name}.py is missing"
        for elements in sizes:
            rows = max(1, elements // COLUMNS)
            yield time_operation(name, operation, libraries, rows, rounds)


def start() -> int:
    """What runs in a process of its own; libraries read how many threads at their import."""
    count = make_parser().parse_args().threads
    if not threads.is_pinned(count):
        command = [sys.executable, "-m", "bench.operations", *sys.argv[1:]]
        os.execve(sys.executable, command, threads.environment(count))
    try:
        return main()
    except KeyboardInterrupt:
        print("bench.operations: interrupted", file=sys.stderr)
        return 130
