"""The operations of `ops` under the names and arguments that PyTorch's functional has.

Here arguments are checked and unusual ones brought into the form that the operations take.
"""

from __future__ import annotations

import warnings

from .. import channels, dtypes, ops, running_statistics
from ..tensor import Tensor
from . import arguments, batch_norm_arguments, inplace_activation, linear_arguments


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
    if linear_arguments.are_usual(input, weight, bias):
        return ops.linear(input, weight, bias)
    linear_arguments.check(input, weight)
    return ops.linear(input, weight) + linear_arguments.broadcast_bias(input, weight, bias)


def sigmoid(input: Tensor) -> Tensor:
    """Apply 1 / (1 + exp(-x)) to each element; integers become floating point.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.sigmoid(torch.tensor([0, 1]))
    tensor([0.5000, 0.7311])
    """
    arguments.require_tensor(input, "sigmoid")
    return ops.sigmoid(input)


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """Apply max(0, x) to each element; the gradient at 0 is 0.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    inplace : bool
        Whether the result overwrites `input`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.relu(torch.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    arguments.require_tensor(input, "relu")
    return inplace_activation.relu_(input) if inplace else ops.relu(input)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Apply x where x > 0, else alpha * (exp(x) - 1), to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    alpha : float
        Minus the value that is approached far below 0. The gradient at 0 is alpha.
    inplace : bool
        Whether the result overwrites `input`. Then a negative alpha has no backward.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.elu(torch.tensor([-1.0, 2.0]))
    tensor([-0.6321,  2.0000])
    """
    arguments.require_tensor(input, "elu")
    if type(alpha) is not float:
        arguments.require_number(alpha, "elu", "alpha", 2)
    return inplace_activation.elu_(input, alpha) if inplace else ops.elu(input, alpha)


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise every channel, then scale and shift it.

    Parameters
    ----------
    input : Tensor
        Of shape (N, C) or (N, C, ...).
    running_mean, running_var : Tensor or None
        Of shape (C,). In training they are updated in place if given; otherwise they are
        what the input is normalised with.
    weight, bias : Tensor, optional
        Scale and shift, of shape (C,).
    training : bool
        Whether to normalise with the mean and the biased variance of `input`.
    momentum : float
        The weight of `input` in the update of the running statistics.
    eps : float
        Added to the variance.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.batch_norm(torch.tensor([[1.0], [3.0]]), None, None, training=True)
    tensor([[-1.0000],
            [ 1.0000]])
    """
    tensors = (running_mean, running_var, weight, bias)
    return _batch_norm(input, tensors, training, momentum, eps, None)


def _batch_norm(
    input: Tensor,
    tensors: tuple[Tensor | None, ...],
    training: bool,
    momentum: float | None,
    eps: float,
    num_batches_tracked: Tensor | None,
) -> Tensor:
    """Do what `batch_norm` does; with a counter, momentum None stands for 1 / counter.

    The counter is read where the statistics are updated, so that this also holds when a
    recorded step is replayed.
    """
    weighting = 0.0 if momentum is None and num_batches_tracked is not None else momentum
    if not batch_norm_arguments.are_usual(input, tensors, training, weighting, eps):
        tensors = batch_norm_arguments.checked(input, tensors, training, weighting, eps)
    running_mean, running_var, weight, bias = tensors
    shape = input.array.shape
    rows = input if len(shape) == 2 else channels.as_rows(input)
    if training:
        output, mean, variance = ops.batch_norm(rows, weight, bias, eps)
    else:
        assert running_mean is not None and running_var is not None  # by the checks above
        output = ops.batch_norm_inference(rows, weight, bias, running_mean, running_var, eps)
    count = rows.array.shape[0]
    if training and running_mean is not None and running_var is not None and count > 0:
        running_statistics.update_(
            running_mean, running_var, mean, variance, count, momentum, num_batches_tracked
        )
    return output if len(shape) == 2 else channels.from_rows(output, shape)


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
