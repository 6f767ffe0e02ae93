"""How are PyTorch's own inputs asked for on the command line, and with which exit status answered?

0: all differences are known; 1: one is not; 2: it could not be done as asked.
"""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from importlib.util import find_spec

import torch
from rich.console import Console

import minigrad

from ..report import files
from ..report.output import output

OTHERS = (
    *("operation", "time", "exhaustive", "html", "record", "replay"),
    *("trajectories", "steps", "picture", "fuzz", "mutate"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about PyTorch's own inputs."""
    group = parser.add_argument_group("PyTorch's own inputs")
    group.add_argument(
        "--samples",
        nargs="*",
        metavar="NAME",
        help="compare, instead of operations, over the inputs by which PyTorch tests itself: all, "
        "or of what is named, like nn.functional.elu and nn.ELU; --verbose has a line for each, "
        "--json all inputs",
    )


def wanted(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> bool:
    """Whether they were asked for, and nothing beside them that is something else."""
    if chosen.samples is None:
        return False
    for name in OTHERS:
        if getattr(chosen, name):
            parser.error(f"--{name}: is not said of --samples; ask for one or the other")
    if chosen.device != "cpu":
        parser.error(f"--device: these inputs are compared on the cpu, not on {chosen.device}")
    if find_spec("expecttest") is None:  # which PyTorch's tests import
        parser.error("--samples: expecttest is not installed; pip install expecttest")
    return True


def run(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Compare, print; return the exit status."""
    with Console(stderr=True).status("reading PyTorch's inputs") as status:
        from .held import hold_all, names  # only now: PyTorch's tests are read, in ten seconds

        there = names()
        for name in chosen.samples:
            if name not in there:
                near = " or ".join(get_close_matches(name, there)) or "nn.functional.elu"
                parser.error(f"--samples: no inputs of {name!r}: expected a name like {near}")
        outcomes = []
        for outcome in hold_all(chosen.samples or there):
            status.update(f"comparing: {outcome.sample.subject.name}")
            outcomes.append(outcome)
    from .report import as_json, print_report

    complaint = None
    if chosen.json is not None:
        complaint = files.complaint(lambda: files.write_json(chosen.json, as_json(outcomes)))
    title = f"minigrad {minigrad.__version__} beside PyTorch {torch.__version__}"
    with output(parser) as console:
        console.print(f"{title}: its own inputs", style="bold")
        print_report(console, outcomes, chosen.verbose)
    if complaint is not None:
        parser.error(complaint)
    return 1 if any(each.difference for each in outcomes) else 0
