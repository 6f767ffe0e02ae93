"""What binary cross entropy refuses: what is no probability, and tensors of other sizes."""

from __future__ import annotations

from ..broadcast import broadcast_shape
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array
from ..tensor import Tensor

# What a kernel's status says; NaN is outside as well.
OUTSIDE = {
    1: RuntimeError("all elements of input should be between 0 and 1"),
    2: RuntimeError("all elements of target should be between 0 and 1"),
}


def check_probabilities(p: Array, target: Array) -> None:
    """Raise unless all elements of both are between 0 and 1."""
    for status, values in ((1, p), (2, target)):
        if not ((values >= 0) & (values <= 1)).all():
            raise type(OUTSIDE[status])(*OUTSIDE[status].args)


@exactly  # type: ignore[untyped-decorator]
def outside(p: Array, target: Array) -> int:
    """The status, in a kernel, of the first element that is not between 0 and 1; 0 if all are."""
    all_inside = True
    for i in range(p.size):  # without a way out, so that vectors do it
        all_inside &= (p[i] >= 0) & (p[i] <= 1) & (target[i] >= 0) & (target[i] <= 1)
    if all_inside:
        return 0
    for i in range(p.size):
        if not 0 <= p[i] <= 1:
            return 1
        if not 0 <= target[i] <= 1:
            return 2
    return 0


def different_sizes(p: Tensor, target: Tensor) -> ValueError:
    """The error for a target that has another shape than the probabilities."""
    return ValueError(
        f"Using a target size ({target.shape}) that is different to the input size "
        f"({p.shape}) is deprecated. Please ensure they have the same size."
    )


def wrong_target_size(x: Tensor, target: Tensor) -> ValueError:
    """The error for a target that has another shape than the logits."""
    return ValueError(f"Target size ({target.shape}) must be the same as input size ({x.shape})")


def stretched(weight: Tensor, x: Tensor) -> Tensor:
    """A weight broadcast to the shape of x, which must not grow by it."""
    shape = x.array.shape
    if weight.array.shape == shape:
        return weight
    common = broadcast_shape(weight.array.shape, shape)
    if common != shape:
        raise RuntimeError(
            f"output with shape {list(shape)} doesn't match the broadcast shape {list(common)}"
        )
    return weight.expand(*shape)
