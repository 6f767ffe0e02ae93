"""How are planted faults asked for on the command line, and with which exit status answered?

0: every fault is found; 1: one is missed; 2: it could not be done as asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from rich.console import Console

import minigrad

from ..report import files
from ..report.output import output
from . import corpus
from .fault import Fault
from .faults import FAULTS
from .report import print_report, score_of
from .search import Finding, Search

OTHERS = (
    *("trajectories", "steps", "picture", "replay"),
    *("time", "exhaustive", "html", "record", "verbose"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about planted faults."""
    group = parser.add_argument_group("planted faults")
    group.add_argument(
        "--mutate",
        action="store_true",
        help="plant faults in minigrad, one at a time, and say which of them the comparison "
        "finds; with --operation those that it should see",
    )


def wanted(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> bool:
    """Whether planted faults were asked for, and nothing beside them that is something else."""
    if not chosen.mutate:
        return False
    for name in OTHERS:
        if getattr(chosen, name):
            parser.error(f"--{name}: is not for planted faults; ask for --mutate or for that")
    if chosen.device != "cpu":
        parser.error(f"--device: faults are looked for on the cpu, not on {chosen.device}")
    return True


def run(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> int:
    """Plant, compare, write, print; return the exit status."""
    faults = faults_for(chosen.operation)
    if not faults:
        named = ", ".join(chosen.operation)
        parser.error(f"--operation: no fault is planted for {named} to see")
    findings: list[Finding] = []
    search = Search()
    with Console(stderr=True).status("planting") as status:
        for theme, fault in faults:
            status.update(f"planting: {fault.name}")
            findings.append(search.look_for(theme, fault))
        for each in corpus.findings(chosen.operation):
            status.update(f"planting: {each.fault.name}")
            findings.append(each)
    versions = f"minigrad {minigrad.__version__} beside PyTorch {torch.__version__}"
    complaint = None
    if chosen.json is not None:
        complaint = files.complaint(lambda: files.write_json(chosen.json, as_json(findings)))
    with output(parser) as console:
        print_report(console, findings, f"Planted faults: {versions}")
    if complaint is not None:
        parser.error(complaint)
    return 0 if all(each.found for each in findings) else 1


def faults_for(operations: Sequence[str] | None) -> list[tuple[str, Fault]]:
    """The faults with their themes; of some operations, those that these should see."""
    return [
        (theme, fault)
        for theme, of_theme in FAULTS.items()
        for fault in of_theme
        if operations is None or set(operations) & set(fault.subjects)
    ]


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """What was planted and found, in what JSON knows."""
    score = score_of(findings)
    return {
        "minigrad": minigrad.__version__,
        "torch": str(torch.__version__),
        "numpy": np.__version__,
        "planted": score.planted,
        "found": score.found,
        "faults": [
            {
                "theme": each.theme,
                "name": each.fault.name,
                "line": each.line,
                "right": each.fault.right,
                "wrong": each.fault.wrong,
                "compared": list(each.fault.subjects),
                "found": each.found,
                "rows": each.rows,
                "failed": len(each.failed),
                "by": each.by,
                "seconds": each.seconds,
            }
            for each in findings
        ],
    }
