"""What has values, and a place in the graph, but no derivative that anybody has defined."""

from __future__ import annotations

from ..tensor import Array, Tensor
from .primitive import Primitive


class WithoutDerivative(Primitive):
    """The same values; to go back through them is an error."""

    backward_name = "NotImplemented"

    def compute(self, x: Array, kind: type[Exception], message: str) -> Array:
        return x

    def gradient_x(self, grad: Tensor, kind: type[Exception], message: str) -> Tensor:
        raise kind(message)


without_derivative = WithoutDerivative()
