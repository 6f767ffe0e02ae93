"""What does PyTorch give where sums and products have all the range they need on their way?

Below its gradients, whatever adds up or multiplies many numbers, or is left over by a division, is
computed once more in longdouble, which goes on where float64 ends, and rounded once. Or it is NaN
wherever numbers without signs add up to more than the dtype has: there the order decides what
comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from ..judging.judge import Array
from .rounding import Course, run

MEAN = 1  # what PyTorch calls it here


def run_wide(
    lines: Sequence[str], given: Mapping[int, Mapping[str, Array]]
) -> tuple[Course, Course | None]:
    """What each line leaves in PyTorch, in whose sums and products nothing leaves the range.

    And what it leaves if that is NaN where the order decides; None if it does so nowhere.

    Parameters
    ----------
    given : numbers that it goes on with after some lines
    """
    change = lambda line, program: program.take(given.get(line, {}))  # noqa: E731
    wide, by_order = Wide(), Wide(marking=True)
    with np.errstate(all="ignore"):
        with wide:
            course = run(lines, change=change)
        with by_order:
            marked = run(lines, change=change)
    return course, marked if by_order.has_marked else None


class Wide(TorchDispatchMode):
    """Computes in longdouble; sums and products, unless other functions are given.

    Parameters
    ----------
    functions : of NumPy's arrays, by the names of PyTorch's
    marking : whether those of finite numbers that depend on the order are NaN
    """

    def __init__(
        self, functions: Mapping[str, Callable[..., Array]] | None = None, marking: bool = False
    ) -> None:
        super().__init__()
        self.functions = WIDE if functions is None else functions
        self.marking, self.has_marked = marking, False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        options = kwargs or {}
        name = func.overloadpacket.__name__.removesuffix("_")
        if name not in self.functions:
            return func(*args, **options)
        given = [_wide(each) for each in args]  # before one is overwritten
        out = func(*args, **options)
        if not out.is_floating_point():
            return out
        found = np.asarray(self.functions[name](*given, **options))
        if self.marking:
            sizes = SIZES[name](*map(_size, given), **options)
            depends = sizes > torch.finfo(out.dtype).max
            found = np.where(depends, np.nan, found)
            self.has_marked |= bool(depends.any())
        return out.copy_(torch.from_numpy(found.astype(out.detach().numpy().dtype)))


def _wide(operand: Any) -> Any:
    if isinstance(operand, torch.Tensor):
        return operand.detach().numpy().astype(np.longdouble)
    return operand


def _size(operand: Any) -> Any:
    """Of finite numbers; others hide no order."""
    if isinstance(operand, np.ndarray):
        return np.where(np.isfinite(operand), abs(operand), 0)
    return operand


def _sum(x: Array, dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Array:
    return np.asarray(np.sum(x, tuple(dim) if dim else None, keepdims=keepdim))


def _mean(x: Array, dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Array:
    total = _sum(x, dim, keepdim)
    return np.asarray(total * max(total.size, 1) / x.size)


def _cumsum(x: Array, dim: int, dtype: Any = None) -> Array:
    return np.cumsum(x, dim) if x.ndim else x


def _prod(x: Array, dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Array:
    return np.asarray(np.prod(x, dim, keepdims=keepdim))


def _partial_products(x: Array, *rest: Any, **options: Any) -> Array:
    """The largest of any factors, or one by the smallest."""
    largest = _prod(np.maximum(x, 1), *rest, **options)
    return np.maximum(largest, _prod(1 / np.where(x > 0, np.minimum(x, 1), 1), *rest, **options))


def _added_product(x: Array, a: Array, b: Array, beta: Any = 1, alpha: Any = 1) -> Array:
    return np.asarray(alpha * np.matmul(a, b) + (beta * x if beta else 0))


def _sizes_of_product(x: Array, a: Array, b: Array, beta: Any = 1, alpha: Any = 1) -> Array:
    return np.asarray(max(abs(alpha), 1) * np.matmul(a, b) + abs(beta) * x)


def _add(a: Any, b: Any, alpha: Any = 1) -> Array:
    return np.asarray(a + alpha * b)


def _subtract(a: Any, b: Any, alpha: Any = 1) -> Array:
    return np.asarray(a - alpha * b)


def _sizes_of_both(a: Any, b: Any, alpha: Any = 1) -> Array:
    return np.asarray(abs(a) + abs(alpha * b))


def _addcmul(x: Array, a: Array, b: Array, value: Any = 1) -> Array:
    return x + value * a * b


def _addcdiv(x: Array, a: Array, b: Array, value: Any = 1) -> Array:
    return x + value * a / b


def _sizes_of_products(x: Array, a: Array, b: Array, value: Any = 1) -> Array:
    return x + np.maximum(abs(value) * a, 1) * np.maximum(b, 1)


def _sizes_of_quotients(x: Array, a: Array, b: Array, value: Any = 1) -> Array:
    return x + np.maximum(abs(value) * a, 1) / np.where(b > 0, np.minimum(b, 1), 1)


def _variance(x: Array, dim: Any = None, correction: float = 1, keepdim: bool = False) -> Array:
    """Infinite where the squares add up to more than float64 has, as minigrad says it is."""
    along = tuple(dim) if dim else None
    apart = x - _mean(x, along, True)
    squares, count = _sum(apart * apart, along, keepdim), x.size / max(_sum(x, along).size, 1)
    variance = squares / np.longdouble(max(count - (1 if correction is None else correction), 0))
    return np.where(squares > np.finfo(np.float64).max, np.inf, variance)


def _deviation(x: Array, *rest: Any, **options: Any) -> Array:
    return np.sqrt(_variance(x, *rest, **options))


def _slope_of_squares(grad: Array, x: Array, target: Array, reduction: int) -> Array:
    return 2 * (x - target) * grad / (x.size if reduction == MEAN else 1)


WIDE: dict[str, Callable[..., Array]] = {
    **{"sum": _sum, "mean": _mean, "cumsum": _cumsum, "prod": _prod},
    **{name: np.matmul for name in ("dot", "mv", "mm", "bmm")},
    **{name: _added_product for name in ("addmm", "addmv", "baddbmm")},
    **{"add": _add, "sub": _subtract, "addcmul": _addcmul, "addcdiv": _addcdiv},
    **{"var": _variance, "std": _deviation, "mse_loss_backward": _slope_of_squares},
    "remainder": np.remainder,
}
# How large what is between may be, of operands without signs.
SIZES: dict[str, Callable[..., Array]] = {
    **WIDE,
    **{"mean": _sum, "prod": _partial_products, "add": _sizes_of_both, "sub": _sizes_of_both},
    **{name: _sizes_of_product for name in ("addmm", "addmv", "baddbmm")},
    **{"addcmul": _sizes_of_products, "addcdiv": _sizes_of_quotients},
}
