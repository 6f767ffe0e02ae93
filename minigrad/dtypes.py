"""The types of a tensor's elements, and which type a mixed operation gives."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import numpy as np

from . import structure

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
        """Whether it is float32 or float64."""
        return self.numpy.kind == "f"

    @property
    def is_complex(self) -> builtins.bool:
        """Whether it is of complex numbers: none is."""
        return False

    @property
    def is_signed(self) -> builtins.bool:
        """Whether it has negative numbers: all but bool and uint8 have."""
        return self.numpy.kind not in "bu"

    @property
    def itemsize(self) -> int:
        """How many bytes an element takes."""
        return self.numpy.itemsize


float32 = dtype("float32", "Float")
float64 = dtype("float64", "Double")
int64 = dtype("int64", "Long")
bool = dtype("bool", "Bool")
uint8, int8 = dtype("uint8", "Byte"), dtype("int8", "Char")
int16, int32 = dtype("int16", "Short"), dtype("int32", "Int")

ALL = (float32, float64, int64, bool)  # what kernels and random programs know
SMALL_INTEGERS = (uint8, int8, int16, int32)  # for data: they run on NumPy alone
EVERY = (*ALL, *SMALL_INTEGERS)
_by_numpy = {each.numpy: each for each in EVERY}
_by_python_type: dict[Any, dtype] = {builtins.bool: bool, int: int64, float: float64}
NAMES_IN_C = {"f": "float", "d": "double", "l": "long int", "q": "long int", "?": "bool"}
NAMES_IN_C |= {"B": "unsigned char", "b": "signed char", "h": "short int", "i": "int"}
CATEGORY = {"b": 0, "i": 1, "u": 1, "f": 2}


class _Default:
    """What floating-point dtype is meant where none is named."""

    dtype = float32


_default = _Default()


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
    return int64 if isinstance(value, int) else _default.dtype


def get_default_dtype() -> dtype:
    """The dtype of tensors made from Python floats, and of `zeros(2)`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.get_default_dtype()
    minigrad.float32
    """
    return _default.dtype


def set_default_dtype(d: dtype, /) -> None:
    """Let tensors made from Python floats be float64, or float32 again.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.set_default_dtype(torch.float64)
    >>> torch.tensor([0.5, 1]).dtype, torch.tensor([1]).dtype
    (minigrad.float64, minigrad.int64)
    >>> torch.set_default_dtype(torch.float32)
    """
    if not isinstance(d, dtype):
        raise TypeError(
            "invalid dtype object: only floating-point types are supported as the default type"
        )
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    _default.dtype = d
    structure.bump()


def as_dtype(value: Any, function: str, name: str = "dtype") -> dtype:
    """The dtype that an argument means: one of minigrad's, or Python's bool, int or float."""
    if isinstance(value, dtype):
        return value
    if isinstance(value, type) and value in _by_python_type:
        return _by_python_type[value]
    raise TypeError(
        f"{function}(): argument '{name}' must be minigrad.dtype, not {type(value).__name__}"
    )


def result_type(*operands: Tensor | builtins.bool | int | float) -> dtype:
    """The dtype of an operation on tensors and Python numbers, by PyTorch's rules.

    The highest category (bool, integer, float) decides. Within it tensors with dimensions come
    first, then tensors without any, then Python numbers.
    """
    found, best = float32, (-1, 0)
    for each in operands:
        if isinstance(each, (builtins.bool, int, float)):
            own, priority = of_python_number(each), 0
        else:
            own, priority = each.dtype, 1 + (each.array.ndim > 0)
        rank = CATEGORY[own.numpy.kind], priority
        if rank > best:
            found, best = own, rank
        elif rank == best and own is not found:
            found = _wider(found, own)
    return found


def promote_types(type1: dtype, type2: dtype) -> dtype:
    """The smallest dtype that holds what both hold, by PyTorch's rules.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.promote_types(torch.int64, torch.float32)
    minigrad.float32
    """
    found = as_dtype(type1, "promote_types", "type1"), as_dtype(type2, "promote_types", "type2")
    return _wider(*found)


def can_cast(from_: dtype, to: dtype) -> builtins.bool:
    """Whether results of one dtype can be written into another in place.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.can_cast(torch.float64, torch.float32), torch.can_cast(torch.float32, torch.int64)
    (True, False)
    """
    source, target = as_dtype(from_, "can_cast", "from_"), as_dtype(to, "can_cast", "to")
    return CATEGORY[source.numpy.kind] <= CATEGORY[target.numpy.kind]


def _wider(one: dtype, other: dtype) -> dtype:
    """The smallest dtype that holds what both hold: of uint8 and int8 that is a third."""
    if {one, other} == {uint8, int8}:
        return int16
    return max(one, other, key=_rank)


def _rank(found: dtype) -> tuple[int, int]:
    return CATEGORY[found.numpy.kind], found.itemsize
