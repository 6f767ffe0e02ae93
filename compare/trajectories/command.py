"""How are trajectories asked for on the command line, and with which exit status answered?

0: every script passes; 1: one fails; 2: they could not be compared as asked.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch

import minigrad

from ..asked import positive
from ..report import files
from ..report.content import Section
from ..report.output import output
from ..row import FAIL
from .outcome import Found, compare
from .report import print_report

STEPS = 1000
OF_ROWS = ("time", "exhaustive", "record", "verbose")  # which there are only beside a page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about trajectories."""
    group = parser.add_argument_group("trajectories")
    group.add_argument(
        "--trajectories",
        action="store_true",
        help="compare, instead of operations, every tensor of whole trainings at each step; with "
        "--html both",
    )
    group.add_argument(
        "--steps", type=positive, metavar="N", help=f"how many each script trains; {STEPS}"
    )
    group.add_argument(
        "--picture", type=Path, metavar="FILE", help="also draw the deviations, as a PNG"
    )


def wanted(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> bool:
    """Whether trajectories were asked for; if they cannot be compared as asked, it says so."""
    for name in ("steps", "picture"):
        if getattr(chosen, name) is not None and not chosen.trajectories:
            parser.error(f"--{name}: is said of --trajectories, which was not asked for")
    if chosen.trajectories:
        check(parser, chosen)
    return bool(chosen.trajectories)


def check(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Refuse, before any training, what cannot be done."""
    if chosen.operation:
        parser.error("--operation: trajectories are of whole scripts; ask for one or the other")
    if chosen.device != "cpu":
        parser.error(f"--device: trajectories are compared on the cpu, not on {chosen.device}")
    for name in OF_ROWS:
        if getattr(chosen, name) and chosen.html is None:
            parser.error(f"--{name}: is said of rows, which --trajectories has only with --html")
    picture = chosen.picture
    if picture is None:
        return
    if picture.suffix.lower() != ".png":
        parser.error(f"--picture: expected a name that ends in .png, got {str(picture)!r}")
    if find_spec("matplotlib") is None:
        parser.error("--picture: matplotlib is not installed; pip install matplotlib")


def trained(chosen: argparse.Namespace) -> list[Found]:
    """Train and compare every script."""
    return list(compare(chosen.steps or STEPS))


def run(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Compare, write, draw, print; return the exit status."""
    found = trained(chosen)
    outcomes = [each.outcome for each in found]
    complaint = files.complaint(lambda: write(chosen, found))
    with output(parser) as console:
        print_report(console, outcomes, f"Trajectories: {title()}")
    if complaint is not None:
        parser.error(complaint)
    return 1 if any(each.verdict == FAIL for each in outcomes) else 0


def write(chosen: argparse.Namespace, found: list[Found]) -> None:
    """The files that are asked for, each of them whole or not at all."""
    if chosen.json is not None:
        outcomes = [each.outcome for each in found]
        content = {
            "minigrad": minigrad.__version__,
            "torch": str(torch.__version__),
            "numpy": np.__version__,
            "device": "cpu",
            "trajectories": [{**asdict(each), "verdict": each.verdict} for each in outcomes],
        }
        files.write_json(chosen.json, content)
    draw(chosen.picture, found)


def section_of(found: list[Found]) -> Section:
    """What a page has of it."""
    from .section import section

    return section(found)


def title() -> str:
    return f"minigrad {minigrad.__version__} beside PyTorch {torch.__version__}"


def draw(path: Path | None, found: list[Found]) -> None:
    """Draw, if that was asked for; matplotlib need not be there if not."""
    if path is not None:
        from .picture import write_picture

        write_picture(path, found, title())
