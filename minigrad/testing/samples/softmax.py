"""Softmax: any shape and dimension; a line adds up to 1, and a shift changes nothing."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    shape = draw.shape(min_dims=1)
    dim = draw.integer(0, len(shape) - 1)
    x = draw.tensor(shape, -20.0, 20.0, 0.0, -0.0, 1.0, -104.0, -800.0, -math.inf)
    # In the gradient, the average is taken off; a score's rounding is its power's.
    size = 1.0 + np.clip(np.abs(x.array), 0.0, 1000.0).max(dim, keepdims=True, initial=0.0)
    return Sample(
        [x, dim],
        magnitudes=lambda grad: {"x": np.exp(shifted(x.array, dim)) * total(grad, dim)},
        lost=lambda grad: {"out": size, "x": size * total(grad, dim)},
        independent=[*shape[:dim], *shape[dim + 1 :]],
        relations=[each_line_adds_up_to_1, a_shift_changes_nothing],
    )


def total(grad: np.ndarray, dim: int) -> np.ndarray:
    return grad.sum(dim, keepdims=True)


def shifted(x: np.ndarray, dim: int) -> np.ndarray:
    """Without the largest of each line; not NaN where that is infinite."""
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(x - x.max(dim, keepdims=True, initial=-math.inf), neginf=-1e3)


def each_line_adds_up_to_1(case: Case) -> None:
    out, dim = case.out(), case.attributes[0]
    sums = out.sum(dim, dtype=np.float64)
    expected = np.ones(sums.shape) if out.shape[dim] else np.zeros(sums.shape)
    assert_close(sums, expected, atol=4 * np.finfo(out.dtype).eps)


def a_shift_changes_nothing(case: Case) -> None:
    """By a number in whose rounding nothing of the scores is lost: by 1 within float64."""
    x = case.array("x").astype(np.float64)
    assert_close(case.out(x=x + 1.0), case.out(x=x), atol=1e-13, ulp=32)
