"""Affine maps, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

from .. import ops
from ..matrices.features import fit
from ..ops.linear import fused
from ..tensor import Tensor
from . import linear_arguments


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Give `input @ weight.T + bias`.

    Parameters
    ----------
    input : Tensor
        Of shape (..., in_features).
    weight : Tensor
        Of shape (out_features, in_features).
    bias : Tensor, optional
        Of shape (out_features,).

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.linear(torch.ones(1, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    tensor([[3., 7.]])
    """
    if fit(input, weight, bias):  # nearly always
        return fused(input, weight, bias)
    if linear_arguments.are_usual(input, weight, bias):
        return ops.linear(input, weight, bias)
    linear_arguments.check(input, weight)
    shift = linear_arguments.broadcast_bias(input, weight, bias)
    if linear_arguments.are_usual(input, weight, shift):
        return ops.linear(input, weight, shift)
    out = ops.linear(input, weight)
    return out + shift if shift.dtype is out.dtype else out.add_(shift)
