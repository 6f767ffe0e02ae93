"""How do many samples become one batch? Field by field, what can be stacked is stacked."""

from __future__ import annotations

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.primitives import picking

from ...autograd import is_grad_enabled
from ...creation import as_tensor, tensor
from ...launch import empty, launch
from ...tensor import Tensor


def default_collate(batch: Sequence[Any]) -> Any:
    """One batch of many samples: tensors, arrays and numbers are stacked, containers gone into.

    A tuple of fields becomes a list, as PyTorch's does; strings stay as they are.

    >>> default_collate([{"x": 1.0, "name": "a"}, {"x": 2.0, "name": "b"}])
    {'x': tensor([1., 2.], dtype=minigrad.float64), 'name': ['a', 'b']}
    >>> default_collate([(1, True), (2, False)])
    [tensor([1, 2]), tensor([ True, False])]
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return _stack(batch)
    if isinstance(first, np.ndarray) and first.dtype.kind not in "SUO":
        return _stack([as_tensor(each) for each in batch])
    if isinstance(first, float):
        return tensor(batch, dtype=dtypes.float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, np.bool_ | np.number):
        return tensor(np.array(batch))
    if isinstance(first, str | bytes):
        return batch
    if isinstance(first, Mapping):
        return _refilled(
            first, {key: default_collate([each[key] for each in batch]) for key in first}
        )
    if isinstance(first, Sequence):
        if any(len(each) != len(first) for each in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        return _refilled(first, [default_collate(field) for field in zip(*batch, strict=True)])
    found = first.dtype if isinstance(first, np.ndarray) else type(first)
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {found}"
    )


def default_convert(data: Any) -> Any:
    """A sample with its NumPy arrays and numbers as tensors, and all else as it is."""
    if isinstance(data, np.bool_ | np.number):
        return as_tensor(np.asarray(data))
    if isinstance(data, np.ndarray) and data.dtype.kind not in "SUO":
        return as_tensor(data)
    if isinstance(data, Mapping):
        return _refilled(data, {key: default_convert(data[key]) for key in data})
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return _refilled(data, [default_convert(each) for each in data])
    return data


def _refilled(container: Any, contents: Any) -> Any:
    """The contents in a container like the one given; in a list if that was a plain tuple."""
    if isinstance(container, MutableMapping):
        container = copy.copy(container)
        container.update(contents)
        return container
    if isinstance(container, MutableSequence):
        container = copy.copy(container)
        container[:] = contents
        return container
    if hasattr(container, "_fields"):  # a named tuple
        return type(container)(*contents)
    return contents


def _stack(tensors: Sequence[Tensor]) -> Tensor:
    """The tensors as the rows of a new one."""
    shape = tensors[0].shape
    for entry, each in enumerate(tensors):
        if each.shape != shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(shape)} at entry 0 "
                f"and {list(each.shape)} at entry {entry}"
            )
    if is_grad_enabled() and any(each.requires_grad for each in tensors):
        rows = (len(tensors), *shape)
        first, *others = (
            picking.embed(each, key=(entry,), shape=rows) for entry, each in enumerate(tensors)
        )
        return sum(others, start=first)
    arrays = [each.array for each in tensors]
    order = ["bool", "int64", "float32", "float64"]
    widest = max((array.dtype.name for array in arrays), key=order.index)
    out = empty((len(arrays), *shape), widest)
    launch(_stack_into, *arrays, out)
    return Tensor(out)


def _stack_into(*arrays_and_out: Any) -> None:
    *arrays, out = arrays_and_out
    np.stack(arrays, out=out, casting="unsafe")
