"""Which arguments do functions take that make tensors: sizes, values, and options by name?"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, TypedDict

import numpy as np

from .. import devices, dtypes
from ..functions.sizes import NOT_GIVEN, wrong_size
from ..layouts import layout, memory_format, preserve_format
from ..tensor import Tensor, tensor_of


class Options(TypedDict, total=False):
    """What may be said by name about a new tensor; all but the first and the last at defaults.

    A memory format is for `empty`, and for tensors like another one.
    """

    dtype: dtypes.dtype | type | None
    layout: layout | None
    device: devices.device | str | None
    pin_memory: bool | None
    memory_format: memory_format | None
    requires_grad: bool | None


class Wanted(NamedTuple):
    """What the options ask for: a dtype, if one is named, and a gradient."""

    dtype: dtypes.dtype | None
    requires_grad: bool

    def finished(self, array: np.ndarray[Any, Any]) -> Tensor:
        """The new tensor."""
        if self.requires_grad and array.dtype.kind != "f":
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        made = tensor_of(array)
        return made.requires_grad_() if self.requires_grad else made


def wanted(function: str, options: Any) -> Wanted:
    """Check a function's options by name."""
    for name, value in options.items():
        if name not in Options.__annotations__ or (
            name == "memory_format" and function != "empty" and not function.endswith("_like")
        ):
            raise TypeError(f"{function}() got an unexpected keyword argument '{name}'")
        if name in EXPECTED and value is not None and not isinstance(value, EXPECTED[name][0]):
            raise TypeError(
                f"{function}(): argument '{name}' must be {EXPECTED[name][1]}, "
                f"not {type(value).__name__}"
            )
    if function == "empty" and options.get("memory_format") is preserve_format:
        raise RuntimeError("unsupported memory format Preserve")
    devices.require_cpu(options.get("device"), function)
    if options.get("pin_memory"):
        raise RuntimeError(f"{function}(): pin_memory=True needs an accelerator, there is none")
    dtype = options.get("dtype")
    chosen = None if dtype is None else dtypes.as_dtype(dtype, function)
    requires_grad = bool(options.get("requires_grad"))
    return Wanted(chosen, requires_grad)


EXPECTED: dict[str, tuple[type, str]] = {
    "layout": (layout, "minigrad.layout"),
    "memory_format": (memory_format, "minigrad.memory_format"),
    "pin_memory": (bool, "bool"),
    "requires_grad": (bool, "bool"),
}


def sizes(function: str, given: tuple[Any, ...], size: Any, position: int = 1) -> tuple[int, ...]:
    """The size that is given as integers, as one tuple, or by name."""
    where = f"{function}(): argument 'size' (position {position})"
    if size is not NOT_GIVEN:
        if given:
            raise TypeError(f"{function}() got both positional sizes and size={size!r}")
        where, given = f"{function}(): argument 'size'", (size,)
        if not isinstance(size, (tuple, list)):
            raise TypeError(f"{where} must be tuple of ints, not {type(size).__name__}")
    if not given:
        raise TypeError(f'{function}() missing 1 required positional arguments: "size"')
    if isinstance(given[0], (tuple, list)):
        if len(given) > 1:
            raise TypeError(
                f"{function}() takes 1 positional argument but {len(given)} were given"
            )
        found = tuple(given[0])
        wrong = wrong_size(found)
        if wrong is not None:
            raise TypeError(
                f"{where} must be tuple of ints, but found element of type "
                f"{type(found[wrong]).__name__} at pos {wrong}"
            )
    else:
        found = given
        wrong = wrong_size(found)
        if wrong is not None:
            raise TypeError(f"{where} must be tuple of ints, not {type(found[wrong]).__name__}")
    return checked_sizes(tuple(int(each) for each in found))


def checked_sizes(found: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes, if an array can have them."""
    for place, each in enumerate(found, 1):
        if not -(2**63) <= each < 2**63:
            raise TypeError(
                f"argument 'size' failed to unpack the object at pos {place} with error "
                f'"Overflow when unpacking long long": {each}'
            )
        if each < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {each}: {list(found)}"
            )
    if math.prod(found) >= 2**60:
        raise RuntimeError(f"Storage size calculation overflowed with sizes={list(found)}")
    return found
