"""Batch normalisation in evaluation: rows do not know of each other, nor do columns."""

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    N, C = draw.size("rows", 0, 6), draw.size("channels", 0, 3)
    x = draw.tensor((N, C), -100.0, 100.0, 0.0, 1.0, smooth=(-2.0, 2.0))
    weight = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0, 1.0)
    bias = draw.optional(draw.tensor, (C,), -2.0, 2.0, 0.0, 1.0)
    mean = draw.tensor((C,), -100.0, 100.0, 0.0, 1.0, smooth=(-2.0, 2.0), gradient=False)
    var = draw.tensor((C,), 0.0, 4.0, 0.0, smooth=(0.1, 2.0), gradient=False)
    eps = draw.number(1e-5, 1.0, 1e-5, smooth=(1e-3, 1.0))
    invstd = 1 / np.sqrt(var.array.astype(np.float64) + eps)
    normal = (np.abs(x.array.astype(np.float64)) + np.abs(mean.array)) * invstd
    scale = 1.0 if weight is None else np.abs(weight.array)
    return Sample(
        [x, weight, bias, mean, var, eps],
        units=4.0,
        magnitudes=lambda grad: {"out": 0.0 if bias is None else np.abs(bias.array)},
        lost=lambda grad: {
            "x": np.finfo(np.float64).tiny * invstd,  # gradient times weight may be subnormal
            "out": 4 * normal * scale,
            "weight": 10 * (grad * normal).sum(0),
            "bias": 40.0,
        },
        independent=[N, C],
        relations=[a_shift_of_numbers_and_means_changes_nothing],
    )


def a_shift_of_numbers_and_means_changes_nothing(case: Case) -> None:
    wide = {
        name: each.array.astype(np.float64)
        for name, each in zip(case.names, case.tensors, strict=True)
        if each is not None
    }
    moved = {**wide, "x": wide["x"] + 8.0, "mean": wide["mean"] + 8.0}
    invstd = 1 / np.sqrt(wide["var"] + case.attributes[0])
    size = (np.abs(wide["x"]) + np.abs(wide["mean"]) + 16.0) * invstd
    scale = np.abs(wide.get("weight", 1.0))
    shift = np.abs(wide.get("bias", 0.0))
    assert_close(case.out(**moved), case.out(**wide), magnitude=4 * size * scale + shift)
