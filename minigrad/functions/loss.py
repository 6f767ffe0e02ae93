"""Losses, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

import warnings

from .. import dtypes, ops
from ..tensor import Tensor
from . import arguments


def binary_cross_entropy(
    input: Tensor, target: Tensor, weight: Tensor | None = None, *, reduction: str = "mean"
) -> Tensor:
    """Give -(y * log(p) + (1 - y) * log(1 - p)), the logarithms not below -100.

    Parameters
    ----------
    input : Tensor
        Probabilities p.
    target : Tensor
        The y, in [0, 1], of the same shape.
    weight : Tensor, optional
        Multiplied with each element's loss; broadcast against `target`.
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.binary_cross_entropy(torch.tensor([0.25]), torch.tensor([1.0]))
    tensor(1.3863)
    """
    arguments.require_reduction(reduction)
    arguments.check_binary_cross_entropy(input, target, weight)
    if weight is not None:
        weight = weight.to(input.dtype)
    return ops.binary_cross_entropy(input, target, weight, reduction)


def mse_loss(
    input: Tensor, target: Tensor, *, reduction: str = "mean", weight: Tensor | None = None
) -> Tensor:
    """Give the squared differences between input and target, or their mean or sum.

    Parameters
    ----------
    input, target : Tensor
        Of the same shape. Other shapes are broadcast, with a warning.
    reduction : {"mean", "sum", "none"}
        What is done with the squares.
    weight : Tensor, optional
        Multiplied with each square; of the shape of `input`. "mean" then divides by the sum
        of the weights.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.mse_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)
    """
    arguments.check_mse_loss(input, target)
    if input.array.shape != target.array.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
            stacklevel=2,
        )
    if weight is not None:
        return _weighted_mse_loss(input, target, weight, reduction)
    arguments.require_reduction(reduction)
    if input.array.dtype != target.array.dtype:
        input, target = _promoted(input, target)
    return ops.mse_loss(input, target, reduction)


def _weighted_mse_loss(input: Tensor, target: Tensor, weight: Tensor, reduction: str) -> Tensor:
    arguments.require_tensor(weight, "mse_loss", "weight", 6)
    if weight.shape != input.shape:
        raise ValueError("Weights and input must have the same size.")
    squares = mse_loss(input, target, reduction="none") * weight
    if reduction == "none":
        return squares
    if reduction == "sum":
        return squares.sum()
    if reduction == "mean":
        return squares.sum() / weight.sum()
    raise ValueError(
        f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'."
    )


def _promoted(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Convert the two to the wider floating-point dtype among them."""
    floating = [each.dtype for each in (a, b) if each.is_floating_point()]
    dtype = max(floating, key=_width)
    return a.to(dtype), b.to(dtype)


def _width(dtype: dtypes.dtype) -> int:
    return dtype.itemsize
