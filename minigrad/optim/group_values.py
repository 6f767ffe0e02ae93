"""How are settings of a parameter group read and changed?

A setting is a number or, as PyTorch allows for learning rates, a tensor with one element, which
keeps its identity when a scheduler changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..functions.filling import filling
from ..tensor import Tensor


def number(value: Any) -> Any:
    """A setting as a number."""
    return value.array.item() if isinstance(value, Tensor) else value


def copied(value: Any) -> Any:
    """A setting that later changes do not reach."""
    return value.clone() if isinstance(value, Tensor) else value


def assign(group: dict[str, Any], name: str, value: Any) -> None:
    """Give a setting of a group another value."""
    if isinstance(group[name], Tensor):
        group[name].fill_(number(value))
    else:
        group[name] = value


def tensors(group: dict[str, Any]) -> Iterator[Tensor]:
    """The settings of a group that are tensors."""
    for name, value in group.items():
        if name != "params":
            values = value if isinstance(value, (list, tuple)) else (value,)
            yield from (each for each in values if isinstance(each, Tensor))


def require_one_element(value: Any, name: str) -> None:
    """Raise if a setting is a tensor of more or fewer elements than one."""
    if isinstance(value, Tensor) and value.numel() != 1:
        raise ValueError(f"Tensor {name} must be 1-element")


def is_number(value: Any) -> bool:
    """Whether a setting is a number or a tensor."""
    return hasattr(value, "__float__")  # to ask the type `SupportsFloat` takes 7 µs


def require_number(value: Any, name: str) -> None:
    """Raise unless a setting is a number or a tensor."""
    if not is_number(value):
        raise TypeError(f"{name} must be a number, got {value!r}")


def check_factors(values: tuple[Any, ...], params: list[Tensor]) -> None:
    """Raise for settings that a step multiplies with and that the parameters' dtypes lack."""
    dtypes = {param.dtype for param in params if param.is_floating_point()}
    for value in values:
        if value is True:
            raise RuntimeError("Boolean alpha only supported for Boolean results.")
        for dtype in dtypes:
            filling(value, dtype, "a setting of an optimiser")


def check_not_negative(values: Mapping[str, Any]) -> None:
    """Raise for the first of these settings that is below 0, or NaN, or no number."""
    for name, value in values.items():
        require_number(value, name)
        if not value >= 0.0:
            raise ValueError(f"Invalid {name}: {value}")
