"""Which arguments do the functions of `functional` refuse, and in which words?

Those with most to refuse have files of their own: `batch_norm_arguments`, `linear_arguments`,
`loss_arguments`.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

from ..grad_mode import mode
from ..tensor import Number, Tensor
from .filling import plain
from .sizes import NOT_GIVEN


def require_tensor(value: object, function: str, name: str = "input", position: int = 1) -> None:
    """Raise unless `value` is a tensor."""
    if not isinstance(value, Tensor):
        raise TypeError(not_a_tensor(function, name, position, value))


def not_a_tensor(function: str, name: str, position: int, value: object) -> str:
    """The message for a `value` that is no tensor."""
    return (
        f"{function}(): argument '{name}' (position {position}) must be Tensor, "
        f"not {type(value).__name__}"
    )


def require_method(value: object, name: str) -> None:
    """Raise unless `value` is a tensor, as PyTorch's functions do that call its method."""
    if not isinstance(value, Tensor):
        if hasattr(value, name):  # the size of an array is a number, which is not called
            raise TypeError(f"expected a Tensor, but got {type(value).__name__}")
        raise AttributeError(f"{type(value).__name__!r} object has no attribute {name!r}")


def require_int(value: object, function: str, name: str, position: int) -> int:
    """The value as an int; raise unless it is an integer and no bool."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(
            f"{function}(): argument '{name}' (position {position}) must be int, "
            f"not {type(value).__name__}"
        )
    return operator.index(value)


def by_name(
    given: tuple[Any, ...], names: Sequence[str], named: dict[str, Any], function: str
) -> dict[str, Any]:
    """Arguments given by position and those given by name, without what was left out."""
    if len(given) > len(names):
        raise TypeError(
            f"{function}() takes {', '.join(names)} by position, got {len(given)} arguments"
        )
    found = {name: value for name, value in named.items() if value is not NOT_GIVEN}
    for name, value in zip(names, given, strict=False):
        if name in found:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
        found[name] = value
    return found


def require_floating(value: Tensor, kernel: str) -> None:
    """Raise unless the elements are floating point, naming PyTorch's kernel that lacks them."""
    if value.array.dtype.kind != "f":
        raise NotImplementedError(f'"{kernel}" not implemented for {value.dtype.scalar_type!r}')


def refuse_bool(value: Tensor, kernel: str) -> None:
    """Raise if the elements are bools, naming PyTorch's kernel that lacks them."""
    if value.array.dtype.kind == "b":
        raise NotImplementedError(f"\"{kernel}\" not implemented for 'Bool'")


def require_history(value: Tensor) -> None:
    """Raise if a view may have none since its base was changed.

    For what is written before a graph is made, and for functions that have no gradient, but take
    a magnitude in PyTorch, which has one.
    """
    if mode.grad_enabled:
        value._with_history()


def number(
    value: object, function: str, name: str, position: int, expected: str = "Number"
) -> Number:
    """The value as a Python number; a tensor is one that has no dimensions and no gradient."""
    if type(value) is float:
        return value
    if isinstance(value, Tensor) and value.array.ndim == 0 and not value.requires_grad:
        return value.item()  # type: ignore[no-any-return]
    found = plain(value)
    if not isinstance(found, (bool, int, float)):
        raise TypeError(
            f"{function}(): argument '{name}' (position {position}) must be {expected}, "
            f"not {type(value).__name__}"
        )
    return found


def real(value: object, function: str, name: str, position: int, expected: str = "float") -> float:
    """The same as a float, for arguments that are one whatever the tensors' dtype."""
    if type(value) is int:  # of any size
        return float(value)
    return float(number(value, function, name, position, expected))
