"""Logarithms of each element, each with its gradient next to it.

Those to base e are kernels: right to 0.505 units in the last place in float32, and to 0.77 in
float64. The others are NumPy's.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..kernels import wide
from ..kernels.intrinsics import exactly_there, rounded_like
from ..kernels.kernel import Flat, kernel
from ..tensor import Array, Tensor
from .elementwise import by_kernel, elementwise, quietly
from .primitive import Primitive

_log2, _log10 = quietly(np.log2), quietly(np.log10)


@exactly_there  # type: ignore[untyped-decorator]
def _log(x: Any) -> Any:
    t = np.float64(x)
    result = wide.log(t, x) if t < np.inf else t  # infinity and NaN are their own
    return rounded_like(x, np.nan if t < 0 else result)


@exactly_there  # type: ignore[untyped-decorator]
def _log1p(x: Any) -> Any:
    t = np.float64(x)
    result = wide.log1p(t, x) if t > -1 else -np.inf if t == -1 else np.nan
    return rounded_like(x, t if t == 0 else result)  # of -0.0 the sums lose the sign


@kernel(writes=("out",), flops=23, elementwise=True, costly=True)
def log_of_each(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = _log(x[i])


@kernel(writes=("out",), flops=23, elementwise=True, costly=True)
def log1p_of_each(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = _log1p(x[i])


class Log(Primitive):
    """The natural logarithm; -inf at 0, NaN below."""

    backward_name = "Log"

    def compute(self, x: Array) -> Array:
        return by_kernel(log_of_each, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / x


class Log1p(Primitive):
    """The natural logarithm of 1 + x, exact near 0."""

    backward_name = "Log1P"

    def compute(self, x: Array) -> Array:
        return by_kernel(log1p_of_each, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x + 1)


class Log2(Primitive):
    """The logarithm to base 2."""

    backward_name = "Log2"

    def compute(self, x: Array) -> Array:
        return elementwise(_log2, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x * math.log(2))


class Log10(Primitive):
    """The logarithm to base 10."""

    backward_name = "Log10"

    def compute(self, x: Array) -> Array:
        return elementwise(_log10, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / (x * math.log(10))


log, log1p, log2, log10 = Log(), Log1p(), Log2(), Log10()
