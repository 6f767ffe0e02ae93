"""How does an activation overwrite its input?

It computes as ever and then writes the result into the input, which takes over the result's
place in the graph. What the gradient needs is kept apart from the memory that is overwritten.
"""

from __future__ import annotations

from .. import ops
from ..primitives.primitive import Primitive
from ..tensor import Array, Tensor
from . import inplace
from .rewriting import check


class WithoutBackward(Primitive):
    """The tensor itself; its gradient is refused, for ELU in place with a negative alpha.

    PyTorch computes gradients of ELU and of leaky ReLU in place from the result, from which, if
    the left side falls, the input cannot be told. So that a script fails here as there, this is
    an error.
    """

    backward_name = "Elu"
    is_view = True

    def compute(self, x: Array, function: str) -> Array:
        """Give the same array."""
        return x

    def gradient_x(self, grad: Tensor, function: str) -> Tensor:
        """Refuse."""
        raise RuntimeError(
            f"In-place {function} backward calculation is triggered with a negative slope which "
            "is not supported. This is caused by calling in-place forward function with a "
            "negative slope, please call out-of-place version instead."
        )


without_backward = WithoutBackward()


def relu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its ReLU and return it."""
    check(input)
    return inplace.update(input, ops.relu(input))


def elu_(input: Tensor, alpha: float) -> Tensor:
    """Overwrite `input` with its ELU and return it."""
    check(input)
    output = ops.elu(input.clone(), alpha)
    if alpha < 0:
        output = without_backward(output, function="elu")
    return inplace.update(input, output)


def leaky_relu_(input: Tensor, negative_slope: float) -> Tensor:
    """Overwrite `input` with its leaky ReLU and return it."""
    check(input)
    output = ops.leaky_relu(input.clone(), negative_slope)
    if negative_slope < 0:
        output = without_backward(output, function="leakyReLu", named="LeakyReluBackward0")
    return inplace.update(input, output)


def selu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its SELU and return it."""
    check(input)
    return inplace.update(input, ops.selu(input.clone()))


def silu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its SiLU and return it."""
    check(input)
    return inplace.update(input, ops.silu(input.clone()))
