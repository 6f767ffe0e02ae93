"""What a tensor says about itself: shape, dtype, and how its elements lie in memory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, overload

from .. import devices, dtypes, functions, layouts
from ..launch import reading_value
from ..size import Size

if TYPE_CHECKING:
    from ..tensor import Tensor


class Description:
    """Attributes of the array, under PyTorch's names."""

    __slots__ = ()

    @property
    def shape(self: Tensor) -> Size:
        """The sizes of its dimensions."""
        return tuple.__new__(Size, self.array.shape)

    @overload
    def size(self: Tensor, dim: None = None) -> Size: ...

    @overload
    def size(self: Tensor, dim: int) -> int: ...

    def size(self: Tensor, dim: int | None = None) -> Size | int:
        """The sizes of its dimensions, or of one.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2, 3)
        >>> x.size(), x.size(-1)
        (minigrad.Size([2, 3]), 3)
        """
        if dim is None:
            return tuple.__new__(Size, self.array.shape)
        return self.array.shape[_axis(self, dim, "size")]

    @property
    def ndim(self: Tensor) -> int:
        """How many dimensions it has."""
        return self.array.ndim

    def dim(self: Tensor) -> int:
        """How many dimensions it has.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor(5.0).dim(), torch.zeros(2, 3).dim()
        (0, 2)
        """
        return self.array.ndim

    def numel(self: Tensor) -> int:
        """See `minigrad.numel`."""
        return self.array.size

    ndimension, nelement = dim, numel

    @property
    def dtype(self: Tensor) -> dtypes.dtype:
        """The type of its elements."""
        return dtypes.from_numpy(self.array.dtype)

    def is_floating_point(self: Tensor) -> bool:
        """See `minigrad.is_floating_point`."""
        return self.array.dtype.kind == "f"

    def is_complex(self: Tensor) -> bool:
        """Whether elements are complex: never.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2).is_complex()
        False
        """
        return False

    @property
    def device(self: Tensor) -> devices.device:
        """Where its elements are: on the CPU."""
        return devices.CPU

    @property
    def is_cuda(self: Tensor) -> bool:
        """Whether it is on a GPU: never."""
        return False

    @property
    def is_sparse(self: Tensor) -> bool:
        """Whether only some elements are kept: never."""
        return False

    @property
    def layout(self: Tensor) -> layouts.layout:
        """How its elements are kept: `strided`."""
        return layouts.strided

    def is_contiguous(
        self: Tensor, *, memory_format: layouts.memory_format = layouts.contiguous_format
    ) -> bool:
        """Whether its elements lie in order, without gaps.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2, 3)
        >>> x.is_contiguous(), x.t().is_contiguous(), x[1].is_contiguous()
        (True, False, True)
        """
        functions.conversion.require_format(memory_format, "is_contiguous")
        return self.array.flags.c_contiguous

    @overload
    def stride(self: Tensor, dim: None = None) -> tuple[int, ...]: ...

    @overload
    def stride(self: Tensor, dim: int) -> int: ...

    def stride(self: Tensor, dim: int | None = None) -> tuple[int, ...] | int:
        """How many elements apart neighbours are in memory, by dimension or along one.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2, 3)
        >>> x.stride(), x.t().stride(), x[:, ::2].stride(1)
        ((3, 1), (1, 3), 2)
        """
        if self.array.size or any(self.array.strides):
            steps = tuple(step // self.array.itemsize for step in self.array.strides)
        else:  # NumPy's are 0 there
            sizes = self.array.shape
            steps = tuple(math.prod(max(n, 1) for n in sizes[k + 1 :]) for k in range(self.ndim))
        return steps if dim is None else steps[_axis(self, dim, "stride")]

    def storage_offset(self: Tensor) -> int:
        """How many elements lie in front of the first, in the memory of what this is a view of.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2, 3)[1, 1:].storage_offset()
        4
        """
        if self._base is None:
            return 0
        start: int = self._base[0].array.ctypes.data
        return (self._memory("storage_offset()") - start) // self.array.itemsize

    def data_ptr(self: Tensor) -> int:
        """The address of the first element; 0 if there is none.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2, 3)
        >>> x.view(-1).data_ptr() == x.data_ptr(), x[1].data_ptr() - x.data_ptr()
        (True, 12)
        """
        return self._memory("data_ptr()") if self.array.size else 0

    def _memory(self: Tensor, how: str) -> int:
        """The address of the first element, which is another one when a step is replayed."""
        reading_value(how)
        return self.array.ctypes.data

    def element_size(self: Tensor) -> int:
        """How many bytes an element takes.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2, dtype=torch.float64).element_size()
        8
        """
        return self.array.itemsize

    @property
    def itemsize(self: Tensor) -> int:
        """How many bytes an element takes."""
        return self.array.itemsize

    @property
    def nbytes(self: Tensor) -> int:
        """How many bytes all elements take."""
        return self.array.nbytes


def _axis(x: Tensor, dim: Any, function: str) -> int:
    dim = functions.dimensions.require_one(dim, f"{function}(): argument 'dim' (position 1)")
    if x.array.ndim == 0:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    return functions.dimensions.axis_of(x, dim)
