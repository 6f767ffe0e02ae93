"""What losses of the difference between two tensors have in common: both sides have a gradient."""

from __future__ import annotations

from ..broadcast import broadcast_shape
from ..functions.arguments import require_floating
from ..functions.comparison import where
from ..kernels.kernel import Array, Kernel
from ..launch import empty, launch
from ..primitives.copies import in_steps
from ..tensor import Tensor


def in_one_shape(x: Tensor, target: Tensor, kernel: str) -> tuple[Tensor, Tensor]:
    """Both broadcast; `kernel` is what PyTorch's message about integers names."""
    require_floating(x, kernel)
    if x.array.shape == target.array.shape:
        return x, target
    shape = broadcast_shape(x.array.shape, target.array.shape)
    return x.expand(*shape), target.expand(*shape)


def sign_of(difference: Tensor) -> Tensor:
    """1, -1 or 0 where it is neither positive nor negative; for definitions."""
    return in_steps(difference, where(difference > 0, 1.0, where(difference < 0, -1.0, 0.0)))


def gradients_of_both(
    backward: Kernel, needs: list[bool], grad: Array, saved: list[Array], *settings: float
) -> list[Array | None]:
    """Of x and of the target, by a kernel that gives that of the first, since they mirror."""
    found: list[Array | None] = []
    for needed, one, other in zip(needs, saved, reversed(saved), strict=True):
        found.append(empty(one.shape, one.dtype) if needed else None)
        if needed:
            launch(backward, grad, one, other, *settings, found[-1])
    return found
