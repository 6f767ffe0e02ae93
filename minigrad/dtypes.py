"""The types of a tensor's elements, and which type a mixed operation gives."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .tensor import Tensor


class dtype:  # noqa: N801 (the name is PyTorch's)
    """The type of a tensor's elements.

    >>> import minigrad as torch
    >>> torch.zeros(2, dtype=torch.float64).dtype
    minigrad.float64
    """

    __slots__ = ("name", "numpy", "scalar_type")

    def __init__(self, name: str, scalar_type: str) -> None:
        self.name = name
        self.numpy = np.dtype(name)
        self.scalar_type = scalar_type  # the name that PyTorch's error messages use

    def __repr__(self) -> str:
        return f"minigrad.{self.name}"

    def __reduce__(self) -> tuple[Any, ...]:
        return from_numpy, (self.numpy,)

    @property
    def is_floating_point(self) -> builtins.bool:
        return self.numpy.kind == "f"

    @property
    def itemsize(self) -> int:
        return self.numpy.itemsize


float32 = dtype("float32", "Float")
float64 = dtype("float64", "Double")
int64 = dtype("int64", "Long")
bool = dtype("bool", "Bool")

_by_numpy = {each.numpy: each for each in (float32, float64, int64, bool)}
CATEGORY = {"b": 0, "i": 1, "f": 2}


def from_numpy(numpy_dtype: np.dtype[Any]) -> dtype:
    """minigrad's dtype for NumPy's."""
    found = _by_numpy.get(numpy_dtype)
    if found is None:
        raise TypeError(
            f"minigrad has no dtype for NumPy's {numpy_dtype}; it has "
            f"{', '.join(each.name for each in _by_numpy.values())}"
        )
    return found


def canonical(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The same memory, under the one dtype object by which kernels know its type.

    NumPy's dtypes can be equal and yet different objects, after unpickling for one. An array
    that is not aligned, which kernels could not read, is copied.
    """
    aligned = np.require(np.asarray(array), requirements="A")
    return aligned.view(from_numpy(array.dtype).numpy)


def of_python_number(value: builtins.bool | int | float) -> dtype:
    """The dtype of `tensor(value)`."""
    if isinstance(value, builtins.bool):
        return bool
    return int64 if isinstance(value, int) else float32


def result_type(*operands: Tensor | builtins.bool | int | float) -> dtype:
    """The dtype of an operation on tensors and Python numbers, by PyTorch's rules.

    The highest category (bool, integer, float) decides. Within it tensors with dimensions come
    first, then tensors without any, then Python numbers.
    """
    ranked: list[tuple[int, int, dtype]] = []
    for operand in operands:
        if isinstance(operand, (builtins.bool, int, float)):
            found, priority = of_python_number(operand), 0
        else:
            found, priority = operand.dtype, 1 + (operand.array.ndim > 0)
        ranked.append((CATEGORY[found.numpy.kind], priority, found))
    category = max(rank for rank, _, _ in ranked)
    of_category = [(priority, found) for rank, priority, found in ranked if rank == category]
    first = max(priority for priority, _ in of_category)
    candidates = [found for priority, found in of_category if priority == first]
    return float64 if float64 in candidates else candidates[0]
