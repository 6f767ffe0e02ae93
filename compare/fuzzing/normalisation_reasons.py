"""What tells that numbers that are normalised differ as it is known that they do?

Each function is of one row in SUPPORTED.md: PyTorch has minigrad's numbers where it goes a way
that does not leave the range of the dtype, or rounds to whole subnormal numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from unittest import mock

import numpy as np
import torch
from torch import Tensor

from .judge import Difference
from .reasons import TINY, about, again, is_given_by, is_given_in_float64, where_they_differ
from .rounding import EPS

BATCH_NORM = torch.nn.functional.batch_norm


def about_normalisation(difference: Difference) -> bool:
    """Whether it may be of numbers of BatchNorm or LayerNorm, but not of a count of batches."""
    called = about(difference, "batch_norm", "batchnorm1d", "layer_norm", "layernorm")
    return called and difference.mine.dtype.name in EPS


def variance_of_normalisation_beyond(difference: Difference) -> bool:
    """What PyTorch has in float64, where it has left the range of float32 on the way."""
    if not about_normalisation(difference):
        return False
    _, theirs = where_they_differ(difference)
    return not np.any(np.isfinite(theirs) & (theirs != 0)) and (
        is_given_in_float64(difference) or is_given_by_definition(difference)
    )


def is_given_by_definition(difference: Difference) -> bool:
    """Whether PyTorch has minigrad's numbers where it divides columns as the definition says."""
    lines = difference.program.splitlines()[: difference.line + 1]
    with mock.patch.object(torch.nn.functional, "batch_norm", batch_norm):
        return is_given_by(
            again(lines, difference), difference, EPS.get(difference.mine.dtype.name, 0.0)
        )


def batch_norm(
    x: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """In training less the mean and divided by the root of the variance, in float64."""
    usual = BATCH_NORM(x, running_mean, running_var, weight, bias, training, momentum, eps)
    if not training:
        return usual
    columns = x.double().movedim(1, -1)  # (N, C) or (N, L, C)
    along = tuple(range(columns.dim() - 1))
    centred = columns - columns.mean(along)
    out = centred / (centred.square().mean(along) + eps).sqrt()
    out = out if weight is None else out * weight
    out = out if bias is None else out + bias
    return out.movedim(-1, 1).to(x.dtype)


def layer_norm_beyond(difference: Difference) -> bool:
    """NaN or infinite in PyTorch, which has minigrad's numbers of rows whose largest is 1."""
    if not about(difference, "layer_norm", "layernorm"):
        return False
    if np.isfinite(where_they_differ(difference)[1]).any():
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    with mock.patch.object(torch.nn.functional, "layer_norm", scaled_layer_norm):
        return is_given_by(
            again(lines, difference), difference, EPS.get(difference.mine.dtype.name, 0.0)
        )


def scaled_layer_norm(
    x: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """What layer_norm gives of rows divided by their largest number; eps is divided twice.

    Of a row whose variance is beyond float64 it is the bias.
    """
    last, limits = tuple(range(-len(normalized_shape), 0)), torch.finfo(x.dtype)
    largest = x.detach().abs().amax(last, True).clamp(1, limits.max)
    centred = x / largest - (x / largest).mean(last, True)
    var = centred.square().mean(last, True) + eps / largest / largest
    distances = centred.detach().double() * largest.double()
    beyond = distances.square().sum(last, True).isposinf()
    out = torch.where(beyond, 0.0, centred / var.clamp(limits.tiny).sqrt())
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


def normalisation_of_subnormal_numbers(difference: Difference) -> bool:
    """Off by roundings to whole subnormal numbers, times 1/√eps and some gradients."""
    if not about_normalisation(difference):
        return False
    mine, theirs = where_they_differ(difference)
    name = difference.mine.dtype.name
    return bool(np.all(np.abs(mine - theirs) < 10_000 * TINY[name] * EPS[name]))
