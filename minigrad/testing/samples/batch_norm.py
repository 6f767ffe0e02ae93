"""Batch normalisation in training: batches of one row and more."""

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample

Array = np.ndarray


def sample(draw: Draw) -> Sample:
    N = draw.size("rows", 2 if draw.manner.smooth else 1, 6)
    C = draw.size("channels", 0, 3)
    x = draw.tensor((N, C), -10.0, 10.0, 0.0, 1.0, 1e4, smooth=(-2.0, 2.0))
    weight = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0)
    bias = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0)
    eps = draw.number(1e-5, 1.0, 1e-5, smooth=(0.5, 1.0))
    scale = np.ones(C) if weight is None else np.abs(weight.array)
    return Sample(
        [x, weight, bias, eps],
        units=2.0,
        # One rounding of the result and of the shifted one: everything before is in float64.
        magnitudes=lambda grad: {"out": 0.0 if bias is None else np.abs(bias.array)},
        lost=lambda grad: conditioning(x.array, scale, grad, eps),
        independent=[C],
        relations=[
            gradients_of_a_column_add_up_to_0,
            a_shift_changes_nothing,
            rows_may_be_permuted,
        ],
    )


def conditioning(x: Array, scale: Array, grad: Array, eps: float) -> dict[str, Array]:
    """What cancels: a value's distance from the mean is as exact as the value, not more."""
    x, g = x.astype(np.float64), grad.max(0, initial=0)
    invstd = 1 / np.sqrt(x.var(0) + eps)
    kappa = 1 + np.abs(x).max(0, initial=0) * invstd
    terms = 4.0 + len(x)
    lost = {
        "out": terms * kappa * scale,
        "x": terms * kappa * kappa * invstd * scale * g,
        "weight": terms * kappa * len(x) * g,
        "bias": terms * g,
    }
    return {name: value + 1e-290 for name, value in lost.items()}  # products may underflow


def gradients_of_a_column_add_up_to_0(case: Case) -> None:
    """As a shift of the column changes nothing."""
    found = case.results()["x"]
    if found is None:  # not wanted
        return
    total = found.astype(np.float64).sum(0)
    grad = np.abs(case.cotangent.array.astype(np.float64))
    weight, eps = case.tensors[1], case.attributes[0]
    scale = np.ones(found.shape[1]) if weight is None else np.abs(weight.array)
    slack = conditioning(case.array("x"), scale, grad, eps)["x"]
    limits = np.finfo(found.dtype)
    rounded = np.abs(found).sum(0) * limits.eps + len(found) * float(limits.smallest_subnormal)
    assert_close(total, np.zeros(total.shape), atol=8 * np.finfo(np.float64).eps * slack + rounded)


def a_shift_changes_nothing(case: Case) -> None:
    x = case.array("x").astype(np.float64)
    scale = conditioning(x, np.ones(x.shape[1]), np.ones(x.shape), case.attributes[0])["out"]
    given = {"weight": None, "bias": None}
    found, expected = case.out(x=x + 8.0, **given), case.out(x=x, **given)
    assert_close(found, expected, atol=32 * np.finfo(np.float64).eps * scale * (1 + scale))


def rows_may_be_permuted(case: Case) -> None:
    x = case.array("x").astype(np.float64)
    scale = conditioning(x, np.ones(x.shape[1]), np.ones(x.shape), case.attributes[0])["out"]
    given = {"weight": None, "bias": None}
    found, expected = case.out(x=x[::-1].copy(), **given), case.out(x=x, **given)[::-1]
    assert_close(found, expected, atol=8 * np.finfo(np.float64).eps * scale)
