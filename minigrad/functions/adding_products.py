"""Products and quotients of two tensors, added to a third: optimisers are written with them."""

from __future__ import annotations

import warnings
from typing import Any

from ..broadcast import broadcast_shape
from ..dtypes import result_type
from ..primitives import adding_products
from ..site import users_level
from ..tensor import Number, Tensor
from .arguments import number, refuse_bool, require_tensor
from .filling import filling
from .promotion import operand_in
from .sizes import NOT_GIVEN

Operands = tuple[Tensor, Tensor, Tensor, Number]


def addcmul(
    input: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
) -> Tensor:
    """Add the product of two tensors, times `value`.

    Parameters
    ----------
    input, tensor1, tensor2 : Tensor
        Their shapes are broadcast, their dtypes promoted.
    value : number
        Cut to an integer if the result is one. It may stand in front of `tensor1` by position,
        which is deprecated.

    Examples
    --------
    >>> import minigrad as torch
    >>> grad = torch.tensor([1.0, 2.0])
    >>> torch.addcmul(torch.tensor([1.0, 1.0]), grad, grad, value=0.5)
    tensor([1.5000, 3.0000])
    """
    x, a, b, factor = _operands("addcmul", input, (tensor1, tensor2, *last), value)
    if x.array.dtype.kind == "b":
        broadcast_shape(broadcast_shape(x.array.shape, a.array.shape), b.array.shape)
        refuse_bool(x, "addcmul_cpu_out")
    return adding_products.addcmul(x, a, b, value=factor)


def addcdiv(
    input: Tensor, tensor1: Tensor, tensor2: Tensor, *last: Tensor, value: Number = NOT_GIVEN
) -> Tensor:
    """Add the quotient of two tensors, times `value`.

    Parameters
    ----------
    input, tensor1, tensor2 : Tensor
        Their shapes are broadcast, their dtypes promoted; one of the latter is floating point.
    value : number
        It may stand in front of `tensor1` by position, which is deprecated.

    Examples
    --------
    >>> import minigrad as torch
    >>> weight, average = torch.tensor([1.0, 1.0]), torch.tensor([0.5, 4.0])
    >>> torch.addcdiv(weight, torch.tensor([1.0, 2.0]), average, value=-0.1)
    tensor([0.8000, 0.9500])
    """
    operands = _operands("addcdiv", input, (tensor1, tensor2, *last), value)
    if not any(each.is_floating_point() for each in (tensor1, tensor2, *last)[-2:]):
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported: write "
            "input + value * trunc(tensor1 / tensor2), or give a tensor of floating point"
        )
    return adding_products.addcdiv(*operands[:3], value=operands[3])


def _operands(function: str, input: Tensor, given: tuple[Any, ...], value: Any) -> Operands:
    """The tensors in their common dtype, and the factor in it."""
    require_tensor(input, function)
    if len(given) > 2:
        value, given = _former_order(function, given, value)
    for position, each in enumerate(given, 1):
        require_tensor(each, function, f"tensor{position}", position + 1)
    dtype = result_type(input, *given)
    factor = 1 if value is NOT_GIVEN else number(value, function, "value", 4)
    x, a, b = (operand_in(each, dtype) for each in (input, *given))
    return x, a, b, filling(factor, dtype, "value")


def _former_order(
    function: str, given: tuple[Any, ...], value: Any
) -> tuple[Any, tuple[Any, ...]]:
    """The factor, which is given in front of two tensors, and these."""
    if len(given) > 3 or value is not NOT_GIVEN:
        raise TypeError(
            f"{function}() takes 3 positional arguments but {1 + len(given)} were given"
        )
    warnings.warn(
        f"{function}(input, value, tensor1, tensor2) is deprecated: write "
        f"{function}(input, tensor1, tensor2, value=value)",
        stacklevel=users_level(),
    )
    return given[0], given[1:]
