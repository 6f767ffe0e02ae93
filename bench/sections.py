"""What is measured one after the other, printed as it comes, and written at the end?"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import minigrad
from compare.report.files import write_json

from . import report
from .contenders import COMPILED, EAGER, JAX, TORCH, Contender, is_installed
from .epochs import WAYS, measure_epochs
from .found import Found
from .growth import measure_growth
from .machine import describe
from .processes import Process, WorkerError
from .rounds import measure_workload
from .starts import start_afresh, start_cold
from .sweeps import measure_sweeps
from .targets import targets
from .workloads import Workload

SECTIONS = ("steps", "first-calls", "starts", "epochs", "growth", "sweeps")


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    rounds: int
    seconds: float  # of each contender in a round
    starters: Sequence[Contender]  # whose first steps are timed
    starts: int  # fresh processes of each of them
    cold_starts: int  # with no kernel on disk
    first_calls: int
    epochs: int
    epoch_rounds: int
    growth_rounds: int
    largest_growth: int  # sizes above are left out
    sweep_rounds: int


FULL = Effort(30, 0.1, (TORCH, EAGER, COMPILED, JAX), 7, 2, 30, 10, 7, 9, 8192, 9)
QUICK = Effort(5, 0.02, (TORCH, EAGER), 2, 0, 15, 1, 3, 3, 8, 3)


@dataclass(frozen=True)
class Asked:
    """What the command line says."""

    workloads: Sequence[Workload]
    contenders: Sequence[Contender]
    absent: Sequence[Contender]
    sections: Sequence[str]
    effort: Effort
    threads: int
    json: Path | None = None
    charts: Path | None = None


def run(asked: Asked, write: report.Write) -> int:
    """Measure and print; the exit status."""
    machine = {"minigrad": minigrad.__version__, **describe(asked.threads)}
    report.print_machine(machine, write)
    report.print_absent(asked.absent, write)
    found = Found()
    steps = {
        "steps": measure_steps,
        "first-calls": measure_first_calls,
        "starts": measure_starts,
        "epochs": measure_all_epochs,
        "growth": measure_all_growth,
        "sweeps": measure_all_sweeps,
    }
    failed = False
    with tempfile.TemporaryDirectory(prefix="minigrad-bench-") as folder:
        for section in (each for each in SECTIONS if each in asked.sections):
            try:
                steps[section](asked, found, Path(folder), write)
            except WorkerError as error:
                write(f"{section}: {error}\n")
                failed = True
    listed = targets(found, machine["processor"])
    report.print_targets(listed, write)
    if asked.json is not None:
        content = {
            "machine": machine,
            "effort": asdict(asked.effort),
            **found.as_json(),
            "targets": [each.as_json() for each in listed],
        }
        write_json(asked.json, content)
    if asked.charts is not None:
        from .charts import draw  # matplotlib need not be there

        for path in draw(found, asked.charts):
            write(f"drawn: {path}")
    return int(failed or any(outcome.is_failure for outcome in found.all_outcomes()))


def measure_steps(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    effort = asked.effort
    report.print_rules(effort.rounds, write)
    for workload in asked.workloads:
        outcomes = measure_workload(
            workload, asked.contenders, effort.rounds, effort.seconds, asked.threads, folder
        )
        found.workloads[workload.name] = outcomes
        report.print_workload(workload, outcomes, write)


def measure_first_calls(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    with ExitStack() as stack:
        process = stack.enter_context(Process(EAGER, asked.threads))
        process.wait_until_ready()
        process.ask(do="first calls", times=1)
        found.first_calls = process.ask(do="first calls", times=asked.effort.first_calls)
    report.print_first_calls(found, asked.effort.first_calls, write)


def measure_starts(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    contenders = [each for each in asked.effort.starters if is_installed(each)]
    found.starts = start_afresh(contenders, asked.effort.starts, asked.threads)
    found.starts |= start_cold(asked.effort.cold_starts, asked.threads)
    report.print_starts(found, write)


def measure_all_epochs(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    effort = asked.effort
    found.epochs = measure_epochs(effort.epochs, effort.epoch_rounds, asked.threads, folder, WAYS)
    report.print_epochs(found.epochs, effort.epochs, effort.epoch_rounds, write)


def measure_all_growth(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    effort = asked.effort
    found.growth = list(
        measure_growth(
            effort.growth_rounds, effort.seconds, asked.threads, folder, effort.largest_growth
        )
    )
    report.print_growth(found.growth, write)


def measure_all_sweeps(asked: Asked, found: Found, folder: Path, write: report.Write) -> None:
    effort = asked.effort
    found.sweeps = list(measure_sweeps(effort.sweep_rounds, effort.seconds, asked.threads, folder))
    report.print_sweeps(found.sweeps, write)
