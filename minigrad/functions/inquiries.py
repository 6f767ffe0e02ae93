"""What is this, how many elements has it, of which dtype will a result be?"""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..tensor import Tensor
from .arguments import require_tensor
from .promotion import as_operand


def is_tensor(obj: Any, /) -> bool:
    """Whether something is a tensor.

    >>> import minigrad as torch
    >>> torch.is_tensor(torch.ones(2)), torch.is_tensor([1.0, 1.0])
    (True, False)
    """
    return isinstance(obj, Tensor)


def is_floating_point(input: Tensor) -> bool:
    """Whether a tensor's elements are of float32 or float64.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.is_floating_point(torch.tensor([1])), torch.is_floating_point(torch.tensor([1.0]))
    (False, True)
    """
    require_tensor(input, "is_floating_point")
    return input.is_floating_point()


def numel(input: Tensor) -> int:
    """How many elements a tensor has.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.numel(torch.zeros(2, 3)), torch.numel(torch.tensor(1))
    (6, 1)
    """
    require_tensor(input, "numel")
    return input.numel()


def result_type(tensor: Any, other: Any) -> dtypes.dtype:
    """The dtype of an operation on two tensors or numbers.

    >>> import minigrad as torch
    >>> torch.result_type(torch.tensor([1, 2]), 1.0)
    minigrad.float32
    """
    first = as_operand(tensor, "result_type", "tensor", 1)
    return dtypes.result_type(first, as_operand(other, "result_type", "other", 2))
