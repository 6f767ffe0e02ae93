"""What does `Tensor(...)` make of sizes, data or a tensor, as scripts older than `tensor` call it?

`Tensor` in other modules is a type; what wraps arrays there is `tensor_of`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import devices, dtypes
from ..functions.sizes import is_size, wrong_size
from ..size import Size
from ..tensor import Array, Kind, Tensor, tensor_of
from .constants import empty
from .data import as_tensor


def constructed(
    kind: type[Kind],
    given: tuple[Any, ...],
    named: dict[str, Any],
    dtype: dtypes.dtype | None = None,
) -> Kind:
    """A tensor of a class, and of a dtype if that is named, from what was given in the call."""
    has_device = "device" in named
    _require_cpu(named.pop("device", None))
    meant, value = _meaning(given, named)
    if meant == "other":
        if has_device:
            raise RuntimeError(
                "Legacy tensor constructor of the form Tensor(tensor, device=device) is not "
                "supported. Use tensor(...) or as_tensor(...) instead."
            )
        if dtype is not None and value.dtype is not dtype:
            raise TypeError(f"new(): expected a tensor of {dtype.name}, got {value.dtype.name}")
        return _alias(kind, value)
    dtype = dtype or dtypes.get_default_dtype()
    if meant == "size":
        return tensor_of(_unwritten(value, dtype), False, kind)
    _require_sequence(value)
    return tensor_of(as_tensor(value, dtype=dtype).array, False, kind)


def _meaning(given: tuple[Any, ...], named: dict[str, Any]) -> tuple[str, Any]:
    """Which of its arguments PyTorch takes what is given for."""
    if not given and len(named) == 1:
        ((name, value),) = named.items()
        kinds: dict[str, Any] = {"other": Tensor, "size": (tuple, list), "data": object}
        if name in kinds and isinstance(value, kinds[name]):
            return name, value
    elif not named:
        first = given[0] if given else 0
        if len(given) == 1 and isinstance(first, Tensor):
            return "other", first
        if is_size(first):
            return "size", given or (0,)
        if len(given) == 1:
            return ("size" if isinstance(first, Size) else "data"), first
    found = [type(each).__name__ for each in given]
    found += [f"{name}={type(each).__name__}" for name, each in named.items()]
    raise TypeError(
        "new() received an invalid combination of arguments - got "
        f"({', '.join(found)}), but expected sizes, a sequence of data, or one tensor"
    )


def _require_cpu(device: Any) -> None:
    kind = "cpu" if device is None else devices.device(device).type
    if kind != "cpu":
        raise RuntimeError(
            f"legacy constructor expects device type: cpu but device type: {kind} was passed"
        )


def _unwritten(size: Sequence[Any], dtype: dtypes.dtype) -> Array:
    wrong = wrong_size(size)
    if wrong is not None:
        raise TypeError(
            f"new(): argument 'size' failed to unpack the object at pos {wrong + 1} with error "
            f'"type must be tuple of ints,but got {type(size[wrong]).__name__}"'
        )
    return empty(tuple(size), dtype=dtype).array


def _require_sequence(data: Any) -> None:
    sequence = hasattr(data, "__len__") and hasattr(data, "__iter__")
    if not sequence or isinstance(data, (Tensor, dict, set)):
        raise TypeError(f"new(): data must be a sequence (got {type(data).__name__})")


def _alias(kind: type[Kind], other: Tensor) -> Kind:
    """A view of all of a tensor, as one of a class."""
    view = other[...]
    alias = tensor_of(view.array, view._requires_grad, kind)
    alias._node, alias._base, alias._version_cell = view._node, view._base, view._version_cell
    return alias
