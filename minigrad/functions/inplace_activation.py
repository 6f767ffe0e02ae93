"""How does an activation overwrite its input?

It computes as ever and then writes the result into the input, which takes over the result's
place in the graph. What the gradient needs is kept apart from the memory that is overwritten.
"""

from __future__ import annotations

from .. import ops
from ..primitives.primitive import Primitive
from ..tensor import Array, Tensor
from . import inplace


class WithoutBackward(Primitive):
    """The tensor itself; its gradient is refused, for ELU in place with a negative alpha.

    PyTorch computes ELU's gradient in place from the result, from which, for a negative alpha,
    the input cannot be told. So that a script fails here as there, this is an error.
    """

    backward_name = "Elu"
    is_view = True

    def compute(self, x: Array) -> Array:
        """Give the same array."""
        return x

    def gradient_x(self, grad: Tensor) -> Tensor:
        """Refuse."""
        raise RuntimeError(
            "In-place elu backward calculation is triggered with a negative slope which is not "
            "supported. This is caused by calling in-place forward function with a negative "
            "slope, please call out-of-place version instead."
        )


without_backward = WithoutBackward()


def relu_(input: Tensor) -> Tensor:
    """Overwrite `input` with its ReLU and return it."""
    inplace.check(input)
    return inplace.update(input, ops.relu(input))


def elu_(input: Tensor, alpha: float) -> Tensor:
    """Overwrite `input` with its ELU and return it."""
    inplace.check(input)
    output = ops.elu(input.clone(), alpha)
    return inplace.update(input, without_backward(output) if alpha < 0 else output)
