"""The same memory read as elements of another dtype: `view(dtype)`.

Such a view has no history, as nothing tells how its elements follow the others'. It counts the
same changes in place, but is an inference tensor only if it is made in inference mode. Where
sizes of elements differ, the last dimension grows or shrinks.
"""

from __future__ import annotations

import numpy as np

from .. import dtypes
from ..grad_mode import mode
from ..inference import is_inference
from ..strides import address_of
from ..tensor import Tensor, tensor_of


def reinterpreted(input: Tensor, dtype: dtypes.dtype) -> Tensor:
    """The memory of a tensor as elements of a dtype."""
    array, own, wanted = input.array, input.array.itemsize, dtype.itemsize
    if own != wanted:
        _require_place(input, dtype)
    if array.size:
        seen = array.view(dtype.numpy)
    else:
        last = array.shape[-1] * own // wanted if own != wanted else array.shape[-1]
        seen = np.empty((*array.shape[:-1], last), dtype.numpy)
    result = tensor_of(seen)
    if not (mode.inference or is_inference(input)):
        result._version_cell = input._version_cell
    return result


def _require_place(input: Tensor, dtype: dtypes.dtype) -> None:
    """Raise unless elements of another size find a place where those of the input are."""
    change = f"to view {input.dtype.scalar_type} as {dtype.scalar_type} (different element sizes)"
    if not input.array.ndim:
        raise RuntimeError(f"self.dim() cannot be 0 {change}")
    *others, last = input.stride()
    if last != 1:
        raise RuntimeError(f"self.stride(-1) must be 1 {change}, but got {last}")
    ratio = dtype.itemsize // input.array.itemsize
    if ratio <= 1:
        return
    size = input.array.shape[-1]
    if size % ratio:
        raise RuntimeError(f"self.size(-1) must be divisible by {ratio} {change}, but got {size}")
    apart = address_of(input.array) % dtype.itemsize
    if input.array.size and apart:
        place = apart // input.array.itemsize
        raise RuntimeError(
            f"self.storage_offset() must be divisible by {ratio} {change}, but got {place}"
        )
    for dim, stride in enumerate(others):
        if stride % ratio:
            raise RuntimeError(
                f"self.stride({dim}) must be divisible by {ratio} {change}, but got {stride}"
            )
