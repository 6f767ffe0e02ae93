"""Dropout, under the name and arguments of PyTorch's functional."""

from __future__ import annotations

from .. import ops
from ..creation import zeros
from ..memory_order import empty_in_order
from ..random import default_generator
from ..random.launched import draw_by_chance
from ..tensor import Tensor, tensor_of
from . import arguments, inplace
from .arithmetic import multiply
from .dimensions import require_bool
from .rewriting import check


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to zero at random, and make the others larger, so that the mean stays.

    Parameters
    ----------
    input : Tensor
        Of any shape, float32 or float64.
    p : float
        The probability of an element to be dropped; the others are divided by 1 - p.
    training : bool
        Whether anything is done: without it, the result is `input` itself.
    inplace : bool
        Whether the result overwrites `input`.

    Notes
    -----
    The default generator draws what PyTorch's draws, unless PyTorch takes the numbers from a
    library of Intel's, as it may on Intel's processors.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> _ = torch.manual_seed(0)
    >>> F.dropout(torch.ones(6), p=0.5)
    tensor([0., 0., 2., 0., 0., 0.])
    """
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    arguments.require_tensor(input, "dropout")
    p = arguments.real(p, "dropout", "p", 2)
    require_bool(training, "dropout", "train", 3)
    if p != p:
        raise RuntimeError("dropout probability has to be between 0 and 1, but got nan")
    if p == 0 or not training or input.array.size == 0:
        return input
    result = _nothing_of(input) if p == 1 else _dropped(input, 1.0 - p)
    return _overwritten(input, result) if inplace else result


def _nothing_of(input: Tensor) -> Tensor:
    return multiply(input, zeros((), dtype=input.dtype))


def _dropped(input: Tensor, keep: float) -> Tensor:
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            f"result type Float can't be cast to the desired output type {input.dtype.scalar_type}"
        )
    mask = empty_in_order(input.array.shape, input.array.dtype, input.array)
    draw_by_chance(default_generator, keep, mask)
    return ops.dropout(input, tensor_of(mask), keep)


def _overwritten(input: Tensor, result: Tensor) -> Tensor:
    check(input)
    return inplace.update(input, result)
