"""New tensors of another one's dtype; and, for methods, those that NumPy's results become."""

from __future__ import annotations

from typing import Any

from .. import creation
from ..creation import as_tensor, cautions, from_numpy
from ..tensor import Tensor

__all__ = [
    "as_tensor",
    "cautions",
    "from_numpy",
    "new_empty",
    "new_full",
    "new_ones",
    "new_tensor",
    "new_zeros",
]


def new_zeros(like: Tensor, *size: Any, **options: Any) -> Tensor:
    return creation.zeros(*size, **_of_dtype(like, options))


def new_ones(like: Tensor, *size: Any, **options: Any) -> Tensor:
    return creation.ones(*size, **_of_dtype(like, options))


def new_empty(like: Tensor, *size: Any, **options: Any) -> Tensor:
    return creation.empty(*size, **_of_dtype(like, options))


def new_full(like: Tensor, size: Any, fill_value: Any, **options: Any) -> Tensor:
    return creation.full(size, fill_value, **_of_dtype(like, options))


def new_tensor(like: Tensor, data: Any, **options: Any) -> Tensor:
    cautions.of_tensor_copied(data, "tensor.new_tensor")
    values = data.array if isinstance(data, Tensor) else data
    return creation.tensor(values, **_of_dtype(like, options))


def _of_dtype(like: Tensor, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the dtype of `like` where none is named."""
    named = options.get("dtype")
    return {**options, "dtype": like.dtype if named is None else named}
