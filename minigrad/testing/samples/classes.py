"""Losses of scores and classes: their targets and weights."""

from ...losses.reduction import MEAN
from ...tensor import Tensor
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


def independent_rows(rows: Size, reduction: float) -> list[Size]:
    """A mean divides by the weights of all rows."""
    return [] if reduction == MEAN else [rows]
