"""Layer normalisation: rows of one dimension and of two."""

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample

Array = np.ndarray


def sample(draw: Draw) -> Sample:
    N = draw.size("rows", 1, 6)
    low = 2 if draw.manner.smooth else 1
    row = tuple(draw.size(name, low, 4) for name in draw.choice((["columns"], ["a", "b"])))
    x = draw.tensor((N, *row), -10.0, 10.0, 0.0, 1.0, 1e4, smooth=(-2.0, 2.0))
    weight = draw.optional(draw.tensor, row, -2.0, 2.0, 0.0)
    bias = draw.optional(draw.tensor, row, -2.0, 2.0, 0.0)
    eps = draw.number(1e-5, 1.0, 1e-5, smooth=(0.5, 1.0))
    scale = np.ones(row) if weight is None else np.abs(weight.array)
    return Sample(
        [x, weight, bias, eps, len(row)],
        units=2.0,
        # One rounding of the result and of the shifted one: everything before is in float64.
        magnitudes=lambda grad: {"out": 0.0 if bias is None else np.abs(bias.array)},
        lost=lambda grad: conditioning(x.array, scale, grad, eps, len(row)),
        independent=[N],
        relations=[gradients_of_a_row_add_up_to_0, a_shift_changes_nothing],
    )


def conditioning(x: Array, scale: Array, grad: Array, eps: float, ndim: int) -> dict[str, Array]:
    """What cancels: a value's distance from the mean is as exact as the value, not more."""
    x = x.astype(np.float64)
    axes = tuple(range(-ndim, 0))
    slopes = (scale * grad).max(axes, keepdims=True, initial=0)
    invstd = 1 / np.sqrt(x.var(axes, keepdims=True) + eps)
    kappa = 1 + np.abs(x).max(axes, keepdims=True, initial=0) * invstd
    terms, rows = 4.0 + scale.size, 4.0 + len(x)
    lost = {
        "out": terms * kappa * scale,
        "x": terms * kappa * kappa * invstd * slopes,
        "weight": (terms + rows) * (kappa * grad).sum(0),
        "bias": rows * grad.sum(0),
    }
    return {name: value + 1e-290 for name, value in lost.items()}  # products may underflow


def gradients_of_a_row_add_up_to_0(case: Case) -> None:
    """As a shift of the row changes nothing."""
    found = case.results()["x"]
    if found is None:  # not wanted
        return
    eps, ndim = case.attributes
    axes = tuple(range(-ndim, 0))
    total = found.astype(np.float64).sum(axes)
    grad, weight = np.abs(case.cotangent.array.astype(np.float64)), case.tensors[1]
    scale = np.ones(found.shape[1:]) if weight is None else np.abs(weight.array)
    slack = conditioning(case.array("x"), scale, grad, eps, ndim)["x"].reshape(total.shape)
    limits = np.finfo(found.dtype)
    rounded = np.abs(found).sum(axes) * limits.eps + scale.size * float(limits.smallest_subnormal)
    assert_close(total, np.zeros(total.shape), atol=2 * np.finfo(np.float64).eps * slack + rounded)


def a_shift_changes_nothing(case: Case) -> None:
    x = case.array("x").astype(np.float64)
    eps, ndim = case.attributes
    row = np.ones(x.shape[1:])
    scale = conditioning(x, row, np.ones(x.shape), eps, ndim)["out"]
    given = {"weight": None, "bias": None}
    found, expected = case.out(x=x + 8.0, **given), case.out(x=x, **given)
    assert_close(found, expected, atol=32 * np.finfo(np.float64).eps * scale * (1 + scale))
