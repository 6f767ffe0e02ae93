"""What functions give that return several tensors: tuples whose parts have names."""

from __future__ import annotations

from typing import NamedTuple

from .tensor import Tensor


class max(NamedTuple):  # noqa: N801 (the names are PyTorch's)
    """The largest along a dimension, and where they are.

    >>> import minigrad as torch
    >>> torch.tensor([[1, 5], [7, 2]]).max(1)
    minigrad.return_types.max(
    values=tensor([5, 7]),
    indices=tensor([1, 0]))
    """

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return text_of(self)


class min(NamedTuple):  # noqa: N801
    """The smallest along a dimension, and where they are."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return text_of(self)


class median(NamedTuple):  # noqa: N801
    """The median along a dimension, and where it is."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return text_of(self)


class sort(NamedTuple):  # noqa: N801
    """Elements in order along a dimension, and where they were."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return text_of(self)


class topk(NamedTuple):  # noqa: N801
    """The largest or smallest along a dimension, and where they were."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return text_of(self)


def text_of(value: NamedTuple) -> str:
    """The printed form of a tuple with names."""
    parts = ",\n".join(f"{name}={part!r}" for name, part in value._asdict().items())
    return f"minigrad.return_types.{type(value).__name__}(\n{parts})"
