"""Tensors get another dtype, another device (there is none), or memory of their own."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, NoReturn

from .. import devices, dtypes, functions, layouts

if TYPE_CHECKING:
    from ..tensor import Tensor


class Conversion:
    """The functions of `functions.conversion` as methods."""

    __slots__ = ()

    def clone(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """See `minigrad.clone`."""
        return functions.conversion.clone(self, memory_format=memory_format)

    def contiguous(
        self: Tensor, *, memory_format: layouts.memory_format = layouts.contiguous_format
    ) -> Tensor:
        """Itself if its elements lie in order without gaps, else a copy in which they do.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2, 3).t()
        >>> y = x.contiguous()
        >>> x.stride(), y.stride(), y.contiguous() is y
        ((1, 3), (2, 1), True)
        """
        if memory_format is not layouts.contiguous_format:
            functions.conversion.require_format(memory_format, "contiguous")
        if self.array.flags.c_contiguous:
            return self
        if memory_format is layouts.preserve_format:
            raise RuntimeError("preserve memory format is unsupported by the contiguous operator")
        return functions.conversion.clone(self, memory_format=layouts.contiguous_format)

    def to(
        self: Tensor,
        *given: Any,
        dtype: Any = None,
        device: Any = None,
        copy: builtins.bool = False,
        non_blocking: builtins.bool = False,
        memory_format: layouts.memory_format | None = None,
    ) -> Tensor:
        """The tensor with another dtype: `to(dtype)`, `to(device, dtype)`, `to(other)`.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.tensor([1.9, -1.9])
        >>> x.to(torch.int64)
        tensor([ 1, -1])
        >>> x.to("cpu") is x, x.to("cpu", copy=True) is x
        (True, False)
        """
        unchanged = len(given) == 1 and given[0] is dtypes.from_numpy(self.array.dtype)
        if unchanged and dtype is None and not copy and memory_format is None:
            return self
        return functions.conversion.to(
            self, given, dtype, device, copy, non_blocking, memory_format
        )

    def type(self: Tensor, dtype: Any = None, non_blocking: builtins.bool = False) -> Any:
        """The name of its type; with a dtype or such a name, the tensor in that.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2).type()
        'minigrad.FloatTensor'
        >>> torch.zeros(2).type("minigrad.LongTensor")
        tensor([0, 0])
        """
        functions.dimensions.require_bool(non_blocking, "type", "non_blocking")
        if dtype is None:
            return f"minigrad.{self.dtype.scalar_type}Tensor"
        return functions.conversion.type_of(self, dtype)

    def type_as(self: Tensor, other: Tensor) -> Tensor:
        """Itself in the dtype of another tensor.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 2]).type_as(torch.zeros(1))
        tensor([1., 2.])
        """
        functions.arguments.require_tensor(other, "type_as", "other")
        return self.to(other.dtype)

    def cpu(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself: all tensors are on the CPU.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.zeros(2)
        >>> x.cpu() is x
        True
        """
        return self if memory_format is None else self.to("cpu", memory_format=memory_format)

    def cuda(self: Tensor, device: Any = None, non_blocking: builtins.bool = False) -> NoReturn:
        """Raise: there is only the CPU.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2).cuda()
        Traceback (most recent call last):
            ...
        AssertionError: cuda(): minigrad has only the device 'cpu', got 'cuda'
        """
        devices.require_cpu("cuda" if device is None else device, "cuda")
        raise RuntimeError("cuda(): Invalid device, must be cuda device")

    def float(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in float32.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 2]).float()
        tensor([1., 2.])
        """
        return self.to(dtypes.float32, memory_format=memory_format)

    def double(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in float64.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([0.1]).double()
        tensor([0.1000], dtype=minigrad.float64)
        """
        return self.to(dtypes.float64, memory_format=memory_format)

    def long(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in int64.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1.9, -1.9]).long()  # towards 0
        tensor([ 1, -1])
        """
        return self.to(dtypes.int64, memory_format=memory_format)

    def int(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in int32.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1.9, -1.9]).int()
        tensor([ 1, -1], dtype=minigrad.int32)
        """
        return self.to(dtypes.int32, memory_format=memory_format)

    def short(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in int16, which keeps the lowest 16 bits of what is larger.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 70000]).short()
        tensor([   1, 4464], dtype=minigrad.int16)
        """
        return self.to(dtypes.int16, memory_format=memory_format)

    def char(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in int8, which keeps the lowest 8 bits of what is larger.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 200]).char()
        tensor([  1, -56], dtype=minigrad.int8)
        """
        return self.to(dtypes.int8, memory_format=memory_format)

    def byte(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in uint8, which keeps the lowest 8 bits of what is larger.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, -1]).byte()
        tensor([  1, 255], dtype=minigrad.uint8)
        """
        return self.to(dtypes.uint8, memory_format=memory_format)

    def bool(self: Tensor, *, memory_format: layouts.memory_format | None = None) -> Tensor:
        """Itself in bool: what is not 0 is True.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([0.0, 0.5, torch.nan]).bool()
        tensor([False,  True,  True])
        """
        return self.to(dtypes.bool, memory_format=memory_format)
