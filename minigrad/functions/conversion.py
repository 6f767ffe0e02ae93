"""The same values in other memory or another dtype."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import devices, dtypes, layouts
from ..primitives import copies
from ..tensor import Tensor
from ..tensor_types import TensorType
from .arguments import require_tensor

NUMBERS = (bool, float, np.floating, np.bool_)  # a whole number is the number of a device
SCALAR_TYPES = {each.scalar_type: each for each in dtypes.EVERY}


def clone(input: Tensor, *, memory_format: Any = None) -> Tensor:
    """The same values in memory of their own, in the graph.

    Without a format its dimensions lie in memory in the order that the input's do.

    >>> import minigrad as torch
    >>> x = torch.ones(2)
    >>> torch.clone(x).data_ptr() == x.data_ptr()
    False
    """
    require_tensor(input, "clone")
    return copies.clone(input, keep_order=not asks_for_order(memory_format, "clone"))


def asks_for_order(memory_format: Any, function: str) -> bool:
    """Whether a format asks for a contiguous copy, not one that lies as what is copied."""
    if memory_format is not None:
        require_format(memory_format, function)
    return memory_format is layouts.contiguous_format


def require_format(memory_format: Any, function: str) -> None:
    """Raise unless it is a format that elements can lie in."""
    if not isinstance(memory_format, layouts.memory_format):
        raise TypeError(
            f"{function}(): argument 'memory_format' must be minigrad.memory_format, "
            f"not {type(memory_format).__name__}"
        )


def detach(input: Tensor) -> Tensor:
    """The same memory without the history.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.detach(torch.ones(2, requires_grad=True)).requires_grad
    False
    """
    require_tensor(input, "detach")
    return input.detach()


def convert(x: Tensor, dtype: dtypes.dtype, contiguous: bool = False) -> Tensor:
    """The same values in another dtype; whole numbers and bools have no history."""
    if not isinstance(dtype, dtypes.dtype):
        raise TypeError(f"dtype must be a minigrad.dtype such as minigrad.float32, got {dtype!r}")
    if not dtype.is_floating_point and (x._requires_grad or x._base is not None):
        x = x.detach()
    return copies.convert(x, dtype=dtype, keep_order=not contiguous)


def to(
    x: Tensor,
    given: tuple[Any, ...],
    dtype: Any,
    device: Any,
    copy: Any,
    non_blocking: Any,
    memory_format: Any = None,
) -> Tensor:
    """What `Tensor.to` does: itself if there is nothing to change, unless a copy is asked for."""
    first = given[0] if given else None
    says_dtype = isinstance(first, (Tensor, dtypes.dtype, *NUMBERS)) or (
        isinstance(first, type) and first in (float, int, bool)
    )
    if dtype is not None and (says_dtype or len(given) > 1):
        raise TypeError(f"to() takes one dtype, got {given} and dtype={dtype}")
    if device is not None and given:
        raise TypeError(f"to() takes a device first or by name, got {given} and device={device}")
    rest = list(given[1:])
    if says_dtype:
        dtype = dtype_meant(first)
    elif first is None or isinstance(first, (str, int, np.integer, devices.device)):
        first = int(first) if isinstance(first, np.integer) else first
        device = first if given else device
        dtype = rest.pop(0) if rest else dtype
    else:
        raise TypeError(
            "to() takes a dtype, a device or a Tensor as its first argument, "
            f"not {type(first).__name__}"
        )
    if len(rest) > 2 or not all(isinstance(each, bool) for each in (*rest, copy, non_blocking)):
        raise TypeError(f"to() takes bools after dtype and device, got {rest!r}")
    devices.require_cpu(device, "to")
    copy = rest[1] if len(rest) == 2 else copy
    wanted = x.dtype if dtype is None else dtypes.as_dtype(dtype, "to")
    in_order = asks_for_order(memory_format, "to")
    if wanted is not x.dtype:
        return convert(x, wanted, in_order)
    return copies.clone(x, named="ToCopyBackward0", keep_order=not in_order) if copy else x


def dtype_meant(given: Any) -> dtypes.dtype:
    """The dtype that stands for itself, or is that of a tensor, or of one made of a number."""
    if isinstance(given, Tensor):
        return given.dtype
    if isinstance(given, NUMBERS):
        return dtypes.bool if isinstance(given, bool) else dtypes.float64
    return dtypes.as_dtype(given, "to")


def type_of(x: Tensor, dtype: Any) -> Tensor:
    """The tensor in the dtype that a name such as "torch.DoubleTensor" means."""
    if isinstance(dtype, str):
        package, _, name = dtype.rpartition(".")
        found = SCALAR_TYPES.get(name.removesuffix("Tensor"))
        if package not in ("torch", "minigrad") or not name.endswith("Tensor") or found is None:
            raise ValueError(f"invalid type: {dtype!r}")
        return to(x, (found,), None, None, False, False)
    if isinstance(dtype, (dtypes.dtype, TensorType)):
        found = dtype if isinstance(dtype, dtypes.dtype) else dtype.dtype
        return to(x, (found,), None, None, False, False)
    if isinstance(dtype, type):
        raise ValueError(f"invalid type: {dtype.__name__!r}")
    raise TypeError("dtype must be a type, str, or dtype object")
