"""How far is a distribution from another one? Kullback and Leibler's divergence as a loss."""

from __future__ import annotations

import warnings

from ..tensor import Tensor
from . import loss_arguments as arguments
from .arguments import require_tensor
from .comparison import where
from .dimensions import require_bool

OF_SAMPLES = "batchmean"


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """Give target · (log target - input), or the mean or sum of it.

    Parameters
    ----------
    input : Tensor
        Logarithms of probabilities.
    target : Tensor
        Probabilities, of which 0 counts as 0; it and `input` broadcast.
    size_average, reduce : bool, optional
        What PyTorch had before `reduction`; deprecated.
    reduction : {"mean", "sum", "none", "batchmean"}
        The divergence of two distributions is a sum; "batchmean" is the mean of that over samples,
        "mean" that over all elements.
    log_target : bool
        Whether `target` has logarithms as well.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> p, q = torch.tensor([[0.5, 0.5]]), torch.tensor([[0.25, 0.75]])
    >>> F.kl_div(q.log(), p, reduction="batchmean")
    tensor(0.1438)
    """
    reduction = _reduction_of(reduction, size_average, reduce)
    require_tensor(input, "kl_div")
    require_tensor(target, "kl_div", "target", 2)
    require_bool(log_target, "kl_div", "log_target")
    if not (input.is_floating_point() and target.is_floating_point()):
        raise RuntimeError("kl_div: Integral inputs not supported.")
    losses = _losses(input, target, log_target)
    if reduction == "none":
        return losses
    if reduction == "mean":
        return losses.mean()
    total = losses.sum()
    samples = reduction == OF_SAMPLES and input.array.ndim
    return total / input.array.shape[0] if samples else total


def _reduction_of(reduction: str, size_average: bool | None, reduce: bool | None) -> str:
    legacy = size_average is not None or reduce is not None
    if not legacy and reduction == OF_SAMPLES:
        return reduction
    if not legacy and reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support "
            "size; 'batchmean' divides only by the batch size, as the divergence is defined",
            stacklevel=3,
        )
    return arguments.reduction_of(reduction, size_average, reduce)


def _losses(input: Tensor, target: Tensor, log_target: bool) -> Tensor:
    if log_target:
        return target.exp() * (target - input)
    return where(target == 0, 0.0, target * target.log()) - target * input
