"""Linear: matrices of any sizes, with and without a bias."""

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    N, K, M = (draw.size(name) for name in ("rows", "inputs", "outputs"))
    special = (0.0, -0.0, 1.0, 1e6)
    x = draw.tensor((N, K), -10.0, 10.0, *special)
    weight = draw.tensor((M, K), -10.0, 10.0, *special)
    bias = draw.optional(draw.tensor, (M,), -10.0, 10.0, *special)
    a, w = np.abs(x.array.astype(np.float64)), np.abs(weight.array.astype(np.float64))
    shift = 0.0 if bias is None else np.abs(bias.array)
    return Sample(
        [x, weight, bias],
        units=4.0 + max(N, K, M),
        magnitudes=lambda grad: {
            "out": a @ w.T + shift,
            "x": grad @ w,
            "weight": grad.T @ a,
            "bias": grad.sum(0),
        },
        relations=[it_is_additive, the_backward_map_is_the_adjoint],
    )


def it_is_additive(case: Case) -> None:
    """The map of a sum is the sum of the maps, but for one bias."""
    x, weight = case.array("x").astype(np.float64), case.array("weight").astype(np.float64)
    other = np.flip(x).copy()
    parts = [case.out(x=each, weight=weight, bias=None) for each in (x, other, x + other)]
    terms = (np.abs(x) + np.abs(other)) @ np.abs(weight).T
    assert_close(parts[2], parts[0] + parts[1], ulp=8 + x.shape[1], magnitude=terms)


def the_backward_map_is_the_adjoint(case: Case) -> None:
    """<v, W u> = <Wᵀ v, u>."""
    back = case.results()["x"]
    if back is None:  # not wanted
        return
    u, v = case.array("x").astype(np.float64), case.cotangent.array.astype(np.float64)
    forward = case.out(bias=None).astype(np.float64)
    terms = (np.abs(v) * (np.abs(u) @ np.abs(case.array("weight").T))).sum()
    eps = float(np.finfo(case.dtype.numpy).eps)
    slack = 8 * (4 + max(u.shape[1], v.shape[1])) * eps * terms
    assert_close((v * forward).sum(), (back * u).sum(), atol=slack)
