"""A tensor's values, for Python and for NumPy."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import functions
from ..grad_mode import mode
from ..launch import reading_value

if TYPE_CHECKING:
    from ..tensor import Array, Tensor


class Values:
    """Ways to look at elements, which a recorded step would not do again."""

    __slots__ = ()

    def _read(self: Tensor, how: str) -> Array:
        """The array, to be read by Python."""
        reading_value(how)
        return self.array

    def item(self: Tensor) -> Any:
        """The only element, as a Python number.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([[2.5]]).item()
        2.5
        """
        if self.array.size != 1:
            raise RuntimeError(
                f"a Tensor with {self.array.size} elements cannot be converted to Scalar"
            )
        return self._read(".item()").item()

    def tolist(self: Tensor) -> Any:
        """The elements as nested lists of Python numbers.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([[1, 2], [3, 4]]).tolist(), torch.tensor(5.0).tolist()
        ([[1, 2], [3, 4]], 5.0)
        """
        return self._read(".tolist()").tolist()

    def numpy(self: Tensor, *, force: bool = False) -> Array:
        """The elements as an array: a change of one is a change of the other.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2)
        >>> x.numpy()[0] = 5
        >>> x
        tensor([5., 0.])
        """
        functions.dimensions.require_bool(force, "numpy", "force")
        if self.requires_grad and mode.grad_enabled and not force:
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        return self._read(".numpy()").view()

    def __array__(self: Tensor, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.numpy(), dtype=dtype, copy=copy)

    def __array_wrap__(
        self: Tensor, array: Array, context: Any = None, return_scalar: bool = False
    ) -> Tensor:
        """What NumPy's functions of tensors return: a tensor, without a history."""
        return functions.creation.from_numpy(np.asarray(array))

    def __dlpack__(
        self: Tensor,
        *,
        stream: Any = None,
        max_version: tuple[int, int] | None = None,
        dl_device: tuple[int, int] | None = None,
        copy: bool | None = None,
    ) -> Any:
        """The memory for another library, as a capsule; see `minigrad.from_dlpack`."""
        if self.requires_grad:
            raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
        if stream is not None:
            raise AssertionError("stream should be None on cpu.")
        array = self._read("__dlpack__()")
        return array.__dlpack__(max_version=max_version, dl_device=dl_device, copy=copy)

    def __dlpack_device__(self: Tensor) -> tuple[int, int]:
        return self.array.__dlpack_device__()

    def __bool__(self: Tensor) -> bool:
        if self.array.size != 1:
            raise RuntimeError(
                "Boolean value of Tensor with "
                f"{'no values' if self.array.size == 0 else 'more than one value'} is ambiguous"
            )
        return bool(self._read("bool()").item())

    def __float__(self: Tensor) -> float:
        value = self._scalar()
        functions.creation.cautions.of_gradient_lost(self)
        return float(value)

    def __int__(self: Tensor) -> int:
        return int(self._scalar())

    def __complex__(self: Tensor) -> complex:
        value = self._scalar()
        functions.creation.cautions.of_gradient_lost(self)
        return complex(value)

    def _scalar(self: Tensor) -> Any:
        if self.array.size != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return self.item()

    def __index__(self: Tensor) -> int:
        if self.array.dtype.kind == "f" or self.array.size != 1:
            raise TypeError(
                "only integer tensors of a single element can be converted to an index"
            )
        return int(self.item())

    def __format__(self: Tensor, specification: str) -> str:
        if self.array.ndim == 0:
            return format(self.item(), specification)
        return object.__format__(self, specification)

    def __contains__(self: Tensor, element: Any) -> bool:
        if not isinstance(element, (type(self), numbers.Number)):
            raise RuntimeError(
                "Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
                f"{type(element)}."
            )
        return bool((self == element)._read("in").any())

    def __len__(self: Tensor) -> int:
        if self.array.ndim == 0:
            raise TypeError("len() of a 0-d tensor")
        return len(self.array)

    def __iter__(self: Tensor) -> Iterator[Tensor]:
        if self.array.ndim == 0:
            raise TypeError("iteration over a 0-d tensor")
        return iter(functions.splitting.unbind(self))

    def __reversed__(self: Tensor) -> Tensor:
        return self.flip(0) if self.array.ndim else self
