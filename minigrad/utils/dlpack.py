"""Memory shared with other libraries, through DLPack's capsules.

Whoever has a `__dlpack__` method can be read: NumPy's arrays, PyTorch's tensors, those of this
package. Nothing is copied: a change on one side is a change on the other.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from .. import devices, dtypes
from ..launch import reading_value
from ..tensor import Array, Tensor, tensor_of

__all__ = ["from_dlpack", "to_dlpack"]

UNREAD = '<capsule object "dltensor'  # how a capsule is printed until somebody has read it
CPU = (1, 0)  # DLPack's number for the CPU, and that of the device


class Capsule:
    """A capsule by itself, under the protocol that NumPy reads."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __dlpack__(self, **wishes: Any) -> Any:
        return self._capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return CPU


def from_dlpack(ext_tensor: Any, *, device: Any = None, copy: bool | None = None) -> Tensor:
    """A tensor in the memory of another library's.

    Parameters
    ----------
    ext_tensor : object with ``__dlpack__``, or a capsule that nobody has read yet
    device : accepted where it is the CPU
    copy : bool, optional
        True for memory of its own.

    Raises
    ------
    RuntimeError
        What was given is neither.
    TypeError
        It has a dtype that minigrad has not.

    >>> import numpy as np
    >>> import minigrad as torch
    >>> array = np.zeros(2)
    >>> x = torch.from_dlpack(array)
    >>> array[0] = 5
    >>> x
    tensor([5., 0.], dtype=minigrad.float64)
    """
    devices.require_cpu(device, "from_dlpack")
    reading_value("from_dlpack()")
    if repr(ext_tensor).startswith(UNREAD):
        ext_tensor = Capsule(ext_tensor)
    if not hasattr(ext_tensor, "__dlpack__"):
        raise RuntimeError(
            "from_dlpack received an invalid capsule: expected an object with __dlpack__, or a "
            f"capsule that nobody has read yet, got {type(ext_tensor).__name__}"
        )
    array = np.from_dlpack(ext_tensor)
    if any(stride < 0 for stride in array.strides):
        raise ValueError("from_dlpack: tensors with negative strides are not supported")
    if not isinstance(ext_tensor, np.ndarray):
        array = _writeable(array)
    return tensor_of(dtypes.canonical(array.copy() if copy else array))


def to_dlpack(tensor: Tensor) -> Any:
    """A tensor's memory as a capsule, to be read once by `from_dlpack` here or elsewhere.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.zeros(2)
    >>> y = torch.from_dlpack(torch.utils.dlpack.to_dlpack(x))
    >>> y[0] = 5
    >>> x
    tensor([5., 0.])
    """
    if not isinstance(tensor, Tensor):
        raise TypeError(f"to_dlpack(): argument 1 must be Tensor, not {type(tensor).__name__}")
    return tensor.detach().__dlpack__()


def _writeable(array: Array) -> Array:
    """The same memory; NumPy takes what old capsules hold for read-only, since they cannot say."""
    if array.flags.writeable or not array.size:
        return array
    steps = zip(array.shape, array.strides, strict=True)
    extent = array.itemsize + sum((size - 1) * step for size, step in steps)
    memory: Any = (ctypes.c_byte * extent).from_address(array.ctypes.data)
    memory.owner = array
    return np.ndarray(array.shape, array.dtype, memory, 0, array.strides)
