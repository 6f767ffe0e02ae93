"""New tensors from data: a copy or not, and which arrays are refused."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import arrays, dtypes
from ..launch import launch, observer
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor, tensor_of
from . import cautions, nested
from .arguments import wanted as checked

NEGATIVE_STRIDE = (
    "At least one stride in the given numpy array is negative, and tensors with negative strides "
    "are not currently supported. (You can probably work around this by making a copy of your "
    "array  with array.copy().) "
)
FOREIGN_BYTES = (
    "given numpy array has byte order different from the native byte order. Conversion between "
    "byte orders is currently not supported."
)


def tensor(
    data: Any,
    *,
    dtype: Any = None,
    device: Any = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """A new tensor with a copy of the data.

    Parameters
    ----------
    data : number, nested sequence of numbers, numpy.ndarray or Tensor
    dtype : by default int64 for integers, the default dtype for Python's floats, an array's own
    device, pin_memory : accepted at their defaults
    requires_grad : bool
        Whether gradients with respect to the new tensor are wanted.

    >>> import minigrad as torch
    >>> torch.tensor([[1, 2], [3, 4]])
    tensor([[1, 2],
            [3, 4]])
    """
    wanted = checked(
        "tensor",
        {
            "dtype": dtype,
            "device": device,
            "requires_grad": requires_grad,
            "pin_memory": pin_memory,
        },
    )
    cautions.of_tensor_copied(data, "minigrad.tensor")
    return wanted.finished(copied(data, wanted.dtype))


def copied(data: Any, dtype: dtypes.dtype | None) -> Array:
    """The data in memory of its own."""
    values = _array_of(data, dtype)
    if observer() is not None:
        return _made_anew(data, values)
    if isinstance(data, (Tensor, np.ndarray)):
        source = data.array if isinstance(data, Tensor) else data
        out = empty_in_order(values.shape, values.dtype, source)
        out[...] = values
        return out
    return values


def as_tensor(data: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """A tensor of the data that shares memory where it can; a tensor keeps its history.

    Examples
    --------
    >>> import numpy as np
    >>> import minigrad as torch
    >>> array = np.zeros(2)
    >>> shared, copied = torch.as_tensor(array), torch.as_tensor(array, dtype=torch.float32)
    >>> array[0] = 5
    >>> shared, copied
    (tensor([5., 0.], dtype=minigrad.float64), tensor([0., 0.]))
    """
    wanted = checked("as_tensor", {"dtype": dtype, "device": device})
    if isinstance(data, Tensor):
        return data.to(wanted.dtype or data.dtype)
    cautions.of_read_only(data)
    values = _array_of(data, wanted.dtype)
    if observer() is not None and not (
        isinstance(data, np.ndarray) and np.may_share_memory(values, data)
    ):
        values = _made_anew(data, values)
    return tensor_of(values)


def from_numpy(array: np.ndarray[Any, Any], /) -> Tensor:
    """A tensor that shares an array's memory.

    Examples
    --------
    >>> import numpy as np
    >>> import minigrad as torch
    >>> torch.from_numpy(np.ones(2))
    tensor([1., 1.], dtype=minigrad.float64)
    """
    if not isinstance(array, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    supported = _supported(array)
    cautions.of_read_only(array)
    return tensor_of(dtypes.canonical(supported))


def _made_anew(data: Any, values: Array) -> Array:
    """The values in memory that the recorded step knows as its own, as each replay makes them."""
    out = empty_in_order(values.shape, values.dtype, values)
    if isinstance(data, Tensor):
        data = data.array
    launch(arrays.convert, data if isinstance(data, np.ndarray) else values.tolist(), out)
    return out


def _array_of(data: Any, dtype: dtypes.dtype | None) -> Array:
    """The values as an array of one of minigrad's dtypes; a copy only if there must be one."""
    if isinstance(data, Tensor):
        data = data.array
    if hasattr(data, "__array__"):  # NumPy's arrays and scalars, and what turns into them
        values = _supported(np.asarray(data))
        if isinstance(data, np.generic) and dtype is not None:
            nested.require_readable(data.dtype, dtype)
            if data.dtype.kind == "u" and dtype.numpy.kind in "iu":
                nested.require_int64(values)
            return nested.converted(values, dtype)  # its number has to fit; an array's need not
        if dtype is None and values.dtype.kind == "u" and values.dtype.itemsize > 1:
            nested.require_int64(values)
            return values.astype(np.int64)
        if dtype is not None:
            with np.errstate(all="ignore"):
                values = values.astype(dtype.numpy, copy=False)
        return dtypes.canonical(values)
    return nested.array_of(data, dtype)


def _supported(array: Array) -> Array:
    """The array, if there is anything that PyTorch, and minigrad, could make of it."""
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"can't convert np.ndarray of type {array.dtype.type.__module__}."
            f"{array.dtype.type.__name__}. The only supported types are: float64, float32, "
            "int64, int32, int16, int8, uint8, and bool."
        )
    if not array.dtype.isnative:
        raise ValueError(FOREIGN_BYTES)
    if any(stride < 0 for stride in array.strides):
        raise ValueError(NEGATIVE_STRIDE)
    return array
