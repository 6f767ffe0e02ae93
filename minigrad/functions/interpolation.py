"""Numbers on the way from one tensor to another."""

from __future__ import annotations

from ..dtypes import NAMES_IN_C
from ..primitives import interpolation
from ..tensor import Number, Tensor
from .arguments import number, require_floating, require_tensor
from .filling import filling
from .promotion import as_tensor_of


def lerp(input: Tensor, end: Tensor, weight: Number | Tensor) -> Tensor:
    """The numbers that lie between two tensors', `weight` of the way from the first to the second.

    Parameters
    ----------
    input, end : Tensor
        Of one floating-point dtype; they broadcast.
    weight : number or Tensor
        One for all elements, or one for each, then of that dtype. It may lie beyond 0 and 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.lerp(torch.tensor([0.0, 10.0]), torch.tensor([4.0, 20.0]), 0.25)
    tensor([ 1.0000, 12.5000])
    """
    require_tensor(input, "lerp")
    require_tensor(end, "lerp", "end", 2)
    _require_dtype(end, input, "end")
    require_floating(input, f"lerp_kernel_{'tensor' if isinstance(weight, Tensor) else 'scalar'}")
    if not isinstance(weight, Tensor):
        weight = filling(number(weight, "lerp", "weight", 3), input.dtype, "weight")
        return interpolation.lerp_by_number(input, end, weight=weight)
    if weight.array.ndim:
        _require_dtype(weight, input, "weight")
    weight = as_tensor_of(weight, input.dtype)
    return interpolation.lerp(input, end, weight, named="LerpBackward1")


def _require_dtype(operand: Tensor, input: Tensor, name: str) -> None:
    if operand.array.dtype != input.array.dtype:
        wanted, found = (NAMES_IN_C[each.array.dtype.char] for each in (input, operand))
        raise RuntimeError(f"expected dtype {wanted} for `{name}` but got dtype {found}")
