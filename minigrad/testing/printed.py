"""Values as the Python that makes them again: what a failing example shows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..dtypes import dtype as dtype_type
from ..tensor import Tensor
from .layouts import layout_of


class Key(tuple[Any, ...]):
    """What stands between brackets: numbers, slices, an ellipsis; a tuple without parentheses."""

    __slots__ = ()


def literal(value: Any) -> str:
    """A value as source, with the library as `torch`.

    >>> literal([1.0, -math.inf]), literal((2,)), literal(Key((slice(1, None), 0)))
    ('[1.0, -torch.inf]', '(2,)', '1:, 0')
    """
    if isinstance(value, float) and not math.isfinite(value):
        return "torch.nan" if math.isnan(value) else "torch.inf" if value > 0 else "-torch.inf"
    if isinstance(value, dtype_type):
        return f"torch.{value.name}"
    if isinstance(value, slice):
        parts = [value.start, value.stop, *([] if value.step is None else [value.step])]
        return ":".join("" if each is None else repr(each) for each in parts)
    if value is Ellipsis:
        return "..."
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Key):
        return ", ".join(map(literal, value))
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def data_source(shape: tuple[int, ...], values: list[Any], dtype: dtype_type, wanted: bool) -> str:
    """The call that makes a tensor of nested lists: the shape is told where the lists lose it.

    >>> from minigrad import float64
    >>> data_source((0, 2), [], float64, False)
    'torch.zeros((0, 2), dtype=torch.float64)'
    """
    ending = ", requires_grad=True)" if wanted else ")"
    named = "" if dtype.name == _plain(values) else f", dtype={literal(dtype)}"
    if math.prod(shape) == 0:
        return f"torch.zeros({literal(shape)}, dtype={literal(dtype)}{ending}"
    return f"torch.tensor({literal(values)}{named}{ending}"


def _plain(values: Any) -> str | None:
    """The dtype that `torch.tensor` gives numbers by itself."""
    while isinstance(values, list) and values:
        values = values[0]
    return {bool: "bool", int: "int64", float: "float32"}.get(type(values))


def tensor_source(tensor: Tensor) -> str:
    """The call that makes a tensor again, and its layout with it."""
    layout = layout_of(tensor.array)
    values = tensor.array.tolist()
    if layout == "contiguous":
        return data_source(tensor.shape, values, tensor.dtype, tensor.requires_grad)
    source = np_source(tensor.array)
    ending = ", requires_grad=True)" if tensor.requires_grad else ")"
    return f"tensor_of(laid_out({source}, {layout!r}){ending}"


def np_source(array: np.ndarray[Any, Any]) -> str:
    """The call that makes an array again."""
    named = f", np.{array.dtype.name}"
    if array.size == 0:
        return f"np.zeros({array.shape}{named})"
    text = literal(array.tolist()).replace("torch.", "np.")
    return f"np.array({text}{'' if array.dtype != np.float32 else named})"
