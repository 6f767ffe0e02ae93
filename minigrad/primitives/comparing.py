"""Kernels that compare elements, and choose between them by what was found.

Operands are as in `of_each`: of one shape, or single numbers. What is found is bool.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..kernels.intrinsics import exactly
from ..kernels.kernel import Flat, FlatOfBool, Kernel, kernel
from .of_each import of_two


@exactly  # type: ignore[untyped-decorator]
def _less(a: Any, b: Any) -> Any:
    return a < b


@exactly  # type: ignore[untyped-decorator]
def _less_equal(a: Any, b: Any) -> Any:
    return a <= b


@exactly  # type: ignore[untyped-decorator]
def _equal(a: Any, b: Any) -> Any:
    return a == b


@exactly  # type: ignore[untyped-decorator]
def _not_equal(a: Any, b: Any) -> Any:
    return a != b


@exactly  # type: ignore[untyped-decorator]
def _larger(a: Any, b: Any) -> Any:
    return a if a >= b or a != a else b


@exactly  # type: ignore[untyped-decorator]
def _smaller(a: Any, b: Any) -> Any:
    return a if a <= b or a != a else b


@kernel(writes=("out",), flops=0, elementwise=True)
def larger(a: Flat, b: Flat, out: Flat) -> None:
    """The first of equal ones, and NaN if one is."""
    of_two(_larger, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def smaller(a: Flat, b: Flat, out: Flat) -> None:
    of_two(_smaller, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def between(x: Flat, low: Flat, high: Flat, out: FlatOfBool) -> None:
    """Whether an element is within two bounds."""
    for i in range(out.size):
        element = x[i if x.size > 1 else 0]
        above = element >= low[i if low.size > 1 else 0]
        out[i] = above and element <= high[i if high.size > 1 else 0]


@kernel(writes=("out",), flops=0, elementwise=True)
def less(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_less, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def less_equal(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_less_equal, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def greater(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_less, b, a, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def greater_equal(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_less_equal, b, a, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def equal(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_equal, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def not_equal(a: Flat, b: Flat, out: FlatOfBool) -> None:
    of_two(_not_equal, a, b, out)


@kernel(writes=("out",), flops=0, elementwise=True)
def choose(a: Flat, b: Flat, condition: FlatOfBool, out: Flat) -> None:
    """a where the condition holds, else b."""
    if a.size == out.size and b.size == out.size:
        for i in range(out.size):
            out[i] = a[i] if condition[i] else b[i]
    elif a.size == out.size:
        for i in range(out.size):
            out[i] = a[i] if condition[i] else b[0]
    elif b.size == out.size:
        for i in range(out.size):
            out[i] = a[0] if condition[i] else b[i]
    else:
        for i in range(out.size):
            out[i] = a[0] if condition[i] else b[0]


@kernel(writes=("out",), flops=0, elementwise=True)
def as_number(out: Flat, x: FlatOfBool) -> None:
    """1 for True, 0 for False."""
    for i in range(out.size):
        out[i] = 1.0 if x[i] else 0.0


COMPARISONS: dict[Callable[..., Any], Kernel] = {
    np.less: less,
    np.less_equal: less_equal,
    np.greater: greater,
    np.greater_equal: greater_equal,
    np.equal: equal,
    np.not_equal: not_equal,
}
