"""Does a contender compute what the others do? If not, its times mean nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

LOSSES = 20
TOLERANCE = 1e-5  # relative, of each of the first losses


def relative_differences(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """How far each loss is from the other, in parts of that; infinite where one is missing."""
    differences = []
    for index in range(max(len(ours), len(theirs))):
        if index >= min(len(ours), len(theirs)):
            differences.append(math.inf)
            continue
        one, other = ours[index], theirs[index]
        gap = abs(one - other) if math.isfinite(one) and math.isfinite(other) else math.inf
        differences.append(gap / abs(other) if gap and other else gap)
    return differences


def complaint(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """What is wrong with losses, beginning at the first wrong one; empty if nothing is."""
    for index, difference in enumerate(relative_differences(ours, theirs)):
        if difference > TOLERANCE:
            one, other = (shown(each, index) for each in (ours, theirs))
            return f"wrong result: step {index + 1}, {one} against {other}"
    return ""


def shown(losses: Sequence[float], index: int) -> str:
    return f"{losses[index]:.8g}" if index < len(losses) else "nothing"
