"""What is known to differ, and how is it told from what is not?"""

from __future__ import annotations

import numpy as np

from .course import RESULTS, Course
from .likeness import difference
from .sample import Sample

OF_EQUALS = "which of equal numbers comes first, where the order is not stable"
SORTING = ("sort", "argsort", "topk")


def known(sample: Sample, ours: Course, theirs: Course) -> str | None:
    """The reason for which two results may differ, None if there is none."""
    if ours.error is not None or theirs.error is not None or sample.subject.name not in SORTING:
        return None
    return OF_EQUALS if is_another_of_equals(sample, ours, theirs) else None


def is_another_of_equals(sample: Sample, ours: Course, theirs: Course) -> bool:
    """Whether all but the indices agrees, each is used once, and leads to where PyTorch's does."""
    x, dim = sample.arguments[0].detach().numpy(), dim_of(sample)
    *_, mine = ours.tensors(RESULTS)
    *values, his = theirs.tensors(RESULTS)
    if difference(ours.tensors(RESULTS)[:-1], values) is not None or not x.ndim:
        return False
    if difference(mine, his, values=False) is not None:
        return False
    once = (np.diff(np.sort(mine.numpy(), dim), axis=dim) > 0).all()
    found, wanted = (np.take_along_axis(x, each.numpy(), dim) for each in (mine, his))
    return bool(once) and np.array_equal(found, wanted, equal_nan=found.dtype.kind == "f")


def dim_of(sample: Sample) -> int:
    """The dimension along which is sorted."""
    place = 2 if sample.subject.name == "topk" else 1
    given = sample.arguments[place] if len(sample.arguments) > place else -1
    return int(sample.keywords.get("dim", given))
