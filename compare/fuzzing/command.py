"""How is fuzzing asked for on the command line, and with which exit status answered?

0: all differences are known; 1: one is not, or a process ended; 2: it could not be done as asked.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

import torch

import minigrad

from ..asked import positive
from ..report.output import output
from . import cases
from .drawing import lines_of, program_of
from .explanations import explanation_of
from .judge import judge
from .report import print_replay, print_report
from .session import Session
from .state import State, read_state

EXAMPLES = 1000
OTHERS = (
    *("operation", "time", "exhaustive", "json", "html", "record"),
    *("trajectories", "steps", "picture", "mutate"),
)
UNITS = {"s": 1, "m": 60, "h": 3600}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about fuzzing."""
    group = parser.add_argument_group("fuzzing")
    group.add_argument(
        "--fuzz",
        action="store_true",
        help="compare, instead of operations, random programs, after each line of theirs",
    )
    group.add_argument(
        "--examples",
        type=positive,
        metavar="N",
        help=f"how many programs; {EXAMPLES}, or what there is time for",
    )
    group.add_argument(
        "--budget", type=budget, metavar="TIME", help="how long to go on: 90s, 10m, 2h"
    )
    group.add_argument(
        "--processes", type=positive, metavar="N", help="how many at once; one for each core"
    )
    group.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="go on from what this file says, and write what all runs together have met to it",
    )


def budget(text: str) -> float:
    """A time in seconds, minutes or hours."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh])", text)
    if found is None or float(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a time like 90s, 10m or 2h")
    return float(found[1]) * UNITS[found[2]]


def wanted(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> bool:
    """Whether fuzzing was asked for."""
    for name in ("examples", "budget", "processes", "state"):
        if getattr(chosen, name) is not None and not chosen.fuzz:
            parser.error(f"--{name}: is said of --fuzz, which was not asked for")
    return bool(chosen.fuzz)


def check(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> State:
    """Refuse what cannot be done; give the state to go on from."""
    for name in OTHERS:
        if getattr(chosen, name):
            parser.error(f"--{name}: is not said of --fuzz; ask for one or the other")
    if chosen.device != "cpu":
        parser.error(f"--device: programs are compared on the cpu, not on {chosen.device}")
    path = chosen.state
    if path is None:
        return State()
    try:
        return read_state(path) if path.exists() else State()
    except (ValueError, OSError) as error:
        parser.error(f"--state: {error}")


def run(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Fuzz, print; return the exit status."""
    state = check(parser, chosen)
    programs = chosen.examples or (None if chosen.budget else EXAMPLES)
    session = Session(state, chosen.state, programs, chosen.budget)
    try:
        session.run(chosen.processes or os.cpu_count() or 1)
    except KeyboardInterrupt:
        print(f"compare: {left_off(state, chosen.state)}", file=sys.stderr)
        return 130
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    title = f"minigrad {minigrad.__version__} beside PyTorch {torch.__version__}: random programs"
    with output(parser) as console:
        console.print(title, style="bold")
        print_report(console, state, chosen.verbose)
        for path in session.kept:
            console.print(f"kept in {os.path.relpath(path)}", soft_wrap=True)
    return 1 if state.found or state.crashes else 0


def left_off(state: State, path: Path | None) -> str:
    """What an interrupted run leaves."""
    where = "nothing is kept, as no --state was given"
    if path is not None:
        where = f"--state {path} goes on from here"
    return f"interrupted after {state.programs:,} programs in all; {where}"


def is_program(name: str) -> bool:
    """Whether a name is a seed, or that of a difference that was kept."""
    return name.isdecimal() or name in cases.names()


def replay(parser: argparse.ArgumentParser, name: str) -> int:
    """Print a program and what differs in it; return the exit status."""
    if name.isdecimal():
        program = program_of(int(name))
        if program is None:
            parser.error(f"--replay: seed {name} stands for no program: it would be too long")
        lines = lines_of(program)
    else:
        lines = cases.lines(name)
    difference = judge(lines).difference
    reason = None if difference is None else explanation_of(difference)
    with output(parser) as console:
        print_replay(console, lines, difference, reason)
    return 0 if difference is None or reason is not None else 1
