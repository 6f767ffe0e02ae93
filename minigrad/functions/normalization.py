"""Normalisation, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..matrices import channels
from ..ops.batch_norm import fused as by_its_batch
from ..ops.batch_norm_inference import fused as by_running_statistics
from ..ops.layer_norm import fused as of_rows
from ..running_statistics import update_
from ..saved import watch
from ..tensor import Tensor
from . import batch_norm_arguments, layer_norm_arguments
from .addition import add
from .arithmetic import mul
from .conversion import clone


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
    return batch_norm_counted(input, tensors, training, momentum, eps, None)


def batch_norm_counted(
    input: Tensor,
    tensors: tuple[Tensor | None, ...],
    training: bool,
    momentum: float | None,
    eps: float,
    num_batches_tracked: Tensor | None,
) -> Tensor:
    """Do what `batch_norm` does, and count the batch; momentum None stands for 1 / counter.

    As in PyTorch a batch that is refused is counted as well.
    """
    counter = num_batches_tracked
    by_counter = momentum is None and counter is not None
    if by_counter:
        momentum = 0.0
    if not batch_norm_arguments.are_usual(input, tensors, training, momentum, eps):
        try:
            usual = batch_norm_arguments.checked(input, tensors, training, momentum, eps)
        except Exception:
            if counter is not None:
                counter.add_(1)
            raise
        tensors, momentum, eps = usual
    running_mean, running_var, weight, bias = tensors
    if not input.array.size:
        if counter is not None:
            counter.add_(1)
        return _of_nothing(input, weight, bias)
    shape = input.array.shape
    rows = input if len(shape) == 2 else channels.as_rows(input)
    if training:
        output, mean, variance = by_its_batch(rows, weight, bias, eps)
    else:
        output = by_running_statistics(rows, weight, bias, running_mean, running_var, eps)
    count = rows.array.shape[0]
    if training and running_mean is not None and running_var is not None:
        factor = None if by_counter else momentum
        update_(running_mean, running_var, mean, variance, count, factor, counter)
        watch(output, running_mean, running_var)
    elif counter is not None:
        counter.add_(1)
    return output if len(shape) == 2 else channels.from_rows(output, shape)


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise every row, then scale and shift its elements.

    Parameters
    ----------
    input : Tensor
        Of floating point, of shape (..., *normalized_shape).
    normalized_shape : sequence of ints
        The last dimensions, which a row is.
    weight, bias : Tensor, optional
        Scale and shift, of that shape and of the input's dtype.
    eps : float
        Added to the biased variance of a row.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.layer_norm(torch.tensor([[1.0, 3.0], [10.0, -10.0]]), (2,))
    tensor([[-1.0000,  1.0000],
            [ 1.0000, -1.0000]])
    """
    row: Any = normalized_shape
    if not layer_norm_arguments.are_usual(input, row, weight, bias, eps):
        row, eps = layer_norm_arguments.checked(input, row, weight, bias, eps)
    return of_rows(input, weight, bias, eps, len(row))


def _of_nothing(input: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    """What has no elements, in the dtype that a scale and a shift give it; they may be any."""
    output = clone(input)
    if weight is not None:
        output = mul(output, weight[0])
    return output if bias is None else add(output, bias[0])
