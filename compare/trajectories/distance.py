"""How far apart are two trajectories, step by step, and where do their first bits differ?"""

from __future__ import annotations

import numpy as np

from ..judging.judge import Array
from .trajectory import Moment, Trajectory


def distances(theirs: Trajectory, ours: Trajectory, name: str) -> Array:
    """The largest difference of an element of a tensor after each step, (steps,).

    Infinite where a tensor is missing or has another shape, or a special value is another one.
    """
    steps = len(theirs) - 1
    a, b = history(theirs, name), history(ours, name)
    if a is None or b is None or a.shape != b.shape:
        return np.full(steps, np.inf)
    with np.errstate(invalid="ignore"):
        apart = np.abs(a - b)
    same = (a == b) | (np.isnan(a) & np.isnan(b))  # infinities, too
    apart = np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart))
    return np.asarray(apart.reshape(steps, -1).max(axis=1))


def magnitudes(trajectory: Trajectory, name: str) -> Array:
    """The largest finite element of a tensor after each step, (steps,)."""
    values = (moment[name] for moment in trajectory[1:])
    return np.array([np.abs(each[np.isfinite(each)]).max(initial=0) for each in values])


def history(trajectory: Trajectory, name: str) -> Array | None:
    """A tensor after each step, (steps, ...) of float64; None if it is not always there."""
    values = [moment.get(name) for moment in trajectory[1:]]
    shapes = {None if value is None else value.shape for value in values}
    return None if None in shapes or len(shapes) > 1 else np.array(values, np.float64)


def differing_steps(theirs: Trajectory, ours: Trajectory, name: str) -> Array:
    """After which steps a tensor is not the same to the bit, (steps,) of bool."""
    pairs = zip(theirs[1:], ours[1:], strict=True)
    return np.array([not same_bits(a.get(name), b.get(name)) for a, b in pairs])


def same_bits(a: Array | None, b: Array | None) -> bool:
    """Whether two arrays are the same to the bit; None is no array."""
    if a is None or b is None:
        return a is b
    return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())


def first_difference(theirs: Moment, ours: Moment) -> str | None:
    """The first tensor of a moment that is not the same to the bit in the other."""
    names = dict.fromkeys([*theirs, *ours])
    return next((name for name in names if not same_bits(theirs.get(name), ours.get(name))), None)
