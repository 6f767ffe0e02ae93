"""Losses of two dtypes that PyTorch computes, and does not go back through: Huber's."""

from __future__ import annotations

from ..arrays import assign
from ..launch import launch
from ..memory_order import empty_in_order
from ..primitives.primitive import Primitive
from ..tensor import Array, Tensor


class HuberLossOfTwoDtypes(Primitive):
    """Losses of x and target, computed elsewhere, in the dtype of x."""

    backward_name = "HuberLoss"

    def compute(self, x: Array, target: Array, losses: Array) -> Array:
        followed = (x,) if losses.ndim else ()
        out = empty_in_order(losses.shape, x.dtype, *followed)
        launch(assign, losses, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, target: Tensor) -> Tensor:
        raise _found(target, x)

    def gradient_target(self, grad: Tensor, x: Tensor, target: Tensor) -> Tensor:
        raise _found(x, target)


def _found(other: Tensor, own: Tensor) -> RuntimeError:
    return RuntimeError(
        f"Found dtype {other.dtype.scalar_type} but expected {own.dtype.scalar_type}"
    )


huber_loss_of_two_dtypes = HuberLossOfTwoDtypes()
