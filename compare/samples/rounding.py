"""Is what differs no more than rounding may do to it, or than it does to PyTorch's numbers?"""

from __future__ import annotations

import numpy as np
import torch

from ..judging.condition import MOVEMENTS, SMALL, Arrays, noise_of
from ..judging.judge import Array
from .conversion import for_truth
from .course import Course, go, theirs
from .likeness import difference_of_values
from .sample import Sample


def is_rounding(sample: Sample, stage: str, mine: Course, his: Course) -> bool:
    """Whether what differs is float32, and as near to float64's as can be asked for."""
    ours, torchs = numbers(mine, stage), numbers(his, stage)
    for one, other in zip(ours, torchs, strict=True):
        if one.dtype != np.float32 and not is_close(one, other):
            return False
    truth = in_float64(sample, stage)
    others = [in_float64(sample, stage, seed) for seed in range(MOVEMENTS)]
    # Of a probability of 1 that was moved, PyTorch refuses the loss.
    allowed = noise_of(truth, [each for each in others if each.keys() == truth.keys()])
    for place, (one, other) in enumerate(zip(ours, torchs, strict=True)):
        if one.dtype == np.float32 and str(place) not in truth:
            return False
        if one.dtype == np.float32 and not is_near(
            one, other, truth[str(place)], allowed[str(place)]
        ):
            return False
    return True


def is_close(one: Array, other: Array) -> bool:
    """What PyTorch's tolerances say, of numbers in which rounding excuses nothing."""
    return difference_of_values(torch.from_numpy(one), torch.from_numpy(other)) is None


def is_near(ours: Array, torchs: Array, exact: Array, noise: Array) -> bool:
    """Whether what is finite is, and no number is further off than PyTorch's worst, or its noise.

    Further in units of the noise of each number, as `judging` has it.
    """
    finite = np.isfinite(torchs)
    special = np.where(finite, 0, torchs)
    if not np.array_equal(np.where(np.isfinite(ours), 0, ours), special, equal_nan=True):
        return False
    there = finite & np.isfinite(exact)
    unit = np.maximum(noise * SMALL, np.finfo(np.float32).smallest_subnormal)[there]
    off, his_off = (np.abs(np.longdouble(each) - exact)[there] / unit for each in (ours, torchs))
    return bool(off.max(initial=0) <= max(1, his_off.max(initial=0)))


def in_float64(sample: Sample, stage: str, seed: int | None = None) -> Arrays:
    """What PyTorch gives for these numbers in float64, or for others that round to them."""
    generator = None if seed is None else np.random.default_rng(seed)
    course = theirs(for_truth(generator))
    go(course, sample, stage)
    return {
        str(place): each.astype(np.longdouble)
        for place, each in enumerate(numbers(course, stage))
        if each.dtype.kind == "f"
    }


def numbers(course: Course, stage: str) -> list[Array]:
    """The tensors of a stage as arrays."""
    return [np.asarray(each.detach().numpy()) for each in course.tensors(stage)]
