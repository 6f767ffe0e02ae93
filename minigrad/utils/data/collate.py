"""How do many samples become one batch? Field by field, what can be stacked is stacked."""

from __future__ import annotations

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.creation import as_tensor, tensor
from minigrad.functions import joining
from minigrad.tensor import Tensor


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
        return joining.stack(batch)
    if isinstance(first, np.ndarray) and first.dtype.kind not in "SUO":
        return joining.stack([as_tensor(each) for each in batch])
    if isinstance(first, float):
        return tensor(batch, dtype=dtypes.float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, np.bool_ | np.number):
        alike = all(type(each) is type(first) for each in batch)  # mostly, and then it is quick
        return tensor(np.array(batch) if alike else list(batch))
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
    """A sample with its NumPy arrays and numbers as tensors, and all else as it is.

    Examples
    --------
    >>> import numpy as np
    >>> default_convert({"x": np.array([1.0, 2.0]), "name": "a", "number": 3})
    {'x': tensor([1., 2.], dtype=minigrad.float64), 'name': 'a', 'number': 3}
    """
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
    """The contents in a container like the one given, if it can be made; else as they are.

    Those of a plain tuple stay a list.
    """
    if isinstance(container, tuple):
        return type(container)(*contents) if hasattr(container, "_fields") else contents
    try:
        if isinstance(container, MutableMapping):
            container = copy.copy(container)
            container.update(contents)
            return container
        if isinstance(container, MutableSequence):
            container = copy.copy(container)
            for place, each in enumerate(contents):
                container[place] = each
            return container
        return type(container)(contents)
    except TypeError:
        return contents
