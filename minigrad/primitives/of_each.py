"""Kernels that do one operation on each element.

NumPy can do all of this, and does it to whole numbers and to what lies apart in memory. But a
compiled step has to come back to Python for it. The bits are NumPy's. Each operand may be a single
number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.intrinsics import exactly, exactly_there, rounded_like
from ..kernels.kernel import Array, Flat, kernel


@exactly_there  # type: ignore[untyped-decorator]
def _of_one(operation: Any, x: Array, out: Array) -> None:
    if x.size == out.size:
        for i in range(out.size):
            out[i] = operation(x[i])
    else:
        for i in range(out.size):
            out[i] = operation(x[0])


@exactly_there  # type: ignore[untyped-decorator]
def of_two(operation: Any, a: Array, b: Array, out: Array) -> None:
    if a.size == out.size and b.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[i], b[i])
    elif a.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[i], b[0])
    elif b.size == out.size:
        for i in range(out.size):
            out[i] = operation(a[0], b[i])
    else:
        for i in range(out.size):
            out[i] = operation(a[0], b[0])


@exactly  # type: ignore[untyped-decorator]
def _opposite(x: Any) -> Any:
    return -x


@exactly  # type: ignore[untyped-decorator]
def _magnitude(x: Any) -> Any:
    return abs(x)


@exactly  # type: ignore[untyped-decorator]
def _sign(x: Any) -> Any:
    return 1.0 if x > 0 else -1.0 if x < 0 else 0.0


@exactly  # type: ignore[untyped-decorator]
def _square(x: Any) -> Any:
    return x * x


@exactly  # type: ignore[untyped-decorator]
def _square_root(x: Any) -> Any:
    return np.sqrt(x)


@exactly  # type: ignore[untyped-decorator]
def _reciprocal_root(x: Any) -> Any:
    return rounded_like(x, 1.0) / np.sqrt(x)


@exactly  # type: ignore[untyped-decorator]
def _sum(a: Any, b: Any) -> Any:
    return a + b


@exactly  # type: ignore[untyped-decorator]
def _difference(a: Any, b: Any) -> Any:
    return a - b


@exactly  # type: ignore[untyped-decorator]
def _product(a: Any, b: Any) -> Any:
    return a * b


@exactly  # type: ignore[untyped-decorator]
def _quotient(a: Any, b: Any) -> Any:
    return a / b


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def add(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_sum, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def subtract(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_difference, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def multiply(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_product, a, b, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def divide(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_quotient, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def negative(x: Flat, out: Flat) -> None:
    _of_one(_opposite, x, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def absolute(x: Flat, out: Flat) -> None:
    _of_one(_magnitude, x, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def sign(x: Flat, out: Flat) -> None:
    _of_one(_sign, x, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def square(x: Flat, out: Flat) -> None:
    _of_one(_square, x, out)


@kernel(writes=("out",), flops=lambda out: out.size, elementwise=True)
def sqrt(x: Flat, out: Flat) -> None:
    _of_one(_square_root, x, out)


@kernel(writes=("out",), flops=lambda out: 2 * out.size, elementwise=True)
def rsqrt(x: Flat, out: Flat) -> None:
    _of_one(_reciprocal_root, x, out)
