"""Is what differs no more than rounding may do to it, or than it does to PyTorch's numbers?"""

from __future__ import annotations

import numpy as np

from ..judging.condition import MOVEMENTS, SMALL, Arrays, noise_of
from .conversion import for_truth
from .course import Course, go, theirs
from .sample import Sample


def is_rounding(sample: Sample, stage: str, mine: Course, his: Course) -> bool:
    """Whether minigrad's float32 numbers are as near to float64's as can be asked for."""
    ours, torchs = values(mine, stage), values(his, stage)
    truth = in_float64(sample, stage)
    if ours.keys() != truth.keys() or not ours:
        return False
    others = [in_float64(sample, stage, seed) for seed in range(MOVEMENTS)]
    # Of a probability of 1 that was moved, PyTorch refuses the loss.
    allowed = noise_of(truth, [each for each in others if each.keys() == truth.keys()])
    for key, exact in truth.items():
        if not np.array_equal(np.isfinite(ours[key]), np.isfinite(torchs[key])):
            return False
        there = np.isfinite(ours[key]) & np.isfinite(exact)
        off, his_off = (np.abs(each[key] - exact)[there] for each in (ours, torchs))
        bound = np.maximum(allowed[key][there] * SMALL, his_off.max(initial=0))
        if not (off <= bound).all():
            return False
    return True


def in_float64(sample: Sample, stage: str, seed: int | None = None) -> Arrays:
    """What PyTorch gives for these numbers in float64, or for others that round to them."""
    generator = None if seed is None else np.random.default_rng(seed)
    course = theirs(for_truth(generator))
    go(course, sample, stage)
    return values(course, stage)


def values(course: Course, stage: str) -> Arrays:
    """The floating-point numbers of a stage, by their place."""
    return {
        str(place): each.detach().numpy().astype(np.longdouble)
        for place, each in enumerate(course.tensors(stage))
        if each.is_floating_point()
    }
