"""Arrays of Python's numbers and nested sequences: of which dtype and shape, what is refused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from .. import dtypes
from ..functions.filling import is_within
from ..launch import reading_value
from ..tensor import Array, Tensor
from . import cautions


def array_of(data: Any, dtype: dtypes.dtype | None) -> Array:
    """Python's numbers, and sequences of them, or of arrays and tensors, nested to any depth."""
    found = _Found()
    if isinstance(data, str):
        raise TypeError("new(): invalid data type 'str'")
    depth = _depth_in_front(data)
    plain = _plain(data, found, dtype, True, depth)
    promoted = reduce(dtypes.promote_types, found) if found else dtypes.get_default_dtype()
    if found.several:
        raise _several(dtype or promoted)
    if dtype is None and dtypes.bool in found and promoted.numpy.kind in "iu":
        _plain(data, found, promoted, True, depth)
    try:
        values = np.array(plain)
    except ValueError:
        shape = _shape_in_front(plain)
        if 0 not in shape:
            raise _ragged(plain, shape) from None
        values = np.empty(shape)
        promoted = dtypes.promote_types(promoted, dtypes.get_default_dtype())
    whole = promoted.numpy.kind in "iu"
    if whole and (dtype is None or dtype.numpy.kind in "iu"):
        require_int64(values)
    if dtype is not None:
        return converted(values, dtype)
    with np.errstate(over="ignore"):
        return values.astype(promoted.numpy)


class _Found(set[dtypes.dtype]):
    """The dtypes of numbers, and whether a tensor of several stands where one is expected."""

    several = False


def _depth_in_front(data: Any) -> int:
    """How many dimensions the data have, as the first of each sequence say."""
    depth = 0
    while isinstance(data, Sequence) and not isinstance(data, (str, bytes)) and depth < 64:
        depth += 1
        if not data:
            break
        data = data[0]
    return depth + (data.ndim if isinstance(data, np.ndarray) else 0)


def _plain(
    data: Any, found: _Found, dtype: dtypes.dtype | None, in_front: bool, depth: int
) -> Any:
    """The data without tensors; `found` collects the dtypes of the numbers in it.

    `depth` dimensions are expected of it.
    """
    if isinstance(data, Tensor):
        return _plain_of_tensor(data, found, dtype, max(depth, 0))
    if isinstance(data, (np.ndarray, np.generic)):
        if in_front and isinstance(data, np.ndarray):
            len(data)  # an error for what has no dimensions, as PyTorch counts what is in front
        require_readable(data.dtype, dtype)
        wide = data.dtype.kind == "u" and data.dtype.itemsize > 1
        found.add(dtypes.int64 if wide else dtypes.from_numpy(data.dtype))
        return data
    if isinstance(data, (bool, int, float)):
        found.add(dtypes.of_python_number(data))
        return data
    if isinstance(data, (str, bytes)) or not isinstance(data, Sequence):
        raise _not_a_number(data, dtype, in_front)
    kinds = set(map(type, data))
    cautions.of_arrays_in_list(kinds)
    if kinds <= {bool, int, float}:  # without a Python call for each number
        found |= {dtypes.of_python_number(kind()) for kind in kinds}
        return data
    plain = []
    for place, each in enumerate(data):
        plain.append(_plain(each, found, dtype, in_front and place == 0, depth - 1))
    return plain


def _plain_of_tensor(data: Tensor, found: _Found, dtype: dtypes.dtype | None, depth: int) -> Array:
    """A tensor as an array of so many dimensions, if one for each element is not too many."""
    reading_value("a tensor made of a list with tensors")
    array = data.array
    if array.dtype.kind == "f" and dtype is not None and not dtype.is_floating_point:
        raise _several(dtype)
    if depth == 0:
        cautions.of_gradient_lost(data)
    found.add(data.dtype)
    if array.ndim <= depth:
        return array
    if math.prod(array.shape[depth:]) != 1:
        found.several = True
        return np.empty(array.shape[:depth])
    return array.reshape(array.shape[:depth])


def _several(dtype: dtypes.dtype) -> Exception:
    """PyTorch's error where a tensor cannot be the number of a dtype that is expected."""
    if dtype.is_floating_point:
        return ValueError("only one element tensors can be converted to Python scalars")
    return TypeError("only integer tensors of a single element can be converted to an index")


def require_readable(kind: np.dtype[Any], dtype: dtypes.dtype | None) -> None:
    """Raise where Python would not take NumPy's bools or its float32 for whole numbers."""
    if dtype is None or dtype.is_floating_point:
        return
    if kind.char in ("f" if dtype is dtypes.bool else "?f"):
        raise TypeError(f"'numpy.{kind.name}' object cannot be interpreted as an integer")


def _not_a_number(data: Any, dtype: dtypes.dtype | None, in_front: bool) -> Exception:
    name = type(data).__name__
    if isinstance(data, complex):
        names = ", ".join(each.name for each in dtypes.EVERY)
        return TypeError(f"minigrad has no complex numbers; it has {names}")
    if isinstance(data, str) and in_front:
        return ValueError(f"too many dimensions '{name}'")
    if isinstance(data, (str, bytes)):
        return TypeError(f"new(): invalid data type '{name}'")
    if dtype is None:
        return RuntimeError(f"Could not infer dtype of {name}")
    if dtype.is_floating_point:
        return TypeError(f"must be real number, not {name}")
    return TypeError(f"'{name}' object cannot be interpreted as an integer")


def _shape_in_front(data: Any) -> list[int]:
    """The shape of nested sequences, as the first of each say it is."""
    shape = []
    while not _is_number(data):
        shape.append(len(data))
        if not shape[-1]:
            break
        data = data[0]
    return shape


def _is_number(data: Any) -> bool:
    """Whether it is a number, or an array without dimensions, which a tensor has become."""
    return not isinstance(data, Sequence) and np.ndim(data) == 0


def _ragged(data: Any, shape: list[int]) -> Exception:
    """PyTorch's error for data that is not rectangular, which its first elements say it is."""
    level = [data]
    for dim, expected in enumerate(shape):
        for each in level:
            if _is_number(each):
                return TypeError("not a sequence")
            if len(each) != expected:
                return ValueError(
                    f"expected sequence of length {expected} at dim {dim} (got {len(each)})"
                )
        level = [element for each in level for element in each]
    deeper = next(each for each in level if not _is_number(each))
    return TypeError(f"'{type(deeper).__name__}' object cannot be interpreted as a number")


def converted(values: Array, dtype: dtypes.dtype) -> Array:
    """The values in a dtype that somebody asked for."""
    if dtype is dtypes.int64 and values.dtype.kind in "fO":
        numbers = values.astype(np.float64)
        if not ((numbers >= -(2.0**63)) & (numbers < 2.0**63)).all():
            raise RuntimeError("value cannot be converted to type int64 without overflow")
    if dtype in dtypes.SMALL_INTEGERS and values.size:
        ends = (values.min().item(), values.max().item())  # of NaN both are
        if not all(is_within(each, dtype) for each in ends):
            raise RuntimeError(f"value cannot be converted to type {dtype.name} without overflow")
    with np.errstate(all="ignore"):
        return values.astype(dtype.numpy, copy=False)


def require_int64(values: Array) -> None:
    kind = values.dtype.kind  # Python's integers become others only if they are too large
    if kind in "Of" or (kind == "u" and values.size and values.max() > np.iinfo(np.int64).max):
        raise ValueError("Overflow when unpacking long long")
