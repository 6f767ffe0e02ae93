"""What can be asked for on the command line, and with which exit status is it answered?

0: measured, whatever the figures are; 1: something has a wrong result, or minigrad did not run,
and has no time; 2: bad arguments.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from .contenders import CONTENDERS, TORCH_COMPILED, is_installed
from .sections import FULL, QUICK, SECTIONS, Asked, run
from .threads import THREADS
from .workloads import QUICK as QUICK_WORKLOADS, WORKLOADS


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def positive(text: str) -> int:
    """A number of times something is done."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"expected a positive integer, got {text!r}")
    return int(text)


def positive_seconds(text: str) -> float:
    """How long something is done."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise argparse.ArgumentTypeError(f"expected seconds above 0, up to 60, got {text!r}")
    return seconds


def output_file(text: str) -> Path:
    """A file in a folder that exists."""
    path = Path(text)
    if not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is a folder")
    return path


def output_folder(text: str) -> Path:
    """A folder to draw into, which is made if its parent exists."""
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is a file")
    if not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    if find_spec("matplotlib") is None:
        raise argparse.ArgumentTypeError("matplotlib is not installed")
    return path


def add_outputs(parser: Parser) -> None:
    """What both commands of the benchmark take."""
    parser.add_argument("--quick", action="store_true", help="measure less: rough figures soon")
    parser.add_argument(
        "--threads", type=positive, default=THREADS, help=f"of everybody ({THREADS})"
    )
    parser.add_argument(
        "--json", type=output_file, metavar="FILE", help="also write everything to a file"
    )
    parser.add_argument(
        "--charts", type=output_folder, metavar="FOLDER", help="also draw charts into a folder"
    )


def make_parser() -> Parser:
    parser = Parser(
        prog="bench",
        description="Time minigrad's steps beside PyTorch's and JAX's, in alternating rounds.",
    )
    several = {"action": "append", "metavar": "NAME"}
    parser.add_argument("--workload", choices=list(WORKLOADS), help="only this one", **several)
    parser.add_argument(
        "--contender",
        choices=[each.name for each in CONTENDERS],
        help="of steps, only this one",
        **several,
    )
    parser.add_argument("--section", choices=SECTIONS, help="measure only this", **several)
    parser.add_argument("--rounds", type=positive, help=f"rounds of a step ({FULL.rounds})")
    parser.add_argument(
        "--seconds", type=positive_seconds, help=f"of a contender in a round ({FULL.seconds})"
    )
    add_outputs(parser)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit status."""
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    effort = QUICK if chosen.quick else FULL
    effort = replace(
        effort, rounds=chosen.rounds or effort.rounds, seconds=chosen.seconds or effort.seconds
    )
    names = chosen.contender
    if names is None:  # its compiler alone takes longer than all else that is quick
        left_out = (TORCH_COMPILED,) if chosen.quick else ()
        wanted = [each for each in CONTENDERS if each not in left_out]
    else:
        wanted = [each for each in CONTENDERS if each.name in names]
    contenders = [each for each in wanted if is_installed(each)]
    if not contenders:
        parser.error(f"--contender: {wanted[0].library} is not installed")
    workloads = chosen.workload or (QUICK_WORKLOADS if chosen.quick else list(WORKLOADS))
    selective = chosen.workload is not None or names is not None
    asked = Asked(
        workloads=[WORKLOADS[name] for name in dict.fromkeys(workloads)],
        contenders=contenders,
        absent=[each for each in wanted if each not in contenders],
        sections=chosen.section or (SECTIONS[:1] if selective else SECTIONS),
        effort=effort,
        threads=chosen.threads,
        json=chosen.json,
        charts=chosen.charts,
    )
    try:
        return run(asked, print)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
