"""Functions of one number, applied to each element; whole numbers become floating point."""

from __future__ import annotations

from .. import ops
from ..primitives import exponentials, logarithms, pointwise
from ..primitives.primitive import Primitive
from ..tensor import Tensor
from . import arguments
from .promotion import floating


def _applied(primitive: Primitive, input: Tensor, function: str) -> Tensor:
    arguments.require_tensor(input, function)
    return primitive(floating(input))


def exp(input: Tensor) -> Tensor:
    """Give e to the power of each element.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.exp(torch.tensor([0.0, 1.0]))
    tensor([1.0000, 2.7183])
    """
    return _applied(exponentials.exp, input, "exp")


def expm1(input: Tensor) -> Tensor:
    """Give exp(x) - 1, exact near 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.expm1(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 1.7183])
    """
    return _applied(exponentials.expm1, input, "expm1")


def log(input: Tensor) -> Tensor:
    """Give the natural logarithm; -inf at 0, NaN below.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.log(torch.tensor([1, 0]))
    tensor([0., -inf])
    """
    return _applied(logarithms.log, input, "log")


def log1p(input: Tensor) -> Tensor:
    """Give the natural logarithm of 1 + x, exact near 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.log1p(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 0.6931])
    """
    return _applied(logarithms.log1p, input, "log1p")


def log2(input: Tensor) -> Tensor:
    """Give the logarithm to base 2.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.log2(torch.tensor([8.0, 0.5]))
    tensor([ 3., -1.])
    """
    return _applied(logarithms.log2, input, "log2")


def log10(input: Tensor) -> Tensor:
    """Give the logarithm to base 10.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.log10(torch.tensor([1, 0]))
    tensor([0., -inf])
    """
    return _applied(logarithms.log10, input, "log10")


def sqrt(input: Tensor) -> Tensor:
    """Give the square root; NaN below 0. Its gradient at 0 is infinite.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sqrt(torch.tensor([4.0, -1.0]))
    tensor([2., nan])
    """
    return _applied(pointwise.sqrt, input, "sqrt")


def rsqrt(input: Tensor) -> Tensor:
    """Give 1 / sqrt(x).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.rsqrt(torch.tensor([4.0, 0.0]))
    tensor([0.5000,    inf])
    """
    return _applied(pointwise.rsqrt, input, "rsqrt")


def abs(input: Tensor) -> Tensor:
    """Give |x|, with gradient 0 at 0; whole numbers stay whole.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.abs(torch.tensor([-1, 2]))
    tensor([1, 2])
    """
    arguments.require_tensor(input, "abs")
    arguments.refuse_bool(input, "abs_cpu")
    return pointwise.absolute(input)


def tanh(input: Tensor) -> Tensor:
    """Give the hyperbolic tangent.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.tanh(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 0.7616])
    """
    arguments.require_tensor(input, "tanh")
    return ops.tanh(input)


def sin(input: Tensor) -> Tensor:
    """Give the sine of angles in radians.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sin(torch.tensor([0, 30]) * (3.14159265 / 180))
    tensor([0.0000, 0.5000])
    """
    return _applied(pointwise.sin, input, "sin")


def cos(input: Tensor) -> Tensor:
    """Give the cosine of angles in radians.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.cos(torch.tensor([0, 60]) * (3.14159265 / 180))
    tensor([1.0000, 0.5000])
    """
    return _applied(pointwise.cos, input, "cos")


def sigmoid(input: Tensor) -> Tensor:
    """Give 1 / (1 + exp(-x)).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sigmoid(torch.tensor([0, 1]))
    tensor([0.5000, 0.7311])
    """
    arguments.require_tensor(input, "sigmoid")
    return ops.sigmoid(input)


def relu(input: Tensor) -> Tensor:
    """Give max(0, x); the gradient at 0 is 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.relu(torch.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    arguments.require_tensor(input, "relu")
    return ops.relu(input)


absolute = abs  # PyTorch has it under both names
