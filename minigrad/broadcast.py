"""Broadcasting: the rule for shapes, and its transpose for gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tensor import Tensor

Shape = tuple[int, ...]


def broadcast_shape(a: Shape, b: Shape) -> Shape:
    """The shape of an elementwise operation: dimensions of one stretch, from the right.

    >>> broadcast_shape((4, 1), (3,))
    (4, 3)
    """
    if a == b or not b:
        return a
    if not a:
        return b
    ndim = max(len(a), len(b))
    padded_a = (1,) * (ndim - len(a)) + a
    padded_b = (1,) * (ndim - len(b)) + b
    result = []
    for axis in reversed(range(ndim)):
        size_a, size_b = padded_a[axis], padded_b[axis]
        if size_a != size_b and 1 not in (size_a, size_b):
            raise RuntimeError(
                f"The size of tensor a ({size_a}) must match the size of tensor b ({size_b}) "
                f"at non-singleton dimension {axis}"
            )
        result.append(size_b if size_a == 1 else size_a)
    return tuple(reversed(result))


def sum_to_shape(grad: Tensor, shape: Shape) -> Tensor:
    """The transpose of broadcasting `shape` to the gradient's shape: sum what was repeated."""
    if grad.array.shape == shape:
        return grad
    if not shape:
        return grad.sum()
    added = grad.array.ndim - len(shape)
    stretched = [
        added + axis
        for axis, size in enumerate(shape)
        if size == 1 and grad.array.shape[added + axis] != 1
    ]
    axes = (*range(added), *stretched)
    summed = grad.sum(axes, keepdim=True)
    return summed.reshape(shape) if added else summed
