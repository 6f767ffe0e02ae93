"""What can be asked for on the command line, and with which exit status is it answered?

0: measured, whatever the figures are; 1: the results are wrong, so nothing is printed about
time; 2: bad arguments.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import minigrad
from compare.export import write_json

from .machine import describe
from .measurement import Effort, WrongResultError, measure
from .network import CONTENDERS
from .processes import WorkerError
from .report import print_machine, print_report, summarised

FULL = Effort(rounds=30, steps=500, starts=7, first_calls=30)
QUICK = Effort(rounds=5, steps=100, starts=2, first_calls=15)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def positive(text: str) -> int:
    """A number of times something is done."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"expected a positive integer, got {text!r}")
    return int(text)


def make_parser() -> Parser:
    parser = Parser(
        prog="bench",
        description="Time a training step of minigrad's beside PyTorch's, in alternating rounds.",
    )
    parser.add_argument("--rounds", type=positive, help=f"rounds to make ({FULL.rounds})")
    parser.add_argument("--steps", type=positive, help=f"eager steps in a round ({FULL.steps})")
    parser.add_argument("--quick", action="store_true", help="measure less: a rough figure soon")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="also write everything to a file"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit status."""
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    if chosen.json is not None and not chosen.json.absolute().parent.is_dir():
        parser.error(f"--json: there is no folder {str(chosen.json.parent)!r}")
    effort = QUICK if chosen.quick else FULL
    effort = replace(
        effort, rounds=chosen.rounds or effort.rounds, steps=chosen.steps or effort.steps
    )
    machine = {"minigrad": minigrad.__version__, **describe()}
    print_machine(machine, print)
    contenders = [each for each in CONTENDERS if find_spec(each.library) is not None]
    if len(contenders) < len(CONTENDERS):
        print("PyTorch is not installed: minigrad is timed alone.\n")
    try:
        found = measure(contenders, effort)
    except (WrongResultError, WorkerError) as error:
        print(f"bench: no times: {error}", file=sys.stderr)
        return 1
    print_report(found, machine, effort, print)
    if chosen.json is not None:
        content = {
            "machine": machine,
            "effort": asdict(effort),
            "seconds": asdict(found),
            "targets": summarised(found),
        }
        try:
            write_json(chosen.json, content)
        except OSError as error:
            parser.error(f"--json: {chosen.json}: {error.strerror}")
    return 0
