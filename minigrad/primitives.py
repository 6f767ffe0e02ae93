"""The primitive operations: what each computes on arrays, and next to it how gradients pass.

With those in `views`, everything else that can be differentiated is made of these. They run on
NumPy; what training spends its time in has kernels of its own in `ops`. They take tensors of one
dtype: Python numbers and mixed types are `operations`' business.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import arrays, dtypes, views
from .broadcast import broadcast_shape
from .launch import empty, launch
from .primitive import Primitive
from .tensor import Array, Tensor

Shape = tuple[int, ...]


def elementwise(function: Callable[..., Any], *operands: Array) -> Array:
    """Launch a NumPy function of one or two arrays into a new array."""
    shape = operands[0].shape
    if len(operands) == 2:
        shape = broadcast_shape(shape, operands[1].shape)
    out = empty(shape, operands[0].dtype)
    launch(function, *operands, out)
    return out


class Add(Primitive):
    """a + b"""

    backward_name = "Add"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_add, a, b)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_b(self, grad: Tensor) -> Tensor:
        return grad


class Subtract(Primitive):
    """a - b"""

    backward_name = "Sub"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_subtract, a, b)

    def gradient_a(self, grad: Tensor) -> Tensor:
        return grad

    def gradient_b(self, grad: Tensor) -> Tensor:
        return -grad


class Multiply(Primitive):
    """a · b"""

    backward_name = "Mul"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_multiply, a, b)

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad * b

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return grad * a


class Divide(Primitive):
    """a / b"""

    backward_name = "Div"

    def compute(self, a: Array, b: Array) -> Array:
        return elementwise(_divide, a, b)

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad / b

    def gradient_b(self, grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        return -grad * ((a / b) / b)


class Negative(Primitive):
    """-x"""

    backward_name = "Neg"

    def compute(self, x: Array) -> Array:
        return elementwise(_negative, x)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return -grad


class Power(Primitive):
    """x ** exponent, for a number as exponent; x ** 0 has gradient 0 everywhere."""

    backward_name = "Pow"

    def compute(self, x: Array, exponent: float) -> Array:
        out = empty(x.shape, x.dtype)
        launch(_power, x, exponent, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, exponent: float) -> Tensor:
        if exponent == 0:
            return grad * 0.0
        return grad * (exponent * x ** (exponent - 1))


class Exp(Primitive):
    """e ** x"""

    backward_name = "Exp"

    def compute(self, x: Array) -> Array:
        return elementwise(_exp, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad * out


class Log(Primitive):
    """The natural logarithm; -inf at 0, NaN below."""

    backward_name = "Log"

    def compute(self, x: Array) -> Array:
        return elementwise(_log, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad / x


class Sqrt(Primitive):
    """The square root; its gradient at 0 is infinite."""

    backward_name = "Sqrt"

    def compute(self, x: Array) -> Array:
        return elementwise(_sqrt, x)

    def gradient_x(self, grad: Tensor, out: Tensor) -> Tensor:
        return grad / (2.0 * out)


class Absolute(Primitive):
    """|x|, with gradient 0 at 0."""

    backward_name = "Abs"

    def compute(self, x: Array) -> Array:
        return elementwise(_absolute, x)

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return grad * Tensor(elementwise(np.sign, x.array))


class Where(Primitive):
    """a where the condition holds, else b. The condition is an attribute: an array of bool."""

    backward_name = "Where"

    def compute(self, a: Array, b: Array, condition: Array) -> Array:
        shape = broadcast_shape(condition.shape, broadcast_shape(a.shape, b.shape))
        out = empty(shape, a.dtype)
        launch(_where, condition, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, condition: Array) -> Tensor:
        return where(grad, _zero(grad), condition=condition)

    def gradient_b(self, grad: Tensor, condition: Array) -> Tensor:
        return where(_zero(grad), grad, condition=condition)


class Matmul(Primitive):
    """The product of matrices a: (n, k) and b: (k, m)."""

    backward_name = "Mm"

    def compute(self, a: Array, b: Array) -> Array:
        out = empty((a.shape[0], b.shape[1]), a.dtype)
        launch(_matmul, a, b, out)
        return out

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return grad @ b.T

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return a.T @ grad


class Sum(Primitive):
    """The sum over some axes; float32 is added up in float64."""

    backward_name = "Sum"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        dtype = np.int64 if x.dtype.kind in "bi" else x.dtype
        out = empty(_reduced(x.shape, axes, keepdim), dtype)
        launch(_sum, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        kept = views.reshape(grad, shape=_reduced(source_shape, axes, True))
        return views.expand(kept, shape=source_shape)


class Mean(Primitive):
    """The mean over some axes, added up in float64; NaN if there is nothing to average."""

    backward_name = "Mean"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        out = empty(_reduced(x.shape, axes, keepdim), x.dtype)
        launch(_mean, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, source_shape: Shape, axes: Shape) -> Tensor:
        kept = views.reshape(grad, shape=_reduced(source_shape, axes, True))
        return views.expand(kept / _count(source_shape, axes), shape=source_shape)


class Clone(Primitive):
    """The same values in memory of their own."""

    backward_name = "Clone"

    def compute(self, x: Array) -> Array:
        return arrays.copy(x)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad


class Convert(Primitive):
    """The same values in another dtype."""

    backward_name = "ToCopy"

    def compute(self, x: Array, dtype: dtypes.dtype) -> Array:
        out = empty(x.shape, dtype.numpy)
        launch(_convert, x, out)
        return out

    def gradient_x(self, grad: Tensor, source_dtype: dtypes.dtype) -> Tensor:
        return convert(grad, dtype=source_dtype)


# What NumPy's functions lack: quiet infinities, an output, sums in float64.


def _quiet(function: np.ufunc) -> Callable[..., None]:
    def quietly(*operands: Array) -> None:
        with np.errstate(all="ignore"):
            function(*operands)

    quietly.__name__ = function.__name__
    return quietly


_add, _subtract, _multiply = _quiet(np.add), _quiet(np.subtract), _quiet(np.multiply)
_divide, _exp, _log, _sqrt = _quiet(np.divide), _quiet(np.exp), _quiet(np.log), _quiet(np.sqrt)
_negative, _absolute, _matmul = _quiet(np.negative), _quiet(np.absolute), _quiet(np.matmul)


def _zero(like: Tensor) -> Tensor:
    return Tensor(arrays.full((), like.array.dtype, 0.0))


def _power(x: Array, exponent: float, out: Array) -> None:
    with np.errstate(all="ignore"):
        np.power(x, exponent, out)


def _where(condition: Array, a: Array, b: Array, out: Array) -> None:
    np.copyto(out, b)
    np.copyto(out, a, where=condition)


def _reduced(shape: Shape, axes: Shape, keepdim: bool) -> Shape:
    sizes = [1 if axis in axes else size for axis, size in enumerate(shape)]
    return tuple(size for axis, size in enumerate(sizes) if keepdim or axis not in axes)


def _count(shape: Shape, axes: Shape) -> float:
    return float(np.prod([shape[axis] for axis in axes]))


def _sum(x: Array, axes: Shape, out: Array) -> None:
    accumulator = np.float64 if x.dtype.kind == "f" else np.int64
    with np.errstate(all="ignore"):
        out[...] = x.sum(axis=axes, dtype=accumulator).reshape(out.shape)


def _mean(x: Array, axes: Shape, out: Array) -> None:
    with np.errstate(all="ignore"):
        total = x.sum(axis=axes, dtype=np.float64)
        out[...] = np.divide(total, _count(x.shape, axes)).reshape(out.shape)


def _convert(x: Array, out: Array) -> None:
    with np.errstate(all="ignore"):
        out[...] = x


add, subtract, multiply, divide = Add(), Subtract(), Multiply(), Divide()
negative, power, exp, log = Negative(), Power(), Exp(), Log()
sqrt, absolute, where, matmul = Sqrt(), Absolute(), Where(), Matmul()
sum, mean, clone, convert = Sum(), Mean(), Clone(), Convert()
