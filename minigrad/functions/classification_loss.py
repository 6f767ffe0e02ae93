"""Losses of probabilities and classes, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

from .. import dtypes, ops
from ..tensor import Tensor
from . import loss_arguments as arguments
from .arguments import real, require_floating, require_method, require_tensor
from .dimensions import axis_of


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
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
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.binary_cross_entropy(torch.tensor([0.25]), torch.tensor([1.0]))
    tensor(1.3863)
    """
    reduction = arguments.reduction_of(reduction, size_average, reduce)
    arguments.check_binary_cross_entropy(input, target, weight)
    if weight is not None:
        weight = weight.to(input.dtype)
    return ops.binary_cross_entropy(input, target, weight, reduction)


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Give the binary cross entropy of sigmoid(input), without rounding the sigmoid.

    Parameters
    ----------
    input : Tensor
        Logits: any numbers.
    target : Tensor
        Probabilities, of the same shape; the loss has its dtype.
    weight : Tensor, optional
        Multiplied with each element's loss; broadcast to its shape.
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
    reduction : {"mean", "sum", "none"}
        What is done with the losses of the elements.
    pos_weight : Tensor, optional
        Multiplied with the part of the loss that positive targets have; broadcast likewise.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.binary_cross_entropy_with_logits(torch.tensor([-100.0]), torch.tensor([1.0]))
    tensor(100.)
    """
    reduction = arguments.reduction_of(reduction, size_average, reduce)
    require_method(target, "size")
    require_method(input, "size")
    arguments.check_logits(input, target, weight, pos_weight)
    dtype = _common_dtype(input, target)
    weights = _converted(weight, dtype), _converted(pos_weight, dtype)
    losses = ops.binary_cross_entropy_with_logits(
        input.to(dtype), target.to(dtype), *weights, reduction
    )
    return losses.to(target.dtype)


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Give the negative of the logarithm of the probability of each target.

    Parameters
    ----------
    input : Tensor (N, C), (C,) or (N, C, d1, ...)
        Logarithms of the probabilities of C classes.
    target : Tensor (N,), () or (N, d1, ...)
        Classes, int64 from 0 to C - 1.
    weight : Tensor (C,), optional
        Multiplied with the losses of each class. "mean" divides by the sum of the weights of
        all targets.
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
    ignore_index : int
        A target that stands for none: its loss is 0, and the mean does not count it.
    reduction : {"mean", "sum", "none"}
        What is done with the losses.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.nll_loss(torch.tensor([[-0.5, -1.0], [-2.0, -0.25]]), torch.tensor([1, -100]))
    tensor(1.)
    """
    reduction = arguments.reduction_of(reduction, size_average, reduce)
    require_tensor(input, "nll_loss_nd")
    require_tensor(target, "nll_loss_nd", "target", 2)
    if weight is not None:
        require_tensor(weight, "nll_loss_nd", "weight", 3)
    ignored = arguments.class_index(ignore_index, "nll_loss_nd")
    arguments.require_constant(weight, "weight", "nll_loss_forward", 3)
    return ops.nll_loss(input, target, weight, ignored, reduction)


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """Give the cross entropy of the softmax of scores with classes, or with probabilities.

    Parameters
    ----------
    input : Tensor (N, C), (C,) or (N, C, d1, ...)
        Scores of C classes: any numbers.
    target : Tensor
        As of `nll_loss`; or, of the shape of `input` and floating point, probabilities.
    weight, size_average, ignore_index, reduce, reduction
        As of `nll_loss`. With probabilities as targets, "mean" divides by their number.
    label_smoothing : float
        Which part of each target is spread over all classes, from 0 to 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.cross_entropy(torch.tensor([[2.0, 1.0, 0.0]]), torch.tensor([0]))
    tensor(0.4076)
    """
    name = "cross_entropy_loss"
    reduction = arguments.reduction_of(reduction, size_average, reduce)
    require_tensor(input, name)
    require_tensor(target, name, "target", 2)
    if weight is not None:
        require_tensor(weight, name, "weight", 3)
    ignored = arguments.class_index(ignore_index, name)
    smoothing = real(label_smoothing, name, "label_smoothing", 6)
    smoothing = smoothing if smoothing > 0 else 0.0
    if input.array.shape == target.array.shape:
        return _with_probabilities(input, target, weight, ignored, smoothing, reduction)
    arguments.check_smoothing(smoothing)
    if not input.array.ndim:
        axis_of(input, 1)  # an error: that is where the classes are
    require_floating(input, "log_softmax_lastdim_kernel_impl")
    arguments.require_constant(weight, "weight", "nll_loss_forward", 3)
    if smoothing:
        arguments.check_smoothed(input, target, weight, ignored, reduction)
    return ops.cross_entropy(input, target, weight, ignored, smoothing, reduction)


def _with_probabilities(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    ignored: int,
    smoothing: float,
    reduction: str,
) -> Tensor:
    if not target.is_floating_point():
        raise RuntimeError(
            "Expected floating point type for target with class probabilities, got "
            + target.dtype.scalar_type
        )
    if ignored >= 0:
        raise RuntimeError("ignore_index is not supported for floating point target")
    require_floating(input, "log_softmax_lastdim_kernel_impl")
    arguments.check_smoothing(smoothing)
    dtype = _common_dtype(input, target, weight)
    return ops.cross_entropy_of_probabilities(
        input.to(dtype), target.to(dtype), _converted(weight, dtype), smoothing, reduction
    )


def _common_dtype(*tensors: Tensor | None) -> dtypes.dtype:
    """The wider floating-point dtype among them."""
    known = {each.dtype for each in tensors if each is not None}
    return dtypes.float64 if dtypes.float64 in known else dtypes.float32


def _converted(weight: Tensor | None, dtype: dtypes.dtype) -> Tensor | None:
    return None if weight is None else weight.to(dtype)
