"""Losses of differences, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

from .. import dtypes, ops
from ..losses.mixed_dtypes import huber_loss_of_two_dtypes
from ..tensor import Tensor
from . import loss_arguments as arguments
from .addition import sub
from .arguments import real, require_method
from .promotion import require_kind


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Give the squared differences between input and target, or their mean or sum.

    Parameters
    ----------
    input, target : Tensor
        Of the same shape. Other shapes are broadcast, with a warning.
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
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
    _check_tensors(input, target)
    arguments.compare_sizes(input, target)
    if size_average is not None or reduce is not None:
        reduction = arguments.legacy_reduction(size_average, reduce)
    if weight is not None:
        _check_weight(weight, input)
        return _weighted(_squared(input, target), weight, reduction, by_weights=True)
    reduction = arguments.reduction_of(reduction)
    return ops.mse_loss(*_promoted(input, target), reduction)


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Give the absolute differences between input and target, or their mean or sum.

    The parameters are those of `mse_loss`. Where there is no difference the gradient is 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.l1_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(1.)
    """
    _check_tensors(input, target)
    arguments.compare_sizes(input, target)
    if size_average is not None or reduce is not None:
        reduction = arguments.legacy_reduction(size_average, reduce)
    if weight is not None:
        _check_weight(weight, input)
        return _weighted(_absolute(input, target, "none"), weight, reduction, by_weights=True)
    return _absolute(input, target, arguments.reduction_of(reduction))


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """Give squares of differences below `beta`, halved, by `beta`; beyond, |d| - beta / 2.

    Parameters
    ----------
    input, target, size_average, reduce, reduction
        As of `mse_loss`.
    beta : float
        The difference at which one turns into the other, not negative. With 0 this is
        `l1_loss`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.smooth_l1_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 4.0]), reduction="none")
    tensor([0.1250, 1.5000])
    """
    _check_tensors(input, target)
    arguments.compare_sizes(input, target)
    reduction = arguments.reduction_of(reduction, size_average, reduce)
    beta = real(beta, "smooth_l1_loss", "beta", 4)
    if beta == 0:
        return _absolute(input, target, reduction)
    return ops.smooth_l1_loss(*_promoted(input, target), reduction, beta)


def huber_loss(
    input: Tensor,
    target: Tensor,
    reduction: str = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """Give squares of differences below `delta`, halved; beyond, delta · (|d| - delta / 2).

    Parameters
    ----------
    input, target, reduction
        As of `mse_loss`.
    delta : float
        The difference at which one turns into the other; positive.
    weight : Tensor, optional
        Multiplied with each loss; of the shape of `input`. "mean" is that of the products.

    Returns
    -------
    Tensor
        Of the dtype of `input`; if that of `target` is another, backward refuses to go through.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.huber_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 6.0]), delta=2.0)
    tensor(3.0625)
    """
    _check_tensors(input, target)
    arguments.compare_sizes(input, target)
    if weight is None:
        reduction = arguments.reduction_of(reduction)
    else:
        _check_weight(weight, input)
    delta = real(delta, "huber_loss", "delta", 4)
    x, y = _promoted(input, target)
    require_kind(input.dtype, x.dtype)
    losses = ops.huber_loss(x, y, reduction if weight is None else "none", delta)
    if x.array.dtype != input.array.dtype or y.array.dtype != target.array.dtype:
        losses = huber_loss_of_two_dtypes(input, target, losses=losses.array)
    return losses if weight is None else _weighted(losses, weight, reduction, by_weights=False)


def _check_tensors(input: object, target: object) -> None:
    require_method(target, "size")
    require_method(input, "size")


def _check_weight(weight: Tensor, input: Tensor) -> None:
    require_method(weight, "size")
    if weight.array.shape != input.array.shape:
        raise ValueError("Weights and input must have the same size.")


def _weighted(losses: Tensor, weight: Tensor, reduction: str, *, by_weights: bool) -> Tensor:
    weighted = losses * weight
    if reduction == "none":
        return weighted
    if reduction == "sum":
        return weighted.sum()
    if reduction == "mean":
        return weighted.sum() / weight.sum() if by_weights else weighted.mean()
    raise ValueError(
        f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'."
    )


def _squared(input: Tensor, target: Tensor) -> Tensor:
    """The squared error of each element, which integers have where there is a weight."""
    if input.is_floating_point() and target.is_floating_point():
        return ops.mse_loss(*_promoted(input, target), "none")
    difference = sub(input, target)
    return difference * difference


def _absolute(input: Tensor, target: Tensor, reduction: str) -> Tensor:
    """The absolute error, which unlike the other losses integers have as well."""
    kinds = {input.array.dtype.kind, target.array.dtype.kind}
    if "f" in kinds and "b" not in kinds:
        return ops.l1_loss(*_promoted(input, target), reduction)
    losses = sub(input, target).abs()
    if reduction == "none":
        return losses
    return losses.mean() if reduction == "mean" else losses.sum()


def _promoted(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Convert the two to the higher dtype among them, dimensions or not."""
    if a.array.dtype == b.array.dtype:
        return a, b
    dtype = dtypes.promote_types(a.dtype, b.dtype)
    return a.to(dtype), b.to(dtype)
