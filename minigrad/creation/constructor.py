"""What does `Tensor(...)` make of sizes or of data, as scripts older than `tensor` call it?"""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..functions.sizes import is_size
from ..size import Size
from ..tensor import Array, Tensor
from .constants import empty
from .data import copied


def array_meant(data: Any, sizes: tuple[Any, ...]) -> Array:
    """An array of the default dtype: not yet written if sizes are given, else with the data."""
    if sizes or is_size(data) or isinstance(data, Size):
        given = tuple(data) if isinstance(data, Size) and not sizes else (data, *sizes)
        for position, each in enumerate(given, 1):
            if not is_size(each):
                raise TypeError(
                    f"new(): argument 'size' failed to unpack the object at pos {position} with "
                    f'error "type must be tuple of ints,but got {type(each).__name__}"'
                )
            if each < 0:
                raise RuntimeError(
                    f"Trying to create tensor with negative dimension {each}: {[*map(int, given)]}"
                )
        return empty(given).array
    if isinstance(data, Tensor):
        raise TypeError(
            "Tensor(): data is a Tensor; x.detach() shares its memory, x.clone() copies it"
        )
    if not isinstance(data, str) and not (hasattr(data, "__len__") and hasattr(data, "__iter__")):
        raise TypeError(f"new(): data must be a sequence (got {type(data).__name__})")
    if isinstance(data, (dict, set)):
        raise TypeError(f"new(): data must be a sequence (got {type(data).__name__})")
    return copied(data, dtypes.get_default_dtype())
