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


class Written(Primitive):
    """A result of ELU or leaky ReLU that is written into the operand.

    PyTorch computes their gradients from it, so it must not change before backward. From that of
    a negative alpha, where the left side falls, the operand cannot be told: so that a script
    fails here as there, the gradient is refused.
    """

    backward_name = "Elu"
    is_view = True

    def compute(self, x: Array, function: str, falls: bool) -> Array:
        """Give the same array."""
        return x

    def gradient_x(self, grad: Tensor, out: Tensor, function: str, falls: bool) -> Tensor:
        """Give the same gradient, or refuse it."""
        if falls:
            raise RuntimeError(
                f"In-place {function} backward calculation is triggered with a negative slope "
                "which is not supported. This is caused by calling in-place forward function with "
                "a negative slope, please call out-of-place version instead."
            )
        return grad


written = Written()


def relu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its ReLU and return it."""
    check(input)
    return inplace.update(input, ops.relu(input))


def elu_(input: Tensor, alpha: float) -> Tensor:
    """Overwrite `input` with its ELU and return it."""
    check(input)
    output = ops.elu(input.clone(), alpha)
    output = written(output, named="EluBackward1", function="elu", falls=alpha < 0)
    return inplace.update(input, output)


def leaky_relu_(input: Tensor, negative_slope: float) -> Tensor:
    """Overwrite `input` with its leaky ReLU and return it."""
    check(input)
    output = ops.leaky_relu(input.clone(), negative_slope)
    falls = negative_slope < 0
    output = written(output, named="LeakyReluBackward1", function="leakyReLu", falls=falls)
    return inplace.update(input, output)


def selu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its SELU and return it."""
    check(input)
    output = written(ops.selu(input.clone()), named="EluBackward1", function="elu", falls=False)
    return inplace.update(input, output)


def silu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its SiLU and return it."""
    check(input)
    return inplace.update(input, ops.silu(input.clone()))
