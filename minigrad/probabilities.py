"""What binary cross entropy refuses: what is no probability, and targets of another size."""

from __future__ import annotations

from .kernel import Array
from .tensor import Tensor

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


def different_sizes(p: Tensor, target: Tensor) -> ValueError:
    """The error for a target that has another shape than the probabilities."""
    return ValueError(
        f"Using a target size ({target.shape}) that is different to the input size "
        f"({p.shape}) is deprecated. Please ensure they have the same size."
    )
