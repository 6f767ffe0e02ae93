"""Which axes do the dimensions mean that a caller names?"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .sizes import NOT_GIVEN, dimensions, require_int64

if TYPE_CHECKING:
    from ..tensor import Tensor

Shape = tuple[int, ...]
Dims = int | Sequence[int] | None


class _Ungiven:
    """Stands for a `dim` that the caller left out, where PyTorch tells that from None."""

    def __repr__(self) -> str:
        return "<all dimensions>"


ALL: Any = _Ungiven()


def axis_of(x: Tensor, dim: Any, extra: int = 0) -> int:
    """A dimension as a position from the left."""
    if type(dim) is not int:
        dim = require_one(dim)
    ndim = max(x.array.ndim + extra, 1)
    if not -ndim <= dim < ndim:
        require_int64(dim)
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], "
            f"but got {dim})"
        )
    return dim % ndim


def axes_of(x: Tensor, dim: Any) -> Shape:
    """Dimensions as positions from the left; None, or a sequence of none, means all."""
    if dim is None or dim is ALL or (isinstance(dim, (tuple, list)) and not dim):
        return tuple(range(x.array.ndim))
    several = isinstance(dim, (tuple, list))
    axes: list[int] = []
    for each in dimensions(dim, "dim") if several else [_whole(dim, "tuple of ints")]:
        axis = axis_of(x, each)
        if axis in axes:
            raise RuntimeError(f"dim {axis} appears multiple times in the list of dims")
        axes.append(axis)
    return tuple(axes) if x.array.ndim else ()


def require_dims(dim: Any) -> None:
    """Raise unless these can be dimensions, of whatever tensor."""
    if isinstance(dim, (tuple, list)):
        dimensions(dim, "dim")
    elif dim is not None and dim is not ALL:
        _whole(dim, "tuple of ints")


def one_or_several(dim: Any) -> Any:
    """Dimensions of a function that takes an int as well as a tuple: what is no tuple is one."""
    named = dim is not None and dim is not ALL and not isinstance(dim, (tuple, list))
    return require_one(dim) if named else dim


def alone(dim: Any) -> Any:
    """A dimension that comes without a tuple as an int: methods take tensors of one element."""
    named = dim is not None and dim is not ALL and not isinstance(dim, (tuple, list))
    return _whole(dim, "tuple of ints") if named else dim


def require_bool(value: object, function: str, name: str, position: int = 0) -> None:
    """Raise unless `value` is a bool; PyTorch names the position of what it got by one."""
    if not isinstance(value, bool):
        place = f" (position {position})" if position else ""
        raise TypeError(
            f"{function}(): argument '{name}'{place} must be bool, not {type(value).__name__}"
        )


def require_keepdim(keepdim: object, function: str) -> None:
    """Raise unless `keepdim` is a bool."""
    require_bool(keepdim, function, "keepdim")


def keepdim_beside(dim: object, keepdim: Any, function: str) -> bool:
    """Whether dimensions stay; raise if that is said without a `dim`, be it None."""
    if keepdim is NOT_GIVEN:
        return False
    require_keepdim(keepdim, function)
    if dim is ALL:
        raise TypeError(f"{function}(): argument 'keepdim' needs an argument 'dim', got none")
    return keepdim  # type: ignore[no-any-return]


def require_one(dim: Any, argument: str = "argument 'dim'") -> int:
    """The dimension as an int: it may be a tensor of int64 without dimensions, and no array."""
    is_array = isinstance(dim, np.ndarray) or getattr(dim, "ndim", 0) > 0
    if is_array or (hasattr(dim, "item") and "int" not in str(dim.dtype)):
        raise TypeError(f"{argument} must be int, not {type(dim).__name__}")
    return _whole(dim, "int", argument)


def _whole(dim: Any, expected: str, argument: str = "argument 'dim'") -> int:
    if not isinstance(dim, bool):
        try:
            return operator.index(dim)
        except TypeError:
            pass
    raise TypeError(f"{argument} must be {expected}, not {type(dim).__name__}")
