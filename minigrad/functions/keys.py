"""What does x[key] mean? A view first, then arrays for some of the view's dimensions.

Integers, slices, None and Ellipsis say which view; integers are applied before any array, so
x[0, :, [1, 2]] is x[0][:, [1, 2]]. (NumPy would treat that 0 as an array.) Arrays that stand side
by side leave their dimensions where they were; if slices separate them, they go first.
"""

from __future__ import annotations

import warnings
from operator import index
from typing import Any, NamedTuple

import numpy as np

from .. import arrays
from ..dtypes import uint8
from ..launch import empty, launch, reading_value
from ..primitives.elementwise import elementwise
from ..site import users_level
from ..tensor import Array, Tensor, tensor_of
from .sizes import OVERFLOW, require_int64

Shape = tuple[int, ...]

KINDS = (
    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
    "indices (got {})"
)


INDICES = frozenset(np.dtype(name) for name in ("int64", "int32", "uint8", "bool"))


class Key(NamedTuple):
    """A key in two steps."""

    view: tuple[Any, ...] | None  # integers, slices, None, Ellipsis; None: there is nothing to do
    arrays: tuple[Any, ...]  # for each dimension of the view a slice or an array; may be empty
    watched: tuple[Tensor, ...]  # tensors that the arrays are of


def parse(key: Any, shape: Shape) -> Key:
    """What a key means for a tensor of a shape; an IndexError if it means nothing."""
    if shape and (type(key) is slice or (type(key) is int and -shape[0] <= key < shape[0])):
        part = _slice(key, shape[0]) if type(key) is slice else key
        return Key((part, ...), (), ())  # most keys, which what follows would take 3 µs for
    parts = tuple(map(_known, _parts(key)))
    consumed = sum(map(_dimensions, parts))
    if not shape and isinstance(key, (int, np.integer)) and not isinstance(key, bool):
        require_int64(int(key))
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
            "`tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
        )
    if consumed > len(shape):
        if isinstance(key, slice):
            _slice(key, 0)  # what is wrong in it comes first
            raise IndexError("slice() cannot be applied to a 0-dim tensor.")
        raise IndexError(f"too many indices for tensor of dimension {len(shape)}")
    return _split(parts, shape, len(shape) - consumed)


def _parts(key: Any) -> tuple[Any, ...]:
    """The parts of a key; a short list counts as a tuple if something in it is no number."""
    if isinstance(key, tuple):
        return key
    if isinstance(key, list) and len(key) < 32:
        kinds = (Tensor, list, tuple, range, np.ndarray, slice, str)
        if any(part is None or part is ... or isinstance(part, kinds) for part in key):
            warnings.warn(
                "Using a non-tuple sequence for multidimensional indexing is deprecated: use "
                "x[tuple(seq)] instead of x[seq], or x[minigrad.tensor(seq)]",
                stacklevel=users_level(),
            )
            return tuple(key)
    return (key,)


def _known(part: Any) -> Any:
    """A part as int, bool, slice, None, Ellipsis, Tensor or array; text is refused later."""
    if part is None or part is ... or isinstance(part, (bool, int, slice, str, bytes)):
        return part
    if isinstance(part, Tensor):
        if part.array.ndim == 0 and part.array.dtype.kind in "biu":
            return part.item() if part.array.dtype != np.uint8 else bool(part.item())
        if part.array.dtype not in INDICES:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        return part if part.array.dtype != np.uint8 else _mask_of_bytes(part)
    if isinstance(part, np.integer):
        return int(part)
    if isinstance(part, (list, tuple, range, np.ndarray)):
        found = _array(part)
        return found if found.ndim else found.item()
    kind = type(part)
    name = kind.__name__ if kind.__module__ != "numpy" else f"numpy.{kind.__name__}"
    raise IndexError(KINDS.format(name))


def _array(sequence: Any) -> Array:
    """The indices or the mask of a sequence, in memory that the step knows as its own."""
    if isinstance(sequence, (list, tuple)):
        sequence = [_number(x) if isinstance(x, (Tensor, list, tuple)) else x for x in sequence]
    try:
        values = np.asarray(sequence)
    except ValueError as error:
        raise ValueError(f"an index is not rectangular: {error}") from None
    if values.dtype.kind == "O" and all(isinstance(each, int) for each in values.flat):
        raise ValueError(OVERFLOW)
    if values.dtype.kind == "O":
        raise RuntimeError(f"Could not infer dtype of {type(values.flat[0]).__name__}")
    if values.size and values.dtype.kind not in "biuf":
        raise TypeError(f"an index must be made of integers or bools, got {sequence!r}")
    if values.dtype == np.uint8:
        _warn_of_bytes()
    dtype = np.bool_ if values.dtype == np.uint8 or values.dtype.kind == "b" else np.int64
    return _own(values if values is sequence else values.tolist(), values.shape, dtype)


def _mask_of_bytes(values: Tensor) -> Tensor:
    """A mask, in memory that the step knows as its own: it holds where a byte is not 0.

    A gradient notices a change of the bytes that it is of.
    """
    _warn_of_bytes()
    mask = tensor_of(elementwise(_is_not_zero, values.array, dtype=np.bool_))
    mask._version_cell = values._version_cell
    return mask


def _is_not_zero(values: Array, out: Array) -> None:
    np.not_equal(values, 0, out)


def _warn_of_bytes() -> None:
    warnings.warn(
        "indexing with dtype minigrad.uint8 is now deprecated, please use a dtype minigrad.bool "
        "instead.",
        stacklevel=users_level(),
    )


def _number(part: Any) -> Any:
    """A tensor in a sequence as the number that it is; so those of a sequence inside."""
    if isinstance(part, (list, tuple)):
        return [_number(each) for each in part]
    if not isinstance(part, Tensor):
        return part
    if part.array.size != 1 or part.array.dtype.kind == "f":
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return part.item()


def _own(values: Any, shape: Shape, dtype: Any) -> Array:
    out = empty(shape, dtype)
    try:
        launch(arrays.assign, values, out)
    except OverflowError:
        raise ValueError(OVERFLOW) from None
    return out


def _dimensions(part: Any) -> int:
    """How many dimensions of the tensor a part is for."""
    if part is None or part is ... or isinstance(part, bool):
        return 0
    array = part.array if isinstance(part, Tensor) else part
    return array.ndim if isinstance(array, np.ndarray) and array.dtype.kind == "b" else 1


def _split(parts: tuple[Any, ...], shape: Shape, left: int) -> Key:
    """The view and the arrays; an Ellipsis, or the end, stands for what is left.

    Each of several stands for as many, as in PyTorch, so what follows them may lie beyond the last
    dimension.
    """
    rank = len(shape)
    view: list[Any] = []
    after: list[Any] = []  # for the dimensions of the view
    watched: list[Tensor] = []
    axis = 0
    for part in parts:
        if part is ...:
            known = min(left, rank - axis) if axis < rank else 0
            view += [slice(None)] * known
            after += [slice(None)] * known
            axis += left
        elif axis >= rank and _is_beyond(part, axis, rank):
            axis += 1
        elif part is None:
            view.append(None)
            after.append(slice(None))
        elif isinstance(part, bool):
            view.append(None)
            after.append(_own(0, (1 if part else 0,), np.int64))
            watched.append(tensor_of(after[-1]))
        elif isinstance(part, int):
            if not -shape[axis] <= part < shape[axis]:
                raise _outside(part, axis, shape[axis])
            view.append(part)
            axis += 1
        elif isinstance(part, slice):
            view.append(_slice(part, shape[axis]))
            after.append(slice(None))
            axis += 1
        elif isinstance(part, (str, bytes)):
            raise TypeError(f"new(): invalid data type '{type(part).__name__}'")
        else:
            kept = part if isinstance(part, Tensor) else tensor_of(part)
            watched.append(kept)  # also what only looks like one: it is given up after a backward
            count = _dimensions(kept)
            view += [slice(None)] * count
            after.append(kept.array)
            axis += count
    if 0 in shape or any(map(_picks_nothing, view)):  # any place will do
        after = [_first_places(each) for each in after]
    if all(isinstance(each, slice) for each in after):
        after = []
    whole = bool(after) and all(each == slice(None) for each in view)
    return Key(None if whole else (*view, ...), tuple(after), tuple(watched))


def _is_beyond(part: Any, axis: int, rank: int) -> bool:
    """Whether a part is a slice behind the last dimension; an error if it is more than that."""
    count = _dimensions(part)
    if axis + count <= rank or isinstance(part, (str, bytes)):
        return False
    if isinstance(part, int) and not isinstance(part, bool):
        raise _outside(part, axis, 0)
    whole = isinstance(part, slice) and _slice(part, 0) == slice(None) and not part.start
    if not whole or (part.stop is not None and part.stop < 0):
        raise IndexError(
            f"too many indices for tensor of dimension {rank}: behind several ... one is for "
            f"dimension {axis}"
        )
    return True


def _outside(place: int, dimension: int, size: int) -> Exception:
    require_int64(place)
    return IndexError(f"index {place} is out of bounds for dimension {dimension} with size {size}")


def _slice(part: slice, size: int) -> slice:
    start, stop, step = part.indices(size)
    if step < 0:
        raise ValueError("step must be greater than zero")
    whole = start == 0 and stop == size and step == 1
    if whole and (part.start is None or index(part.start) >= 0):  # else PyTorch makes a view
        return slice(None)
    return slice(start, max(start, stop), step)


def _picks_nothing(part: Any) -> bool:
    return isinstance(part, slice) and part.start is not None and part.start == part.stop


def _first_places(part: Any) -> Any:
    """As many places as an array of integers names, each of them the first."""
    if isinstance(part, slice) or part.dtype.kind != "i":
        return part
    return _own(0, part.shape, np.int64)


def check_masks(key: tuple[Any, ...], shape: Shape) -> None:
    """Raise unless the masks of a key fit a tensor of a shape."""
    axis = 0
    for part in key:
        if isinstance(part, slice) or part.dtype.kind != "b":
            axis += 1
            continue
        for k, size in enumerate(part.shape):
            if size != shape[axis + k]:
                raise IndexError(
                    f"The shape of the mask {list(part.shape)} at index {k} does not match the "
                    f"shape of the indexed tensor {list(shape)} at index {axis + k}"
                )
        axis += part.ndim


def check_bytes(key: Any, value: Any) -> None:
    """Raise where one number is assigned by a single array of bytes, which PyTorch refuses."""
    if isinstance(value, Tensor) and value.array.size != 1:
        return
    parts = key if isinstance(key, (tuple, list)) else (key,)
    picking = [
        each
        for each in parts
        if isinstance(each, (bool, list, Tensor, np.ndarray)) and getattr(each, "ndim", True)
    ]
    if len(picking) == 1 and getattr(picking[0], "dtype", None) in (np.uint8, uint8):
        raise RuntimeError(
            "masked_fill_ only supports boolean masks, but got mask with dtype unsigned char"
        )


def picked_shape(key: tuple[Any, ...], shape: Shape) -> Shape:
    """The shape of what the arrays and slices of a key pick from a tensor of a shape."""
    left, sizes, places = iter(shape), [], []
    shapes: list[Shape] = []
    for position, part in enumerate(key):
        if isinstance(part, slice):
            sizes.append(next(left))
            continue
        places.append(position)
        is_mask = part.dtype.kind == "b"
        shapes += [_true(part)] * part.ndim if is_mask else [part.shape]
        for _ in range(part.ndim if is_mask else 1):
            next(left)
    try:
        block = np.broadcast_shapes(*shapes)
    except ValueError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + ", ".join(str(list(each)) for each in shapes)
        ) from None
    side_by_side = places[-1] - places[0] == len(places) - 1
    first = places[0] if side_by_side else 0
    return (*sizes[:first], *block, *sizes[first:], *left)


def _true(mask: Array) -> Shape:
    """The shape of the indices that a mask stands for: it depends on values."""
    reading_value("indexing with a mask")
    return (int(np.count_nonzero(mask)),)
