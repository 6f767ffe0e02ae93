"""New tensors: from data, constant, in sequence, random."""

from __future__ import annotations

import builtins
import math
import operator
from typing import Any

import numpy as np

from . import arrays, dtypes, random
from .launch import empty as empty_array
from .launch import launch, observer
from .tensor import Number, Tensor


def _from(data: Any, dtype: dtypes.dtype | None) -> np.ndarray[Any, Any]:
    """The values as an array of one of minigrad's dtypes; a copy only if there must be one."""
    if isinstance(data, Tensor):
        data = data.array
    given = isinstance(data, (np.ndarray, np.generic))
    if isinstance(data, (list, tuple)):
        data = [each.array if isinstance(each, Tensor) else each for each in data]
        given = builtins.any(isinstance(each, (np.ndarray, np.generic)) for each in data)
    try:
        values = np.asarray(data)
    except ValueError as error:
        raise ValueError(f"tensor: data is not rectangular: {error}") from None
    if dtype is not None:
        with np.errstate(all="ignore"):
            return dtypes.canonical(values.astype(dtype.numpy, copy=False))
    if values.dtype.kind == "f" and not given:
        with np.errstate(over="ignore"):
            return values.astype(np.float32)
    if values.dtype.kind == "u" and values.size and values.max() > np.iinfo(np.int64).max:
        raise ValueError("Overflow when unpacking long long")
    if values.dtype.kind in "iu" and values.dtype != np.int64:
        return values.astype(np.int64)
    if data is None:
        raise RuntimeError("Could not infer dtype of NoneType")
    if values.dtype.kind not in "fib":
        raise TypeError(f"tensor: data must be numbers or bools, got {type(data).__name__}")
    return dtypes.canonical(values)


def tensor(data: Any, *, dtype: dtypes.dtype | None = None, requires_grad: bool = False) -> Tensor:
    """A new tensor with a copy of the data.

    Parameters
    ----------
    data : number, nested sequence of numbers, numpy.ndarray or Tensor
    dtype : by default float32 for Python floats, int64 for integers, an array's own otherwise

    >>> import minigrad as torch
    >>> torch.tensor([[1, 2], [3, 4]])
    tensor([[1, 2],
            [3, 4]])
    """
    watching = observer()
    if watching is not None:
        watching.reading_value("tensor(data)")
    result = Tensor(np.array(_from(data, dtype), order="C"))
    return result.requires_grad_() if requires_grad else result


def as_tensor(data: Any, dtype: dtypes.dtype | None = None) -> Tensor:
    """A tensor of the data that shares memory where it can."""
    if isinstance(data, Tensor) and dtype in (None, data.dtype):
        return data
    return Tensor(_from(data, dtype))


def from_numpy(array: np.ndarray[Any, Any]) -> Tensor:
    """A tensor that shares an array's memory."""
    if not isinstance(array, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    return Tensor(dtypes.canonical(array))


def _sizes(size: tuple[Any, ...]) -> tuple[int, ...]:
    if len(size) == 1 and isinstance(size[0], (tuple, list)):
        size = tuple(size[0])
    sizes = tuple(operator.index(each) for each in size)
    for each in sizes:
        if each < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {each}: {list(sizes)}"
            )
    return sizes


def _filled(
    size: tuple[int, ...], value: Number, dtype: dtypes.dtype, requires_grad: bool
) -> Tensor:
    result = Tensor(arrays.full(size, dtype.numpy, value))
    return result.requires_grad_() if requires_grad else result


def zeros(*size: Any, dtype: dtypes.dtype = dtypes.float32, requires_grad: bool = False) -> Tensor:
    """Zeros of a size, given as integers or as one tuple."""
    return _filled(_sizes(size), 0, dtype, requires_grad)


def ones(*size: Any, dtype: dtypes.dtype = dtypes.float32, requires_grad: bool = False) -> Tensor:
    """Ones of a size, given as integers or as one tuple."""
    return _filled(_sizes(size), 1, dtype, requires_grad)


def full(
    size: tuple[int, ...],
    fill_value: Number,
    *,
    dtype: dtypes.dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """One value everywhere; the dtype is the value's unless given."""
    chosen = dtype or dtypes.of_python_number(fill_value)
    return _filled(_sizes((size,)), fill_value, chosen, requires_grad)


def empty(*size: Any, dtype: dtypes.dtype = dtypes.float32, requires_grad: bool = False) -> Tensor:
    """Memory for a tensor, with whatever values are there."""
    result = Tensor(empty_array(_sizes(size), dtype.numpy))
    return result.requires_grad_() if requires_grad else result


def zeros_like(x: Tensor) -> Tensor:
    """Zeros of another tensor's shape and dtype."""
    return _filled(x.array.shape, 0, x.dtype, False)


def ones_like(x: Tensor) -> Tensor:
    """Ones of another tensor's shape and dtype."""
    return _filled(x.array.shape, 1, x.dtype, False)


def empty_like(x: Tensor) -> Tensor:
    """Memory for a tensor of another one's shape and dtype."""
    return Tensor(empty_array(x.array.shape, x.array.dtype))


def arange(
    start: Number, end: Number | None = None, step: Number = 1, *, dtype: Any = None
) -> Tensor:
    """Numbers from start (0 if there is only one argument) below end, in steps."""
    if end is None:
        start, end = 0, start
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    whole = builtins.all(isinstance(each, int) for each in (start, end, step))
    chosen = dtype or (dtypes.int64 if whole else dtypes.float32)
    count = max(math.ceil((end - start) / step), 0)
    out = empty_array((count,), chosen.numpy)
    launch(_count_up, start, step, out)
    return Tensor(out)


def _count_up(start: Number, step: Number, out: np.ndarray[Any, Any]) -> None:
    out[...] = start + step * np.arange(len(out))


def rand(
    *size: Any,
    dtype: dtypes.dtype = dtypes.float32,
    generator: random.Generator | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Numbers drawn uniformly from [0, 1): the bits that PyTorch draws from the same seed.

    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.rand(3)
    tensor([0.4963, 0.7682, 0.0885])
    """
    result = empty(*size, dtype=dtype).uniform_(generator=generator)
    return result.requires_grad_() if requires_grad else result


def randn(
    *size: Any,
    dtype: dtypes.dtype = dtypes.float32,
    generator: random.Generator | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Numbers drawn from the standard normal distribution, within 1 ulp of PyTorch's."""
    result = empty(*size, dtype=dtype).normal_(generator=generator)
    return result.requires_grad_() if requires_grad else result


def randint(
    low: int, high: int, size: tuple[int, ...], *, generator: random.Generator | None = None
) -> Tensor:
    """Integers drawn from low, ..., high - 1."""
    return empty(size, dtype=dtypes.int64).random_(low, high, generator=generator)


def randperm(n: int, *, generator: random.Generator | None = None) -> Tensor:
    """The integers below n in random order."""
    if n < 0:
        random.default_generator.permutation(n)  # which says what is wrong
    out = empty_array((n,), np.int64)
    launch(_permute, generator or random.default_generator, out)
    return Tensor(out)


def _permute(generator: random.Generator, out: np.ndarray[Any, Any]) -> None:
    out[...] = generator.permutation(len(out))
