"""What can be asked for on the command line, and with which exit status is it answered?

0: no row fails; 1: a row fails; 2: the comparison could not be made as asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from .asked import Parser, add_device
from .comparison import RANDOM, SCALARS, compare, names
from .devices import ALL, CPU, obstacle
from .differences import replay
from .fuzzing import command as fuzzing
from .planting import command as planting
from .report import files, records
from .report.content import Report, as_json
from .report.machine import describe_run
from .report.output import output
from .report.page import page
from .report.terminal import print_replay, print_report
from .samples import command as samples
from .trajectories import command as trajectories
from .trajectories.outcome import Found

# What a program that is replayed would ignore.
OTHERS = (
    *("operation", "time", "exhaustive", "json", "html", "record", "verbose"),
    *("trajectories", "steps", "picture", "fuzz", "mutate"),
)


def make_parser() -> Parser:
    parser = Parser(
        prog="compare",
        description="Hold minigrad's operations, gradients, optimisers and random numbers against "
        "the mathematics, beside PyTorch.",
    )
    add = parser.add_argument
    add_device(parser)
    add(
        "--operation",
        action="append",
        metavar="NAME",
        type=operation,
        help=f"compare only this; may be given more than once. One of {', '.join(names())}",
    )
    add("--time", action="store_true", help="show how long calls and steps take as well")
    add(
        "--exhaustive",
        action="store_true",
        help="meet every float32 in functions of one number: up to an hour for each",
    )
    add(
        "--replay",
        metavar="PROGRAM",
        type=program,
        help="print a program whose results differ, and what it gives here; compare nothing else. "
        f"One of {', '.join(replay.names())}; or, of fuzzing, a seed or what it has kept",
    )
    add("--json", type=Path, metavar="FILE", help="write all rows to a file")
    add("--html", type=Path, metavar="FILE", help="write a page that a browser opens")
    add(
        "--record",
        action="store_true",
        help="write the worst rows, and a page, to compare/results, named after device and date",
    )
    add(
        "--verbose",
        action="store_true",
        help="show all rows, not the worst ones; of --fuzz, each operation",
    )
    trajectories.add_arguments(parser)
    fuzzing.add_arguments(parser)
    planting.add_arguments(parser)
    samples.add_arguments(parser)
    return parser


def operation(name: str) -> str:
    """Something that can be compared."""
    if name not in names():
        raise argparse.ArgumentTypeError(
            f"unknown operation {name!r}: expected one of {', '.join(names())}"
        )
    return name


def program(name: str) -> str:
    """A program whose results differ, or one of fuzzing."""
    if name not in replay.names() and not fuzzing.is_program(name):
        raise argparse.ArgumentTypeError(
            f"unknown program {name!r}: expected one of {', '.join(replay.names())}, a seed of "
            "fuzzing, or what it has kept in compare/fuzzing/found"
        )
    return name


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, write, print; return the exit status."""
    parser = make_parser()
    chosen = parser.parse_args(arguments)
    check_files(parser, chosen)
    if chosen.replay is not None:
        check_replay(parser, chosen)
    if samples.wanted(parser, chosen):
        return samples.run(parser, chosen)
    if fuzzing.wanted(parser, chosen):
        return fuzzing.run(parser, chosen)
    if not chosen.mutate and trajectories.wanted(parser, chosen) and chosen.html is None:
        return trajectories.run(parser, chosen)
    if chosen.replay is not None and fuzzing.is_program(chosen.replay):
        return fuzzing.replay(parser, chosen.replay)
    check_rows(parser, chosen)
    if np.finfo(np.longdouble).nmant <= np.finfo(np.float64).nmant:
        parser.error("this machine's longdouble is no wider than float64: nothing to judge it by")
    if planting.wanted(parser, chosen):
        return planting.run(parser, chosen)
    devices, not_run = devices_of(chosen.device)
    if chosen.replay is not None:
        with output(parser) as console:
            print_replay(console, replay.replay(devices, [chosen.replay])[0])
        return 0
    report = make_report(chosen, devices, not_run)
    trained = trajectories.trained(chosen) if chosen.trajectories else []
    if chosen.trajectories:  # a page has them beside the rows
        report.sections.insert(0, trajectories.section_of(trained))
    complaint = files.complaint(lambda: write(report, chosen, trained))
    with output(parser) as console:
        print_report(console, report, chosen.verbose)
    if complaint is not None:
        parser.error(complaint)
    return 1 if report.fails else 0


def check_files(parser: Parser, chosen: argparse.Namespace) -> None:
    """Refuse, before anything is compared, files that could not be written."""
    places = set()
    for option in ("json", "html", "picture", "state"):
        path = getattr(chosen, option)
        if path is None:
            continue
        reason = files.obstacle(path)
        if path.resolve() in places:
            reason = f"{path} is what another option writes"
        if reason is not None:
            parser.error(f"--{option}: {reason}")
        places.add(path.resolve())
    if chosen.record and (reason := records.obstacle(records.RESULTS)) is not None:
        parser.error(f"--record: {reason}")


def check_replay(parser: Parser, chosen: argparse.Namespace) -> None:
    """Refuse what replaying a program would ignore."""
    for name in OTHERS:
        if getattr(chosen, name):
            parser.error(f"--{name}: is not said of --replay; ask for one or the other")
    if chosen.device != CPU and fuzzing.is_program(chosen.replay):
        parser.error(f"--device: programs are compared on the cpu, not on {chosen.device}")


def check_rows(parser: Parser, chosen: argparse.Namespace) -> None:
    """Refuse what none of the chosen operations' rows would heed."""
    if chosen.exhaustive and chosen.operation and not set(chosen.operation) & {*SCALARS}:
        parser.error(f"--exhaustive: makes no difference to {', '.join(chosen.operation)}")


def devices_of(name: str) -> tuple[list[str], list[str]]:
    """The devices to compute on, and what of all there might be is missing here."""
    if name != ALL:
        return [name], []
    reason = obstacle("cuda")
    return ([CPU, "cuda"], []) if reason is None else ([CPU], [f"cuda: {reason}"])


def make_report(chosen: argparse.Namespace, devices: list[str], not_run: list[str]) -> Report:
    """Compare what is chosen; the programs that differ as well, unless something else is."""
    wanted = list(dict.fromkeys(chosen.operation or names()))
    machine = describe_run(devices)
    rows = []
    with Console(stderr=True).status("comparing") as status:
        for row in compare(wanted, devices, timed=chosen.time, exhaustive=chosen.exhaustive):
            status.update(f"comparing: {row.operation}")
            rows.append(row)
    if CPU not in devices:
        skipped = [name for name in wanted if name in RANDOM]
        not_run = not_run + [f"{name}: it is PyTorch's on the CPU" for name in skipped]
    kept = None if chosen.operation else records.section(records.RESULTS)
    return Report(
        f"minigrad {machine['minigrad']} beside PyTorch {machine['torch']}",
        machine,
        rows,
        replay.replay(devices) if not chosen.operation else [],
        [] if kept is None else [kept],
        not_run,
    )


def write(report: Report, chosen: argparse.Namespace, trained: list[Found]) -> None:
    """The files that are asked for, each of them whole or not at all."""
    if chosen.json is not None:
        files.write_json(chosen.json, as_json(report))
    if chosen.html is not None:
        files.write_text(chosen.html, page(report))
    if chosen.record:
        records.record(report, records.RESULTS)
    trajectories.draw(chosen.picture, trained)
