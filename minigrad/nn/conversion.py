"""Of which dtype are a module's values, at first and later, and where may they be?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, Self

from .. import creation, devices, dtypes, layouts
from ..functions.conversion import NUMBERS, asks_for_order, dtype_meant
from ..functions.sizes import NOT_GIVEN
from ..tensor import Tensor
from .tree import Tree

NAMES = {f"minigrad.{each.scalar_type}Tensor": each for each in (dtypes.float32, dtypes.float64)}


class Conversion(Tree):
    """The part of `Module` that changes the dtype of all its values.

    Parameters stay the same objects, so that an optimiser goes on working; buffers do not.
    """

    def to(
        self,
        target: Any = None,
        dtype: dtypes.dtype | type | None = None,
        non_blocking: bool = NOT_GIVEN,
        copy: bool = NOT_GIVEN,
        *,
        device: devices.device | str | None = None,
        tensor: Tensor | None = None,
        memory_format: layouts.memory_format | None = None,
    ) -> Self:
        """Convert all floating-point parameters and buffers, in place.

        Parameters
        ----------
        target : dtype, Tensor or device, optional
            The dtype to convert to, a tensor that has it, or the device: there is only "cpu".
        dtype : dtype, optional
            The dtype to convert to.
        non_blocking : bool
            Without effect on a CPU.
        copy : bool
            Refused: parameters stay the same objects.
        device : device or str, optional
            "cpu".
        tensor : Tensor, optional
            A tensor that has the dtype to convert to.
        memory_format : memory_format, optional
            Without effect: in PyTorch, too, only on values of four dimensions and more.

        Examples
        --------
        >>> import minigrad as torch
        >>> from minigrad import nn
        >>> nn.Linear(2, 3).to(torch.float64).bias.dtype
        minigrad.float64
        """
        if tensor is not None:
            target = tensor
        says_dtype = isinstance(target, (dtypes.dtype, type, Tensor, *NUMBERS))
        third_is_copy = says_dtype and isinstance(dtype, bool)  # the second is `non_blocking`
        if copy is not NOT_GIVEN or (third_is_copy and non_blocking is not NOT_GIVEN):
            raise RuntimeError(".to() does not accept copy argument")
        if says_dtype:
            if not (dtype is None or isinstance(dtype, bool)):
                raise TypeError(f"to() takes one dtype, got {target} and {dtype}")
            dtype = dtype_meant(target)
        elif target is not None:
            device = target
        devices.require_cpu(device, "to")
        asks_for_order(memory_format, "to")
        return self if dtype is None else self._convert_floating(dtypes.as_dtype(dtype, "to"))

    def float(self) -> Self:
        """Convert all floating-point parameters and buffers to float32, in place."""
        return self._convert_floating(dtypes.float32)

    def double(self) -> Self:
        """Convert all floating-point parameters and buffers to float64, in place."""
        return self._convert_floating(dtypes.float64)

    def type(self, dst_type: dtypes.dtype | str) -> Self:
        """Convert all parameters and buffers, those of integers too, in place."""
        dtype = NAMES.get(dst_type) if isinstance(dst_type, str) else dst_type
        if dtype is None or isinstance(dst_type, type):
            shown = getattr(dst_type, "__name__", dst_type)
            raise ValueError(f"invalid type: {shown!r}")
        require_dtype(dtype)
        if not dtype.is_floating_point and any(each.requires_grad for each in self.parameters()):
            raise RuntimeError(
                "data set to a tensor that requires gradients must be floating point or complex "
                "dtype"
            )
        return self._convert_values(dtype, lambda tensor: True)

    def cpu(self) -> Self:
        """Do nothing: all values are on the CPU already."""
        return self

    def to_empty(self, *, device: devices.device | str | None, recurse: bool = True) -> Self:
        """Give all values new memory, without filling it.

        Parameters
        ----------
        device : device or str, optional
            "cpu".
        recurse : bool
            Whether to do so with the values of the modules below, too.
        """
        devices.require_cpu(device, "to_empty")
        return self._apply(creation.empty_like, recurse)

    def half(self) -> NoReturn:
        """Raise: there is no float16."""
        raise NotImplementedError("minigrad has no float16; it has float32 and float64")

    def bfloat16(self) -> NoReturn:
        """Raise: there is no bfloat16."""
        raise NotImplementedError("minigrad has no bfloat16; it has float32 and float64")

    def cuda(self, device: Any = None) -> Self:
        """Raise if there are any values: they are on the CPU."""
        return self._apply(lambda tensor: tensor.cuda(device))

    def _convert_floating(self, dtype: dtypes.dtype) -> Self:
        require_dtype(dtype)
        if not dtype.is_floating_point:
            raise TypeError(
                "nn.Module.to only accepts floating point or complex dtypes, "
                f"but got desired dtype={dtype}"
            )
        return self._convert_values(dtype, Tensor.is_floating_point)

    def _convert_values(self, dtype: dtypes.dtype, chosen: Callable[[Tensor], bool]) -> Self:
        """Convert the chosen ones among the values of this module and of all below it."""
        return self._apply(lambda tensor: tensor.to(dtype) if chosen(tensor) else tensor)

    def _apply(self, fn: Callable[[Tensor], Tensor], recurse: bool = True) -> Self:
        """Put what `fn` makes of them in the place of all values: a class may do more here."""
        if recurse:
            for child in self.children():
                child._apply(fn)
        for parameter in self.parameters(recurse=False):
            for tensor in (parameter, parameter.grad):
                if tensor is not None:
                    given = tensor.data
                    made = fn(given)
                    if made is not given:
                        tensor.data = made
        for name, buffer in list(self.named_buffers(recurse=False, remove_duplicate=False)):
            made = fn(buffer)
            if made is not buffer:
                setattr(self, name, made)
        return self


def require_dtype(dtype: object) -> None:
    """Raise unless `dtype` is a dtype."""
    if not isinstance(dtype, dtypes.dtype):
        raise TypeError(f"dtype must be a minigrad.dtype such as minigrad.float32, got {dtype!r}")


def unfilled(*size: Any, device: object, dtype: dtypes.dtype | None) -> Tensor:
    """Make a tensor for values that are filled in later."""
    devices.require_cpu(device, "empty")
    return creation.empty(*size or ((),), dtype=dtype)
