"""What do the two libraries make of one input?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .compiling import RefusedError, difference_of_compiled
from .conversion import NotCoveredError
from .course import FIRST, RESULTS, SECOND, UNSET, Course, ours, random_like, theirs
from .known import known
from .likeness import difference
from .rounding import is_rounding
from .sample import Sample

STAGES = (RESULTS, FIRST, SECOND)


@dataclass(frozen=True)
class Outcome:
    """How far the two agree on an input.

    Parameters
    ----------
    stages : the stages in which they do
    refused : whether both refuse, with the same exception
    compiled : whether a compiled step gave the bits that the eager one did, which is not asked of
        what makes modules, nor of what a compiled step says it cannot do
    known : why they may differ
    difference : in what they do, and may not
    """

    sample: Sample
    stages: tuple[str, ...] = ()
    refused: bool = False
    covered: bool = True
    compiled: bool = False
    known: str | None = None
    difference: str | None = None


def hold(sample: Sample) -> Outcome:
    """Run an input in both libraries, forward, backward and backward again, and compiled."""
    mine, his = ours(), theirs()
    outcome = Outcome(sample)
    for stage in STAGES:
        try:
            if not advance(mine, his, sample, stage):
                break
        except NotCoveredError:
            return replace(outcome, covered=False)
        found = differs(mine, his, stage)
        if found is not None and differs(mine, his, stage, values=False) is None:
            found = None if is_rounding(sample, stage, mine, his) else found
        if found is None and mine.error is None:
            found = operand_that_differs(mine, his)
        if found is not None:
            reason = known(sample, mine, his) if stage == RESULTS else None
            text = found if stage == RESULTS else f"gradients, {stage}: {found}"
            return replace(outcome, known=reason, difference=None if reason else text)
        if mine.error is not None:
            return replace(outcome, refused=True)
        outcome = replace(outcome, stages=(*outcome.stages, stage))
    if not sample.subject.compiles or sample.subject.name in UNSET:
        return outcome
    try:
        told = difference_of_compiled(sample)
    except RefusedError:
        return outcome
    return replace(outcome, compiled=told is None, difference=told)


def advance(mine: Course, his: Course, sample: Sample, stage: str) -> bool:
    """Go on by a stage in both libraries, if there is something to differentiate."""
    if stage == RESULTS:
        mine.run(sample)
        his.run(sample)
        return True
    before = his.differentiable(RESULTS if stage == FIRST else FIRST)
    if not before or not his.leaves:
        return False
    random = random_like(before)
    for course in (mine, his):
        (course.backward if stage == FIRST else course.backward_again)(random)
    return True


def differs(mine: Course, his: Course, stage: str, values: bool = True) -> str | None:
    """What differs after a stage; how a gradient lies in memory is left open."""
    if his.error is not None and type(mine.error) is type(his.error):
        return None
    if mine.error is not None or his.error is not None:
        return f"{described(mine.error)} instead of {described(his.error)}"
    given = getattr(mine, stage), getattr(his, stage)
    return difference(*given, strides=stage == RESULTS, values=values)


def operand_that_differs(mine: Course, his: Course) -> str | None:
    """What of an operand is not PyTorch's afterwards."""
    operands = [[*each.conversion.made.values()] for each in (mine, his)]
    found = difference(*operands, strides=False)
    return None if found is None else f"an operand afterwards: {found}"


def described(error: Exception | None) -> str:
    """An exception in a line."""
    return (
        "no error" if error is None else f"{type(error).__name__}: {' '.join(str(error).split())}"
    )
