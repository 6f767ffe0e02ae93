"""Losses of scores and classes: their targets and weights."""

import numpy as np

from ...grad_mode import no_grad
from ...losses.reduction import MEAN, NONE, SUM
from ...tensor import Array, Tensor
from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Size


def classes(draw: Draw, rows: Size, count: Size) -> tuple[Tensor, float]:
    """Targets that are classes, or stand for none, and the number that does."""
    ignored = draw.choice((-100, 0, count - 1) if count > 1 or not draw.manner.smooth else (-100,))
    target = draw.integers((rows,), 0, count - 1, ignored)
    if draw.manner.smooth:
        target.array[0] = 0 if ignored else count - 1  # a mean is of something
    return target, float(ignored)


def weights_of_classes(draw: Draw, count: Size, low: float) -> Tensor | None:
    smooth = (0.5, 2.0)
    return draw.optional(draw.tensor, (count,), low, 2.0, 1.0, smooth=smooth, constant=True)


def the_mean_is_the_sum_by_the_weight(case: Case) -> None:
    """Of the targets that are not ignored; the reduction is the last attribute."""
    target, ignored = case.array("target"), case.attributes[0]
    counted = target[target != ignored]
    weight = case.tensors[2]
    total = float(len(counted) if weight is None else weight.array[counted].sum(dtype=np.float64))
    if not total > 0.01 or not np.isfinite(case.array("x")).all():
        return
    mean, added = (_reduced(case, reduction) for reduction in (MEAN, SUM))
    each = np.abs(_reduced(case, NONE)).sum(dtype=np.float64)
    assert_close(mean, added / total, ulp=8, magnitude=each / total, check_dtype=False)


def _reduced(case: Case, reduction: float) -> Array:
    with no_grad():
        found = case.operation(*case.tensors, *case.attributes[:-1], reduction)
    return np.asarray(found.array, np.float64).astype(case.dtype.numpy)


def independent_rows(rows: Size, reduction: float) -> list[Size]:
    """A mean divides by the weights of all rows."""
    return [] if reduction == MEAN else [rows]
