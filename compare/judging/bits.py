"""Rows for what must have PyTorch's bits: random numbers, and all that is made of them."""

from __future__ import annotations

import numpy as np

from ..row import BITS_EQUAL, FAIL, Row
from .judge import Array

REASON = "bits"


def same_bits(names: tuple[str, str, str, str], ours: Array, theirs: Array) -> Row:
    """The row for two arrays that must not differ in a single bit; errors count elements."""
    if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
        note = f"{ours.dtype} {ours.shape} beside PyTorch's {theirs.dtype} {theirs.shape}"
        return Row(*names, None, None, 0.0, REASON, FAIL, note=note)
    raw = f"V{ours.dtype.itemsize}"
    differ = np.ascontiguousarray(ours).view(raw) != np.ascontiguousarray(theirs).view(raw)
    count = int(np.count_nonzero(differ))
    if count == 0:
        return Row(*names, 0.0, 0.0, 0.0, REASON, BITS_EQUAL)
    worst = tuple(map(int, np.argwhere(differ)[0])) if differ.ndim else ()
    note = f"{count} of {differ.size} elements differ"
    expected = float(theirs[worst])
    return Row(
        *names, float("inf"), 0.0, 0.0, REASON, FAIL, where=worst, expected=expected, note=note
    )
