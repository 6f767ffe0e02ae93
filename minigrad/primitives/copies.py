"""The same values in other memory or another dtype."""

from __future__ import annotations

import numpy as np

from .. import arrays, dtypes
from ..launch import launch
from ..memory_order import empty_in_order
from ..moving import moved
from ..tensor import Array, Tensor
from . import comparing
from .constants import zeros_like
from .primitive import Primitive


class Clone(Primitive):
    """The same values in memory of their own, contiguous or in the order that they lie in."""

    backward_name = "Clone"

    def compute(self, x: Array, keep_order: bool = False) -> Array:
        if not keep_order:
            return arrays.copy(x)
        out = empty_in_order(x.shape, x.dtype, x)
        if not moved(x, out):
            launch(arrays.assign, x, out)
        return out

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad


class Convert(Primitive):
    """The same values in another dtype, contiguous or in the order that they lie in."""

    backward_name = "ToCopy"

    def compute(self, x: Array, dtype: dtypes.dtype, keep_order: bool = True) -> Array:
        followed = (x,) if keep_order else ()
        out = empty_in_order(x.shape, dtype.numpy, *followed)
        if x.dtype == np.bool_ and out.dtype.kind == "f" and x.flags.carray and out.flags.carray:
            launch(comparing.as_number, out, x)
        else:
            launch(arrays.convert, x, out)
        return out

    def gradient_x(self, grad: Tensor, source_dtype: dtypes.dtype) -> Tensor:
        return convert(grad, dtype=source_dtype)


class Overwrite(Primitive):
    """Other values in a target's place: no gradient is left for what was there."""

    backward_name = "Overwrite"

    def compute(self, target: Array, source: Array) -> Array:
        return source

    def gradient_target(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)

    def gradient_source(self, grad: Tensor) -> Tensor:
        return grad


clone, convert, overwrite = Clone(), Convert(), Overwrite()


def in_steps(x: Tensor, value: Tensor) -> Tensor:
    """A value that follows x in steps only: its derivative is 0, and there to be taken."""
    return overwrite(x, value if value.dtype is x.dtype else convert(value, dtype=x.dtype))
