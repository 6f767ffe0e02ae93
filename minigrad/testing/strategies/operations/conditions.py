"""Which tensors go together, and which arguments are valid for them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from .... import dtypes
from ....tensor import Tensor
from ..choices import among

Strategies = Mapping[str, st.SearchStrategy[Any]]


def floating(*tensors: Tensor) -> bool:
    """All have gradients, and one dtype."""
    return tensors[0].is_floating_point() and one_dtype(*tensors)


def whole(*tensors: Tensor) -> bool:
    """All are of integers or of bools, and of one of the two."""
    return not tensors[0].is_floating_point() and one_dtype(*tensors)


def integers(*tensors: Tensor) -> bool:
    return all(each.dtype is dtypes.int64 for each in tensors)


def boolean(tensor: Tensor) -> bool:
    return tensor.dtype is dtypes.bool


def numeric(*tensors: Tensor) -> bool:
    """None is of bools."""
    return not any(map(boolean, tensors))


def one_dtype(*tensors: Tensor) -> bool:
    return all(each.dtype is tensors[0].dtype for each in tensors)


def has_dims(tensor: Tensor) -> bool:
    return tensor.ndim > 0


def has_elements(tensor: Tensor) -> bool:
    return tensor.numel() > 0


def floating_with_dims(tensor: Tensor) -> bool:
    return floating(tensor) and has_dims(tensor)


def floating_with_elements(tensor: Tensor) -> bool:
    return floating(tensor) and has_elements(tensor)


def full(tensor: Tensor) -> bool:
    """There are dimensions, and each has elements."""
    return has_dims(tensor) and has_elements(tensor)


def floating_rows(tensor: Tensor) -> bool:
    """Rows, at least one, of at least one number each."""
    return floating(tensor) and full(tensor) and tensor.ndim == 2


def numeric_and_full(tensor: Tensor) -> bool:
    return numeric(tensor) and full(tensor)


def small(tensor: Tensor) -> bool:
    """It may be repeated without becoming large."""
    return tensor.numel() <= 12 and tensor.ndim <= 3


def repeats(tensor: Tensor) -> bool:
    """Whether several elements are one in memory."""
    sides = zip(tensor.array.strides, tensor.shape, strict=True)
    return any(step == 0 and side > 1 for step, side in sides)


def broadcast(*tensors: Tensor) -> bool:
    """Their shapes broadcast."""
    for sides in zip(*(_aligned(each.shape, tensors) for each in tensors), strict=True):
        if len({side for side in sides if side != 1}) > 1:
            return False
    return True


def _aligned(shape: tuple[int, ...], tensors: tuple[Tensor, ...]) -> tuple[int, ...]:
    longest = max(each.ndim for each in tensors)
    return (1,) * (longest - len(shape)) + tuple(shape)


def floating_broadcast(*tensors: Tensor) -> bool:
    return all(each.is_floating_point() for each in tensors) and broadcast(*tensors)


def numeric_broadcast(*tensors: Tensor) -> bool:
    return numeric(*tensors) and broadcast(*tensors)


def whole_broadcast(*tensors: Tensor) -> bool:
    return whole(*tensors) and broadcast(*tensors)


def one_shape(*tensors: Tensor) -> bool:
    return all(each.shape == tensors[0].shape for each in tensors)


def dim(tensor: Tensor) -> st.SearchStrategy[int]:
    """A dimension, counted from either end, the first one first; of a number, 0 and -1."""
    count = max(tensor.ndim, 1)
    return among([*range(count), *range(-1, -count - 1, -1)])


def along_dim(tensor: Tensor) -> Strategies:
    return {"dim": dim(tensor)}


def along_dim_kept(tensor: Tensor) -> Strategies:
    return {"dim": dim(tensor), "keepdim": st.booleans()}


def several_dims(tensor: Tensor) -> st.SearchStrategy[tuple[int, ...]]:
    """Some of the dimensions, in any order."""
    return st.lists(
        st.integers(0, tensor.ndim - 1), min_size=1, max_size=2, unique=True
    ).map(tuple)  # fmt: skip


def two_dims(tensor: Tensor) -> Strategies:
    return {"first": dim(tensor), "second": dim(tensor)}


def scalar(tensor: Tensor) -> st.SearchStrategy[Any]:
    """A Python number of the tensor's kind, with few bits."""
    if boolean(tensor):
        return st.booleans()
    if integers(tensor):
        return st.integers(-3, 3)
    return among([1.0, 2.0, 0.5, 0.0, -1.0, -1.5, 3.0])


def with_scalar(tensor: Tensor) -> Strategies:
    return {"number": scalar(tensor)}


def bounds(tensor: Tensor) -> Strategies:
    return {"low": scalar(tensor), "high": scalar(tensor)}


def reduction(*operands: Any) -> Strategies:
    """What a loss may give."""
    return {"reduction": st.sampled_from(["mean", "sum", "none"])}


def factor(*operands: Any) -> Strategies:
    """By how much a hook may multiply."""
    return {"factor": st.sampled_from([2.0, -0.5])}


def places(side: int, count: int = 3) -> st.SearchStrategy[list[int]]:
    """Indices along a dimension that has elements."""
    return st.lists(st.integers(0, side - 1), min_size=1, max_size=count)
