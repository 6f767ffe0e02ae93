"""What came out of one script, and does it pass?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import torch

import minigrad

from ..row import FAIL, PASS
from ..sides import one_thread
from .course import Course, Place, course
from .distance import first_difference
from .restarts import single_steps
from .scripts import SCRIPTS, Script
from .trajectory import Trajectory, train
from .variation import variations


@dataclass(frozen=True)
class Outcome:
    """A script with minigrad beside the same with PyTorch.

    Parameters
    ----------
    script : its name
    steps : how many it trained
    tensors : how many were compared at each step
    start : the first tensor that does not start with PyTorch's bits
    parting : where training parts from PyTorch's by more than rounding explains
    largest : where training is most yardsticks from PyTorch's
    single_parting, single_largest : the same of steps that start from where PyTorch was
    compiled : the first tensor of the compiled step that is not the eager one's to the bit
    note : what went wrong before there was anything to compare
    """

    script: str
    steps: int
    tensors: int = 0
    start: str | None = None
    parting: Place | None = None
    largest: Place | None = None
    single_parting: Place | None = None
    single_largest: Place | None = None
    compiled: Place | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether minigrad trains as PyTorch does."""
        wrong = (self.start, self.parting, self.single_parting, self.compiled)
        return FAIL if self.note or any(each is not None for each in wrong) else PASS


@dataclass(frozen=True)
class Found:
    """An outcome, with what it was judged by: trained from one start, and single steps."""

    outcome: Outcome
    drift: Course | None = None
    single: Course | None = None


def compare(steps: int, chosen: Iterable[str] = SCRIPTS, ours: Any = minigrad) -> Iterator[Found]:
    """What comes out of each script with PyTorch and with a library that should be like it."""
    for name in chosen:
        try:
            with one_thread():
                found = compare_script(name, SCRIPTS[name], steps, ours)
        except Exception as error:  # whatever goes wrong is what has to be reported
            found = Found(Outcome(name, steps, note=f"{type(error).__name__}: {error}"))
        yield found


def compare_script(name: str, script: Script, steps: int, ours: Any) -> Found:
    """Train in both, eagerly and compiled, and step by step; hold them against each other."""
    reference = train(torch, script, steps)
    eager = train(ours, script, steps)
    compiled = train(ours, script, steps, compiled=True)
    varied = [train(torch, script, steps, variation=each) for each in variations()]
    drift = course(reference, eager, varied)
    varied = [single_steps(torch, script, reference, each) for each in variations()]
    single = course(reference, single_steps(ours, script, reference), varied)
    outcome = Outcome(
        name,
        steps,
        tensors=len(drift.tensors),
        start=first_difference(reference[0], eager[0]),
        parting=drift.first_parting(),
        largest=drift.largest(),
        single_parting=single.first_parting(),
        single_largest=single.largest(),
        compiled=first_bit(eager, compiled),
    )
    return Found(outcome, drift, single)


def first_bit(eager: Trajectory, compiled: Trajectory) -> Place | None:
    """Where two trajectories first differ in a bit; step 0 is the start."""
    for step, moments in enumerate(zip(eager, compiled, strict=True)):
        tensor = first_difference(*moments)
        if tensor is not None:
            return Place(step, tensor, float("inf"))
    return None
