"""Elements that repeat: as views in which they share memory, or as copies."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import reading_value
from ..primitives import copies, views
from ..tensor import Size, Tensor, tensor_of
from .arguments import require_tensor
from .dimensions import axis_of
from .gathering import index_select
from .shape import reshape, unsqueeze
from .sizes import NOT_GIVEN, integer, integers

Shape = tuple[int, ...]


def expand(input: Tensor, size: Sequence[int]) -> Tensor:
    """Broadcast to a shape without copying; -1 keeps a dimension's size.

    >>> import minigrad as torch
    >>> torch.tensor([[1], [2]]).expand(-1, 3)
    tensor([[1, 1, 1],
            [2, 2, 2]])
    """
    sizes, own = integers(size, "size", "expand"), input.array.shape
    added = len(sizes) - len(own)
    if added < 0:
        raise RuntimeError(
            f"expand({input.type()}{{{list(own)}}}, size={list(sizes)}): the number of sizes "
            f"provided ({len(sizes)}) must be greater or equal to the number of dimensions in the "
            f"tensor ({len(own)})"
        )
    shape = list(sizes)
    for axis in reversed(range(len(sizes))):
        known = own[axis - added] if axis >= added else 1
        if sizes[axis] == -1 and axis >= added:
            shape[axis] = known
        elif sizes[axis] < 0 and axis < added:
            raise RuntimeError(
                f"The expanded size of the tensor ({sizes[axis]}) isn't allowed in a leading, "
                f"non-existing dimension {axis}"
            )
        elif known not in (1, sizes[axis]) or sizes[axis] < 0:
            raise RuntimeError(
                f"The expanded size of the tensor ({sizes[axis]}) must match the existing size "
                f"({known}) at non-singleton dimension {axis}.  Target sizes: {list(sizes)}.  "
                f"Tensor sizes: {list(own)}"
            )
    try:
        return views.expand(input, shape=tuple(shape))
    except ValueError as error:  # NumPy counts the bytes, as if each element had its own
        raise RuntimeError(f"expand to {shape}: integer multiplication overflow") from error


def broadcast_to(input: Tensor, size: Sequence[int]) -> Tensor:
    """`expand` under its other name.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.broadcast_to(torch.tensor([1, 2]), (2, 2))
    tensor([[1, 2],
            [1, 2]])
    """
    require_tensor(input, "broadcast_to")
    return expand(input, integers(size, "size", "broadcast_to"))


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    """Tensors expanded to the one shape that they broadcast to; those that have it as they are.

    Examples
    --------
    >>> import minigrad as torch
    >>> a, b = torch.broadcast_tensors(torch.tensor([[1], [2]]), torch.tensor([3, 4]))
    >>> a, b
    (tensor([[1, 1],
            [2, 2]]), tensor([[3, 4],
            [3, 4]]))
    """
    _require_tensors(tensors)
    shape: Shape = ()
    for each in tensors:
        shape = broadcast_shape(shape, each.array.shape)
    return tuple(
        each if each.array.shape == shape else views.expand(each, shape=shape) for each in tensors
    )


def _require_tensors(tensors: Sequence[Any]) -> None:
    for position, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {position} in argument 0, but got "
                f"{type(each).__name__}"
            )


def meshgrid(*tensors: Any, indexing: str | None = None) -> tuple[Tensor, ...]:
    """The coordinates of the points of a grid: for each axis a tensor of the grid's shape.

    Parameters
    ----------
    tensors : Tensor
        The positions along each axis, of one dtype and at most one dimension; a list of them, too.
    indexing : str
        ``'ij'`` for dimensions in the order of the tensors, as by default, ``'xy'`` for the first
        two of them the other way round, as in images.

    Examples
    --------
    >>> import minigrad as torch
    >>> x, y = torch.tensor([1, 2, 3]), torch.tensor([10, 20])
    >>> torch.meshgrid(x, y, indexing="xy")
    (tensor([[1, 2, 3],
            [1, 2, 3]]), tensor([[10, 10, 10],
            [20, 20, 20]]))
    """
    given = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors
    _require_tensors(given)
    _check_grid(given, indexing)
    axes = list(range(len(given)))
    if indexing == "xy":
        axes[:2] = reversed(axes[:2])
    shape = tuple(given[axis].array.size for axis in axes)
    grids = []
    for axis, each in zip(axes, given, strict=True):
        line = [1] * len(given)
        line[axis] = each.array.size
        grids.append(views.expand(views.reshape(each, shape=tuple(line)), shape=shape))
    return tuple(grids)


def _check_grid(tensors: Sequence[Tensor], indexing: Any) -> None:
    """Raise unless the tensors can be the axes of a grid; warn where the order is not said."""
    if indexing is None:
        warnings.warn(
            "meshgrid: in an upcoming release of PyTorch it will be required to pass the "
            "indexing argument",
            stacklevel=3,
        )
    elif not isinstance(indexing, str):
        raise TypeError(
            f"meshgrid(): argument 'indexing' must be str, not {type(indexing).__name__}"
        )
    elif indexing not in ("ij", "xy"):
        raise RuntimeError(
            f'meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    for each in tensors:
        if each.array.ndim > 1:
            raise RuntimeError(
                "meshgrid: Expected 0D or 1D tensor in the tensor list but got: "
                f"{list(each.array.shape)}"
            )
        if each.array.dtype != tensors[0].array.dtype:
            raise RuntimeError("meshgrid expects all tensors to have the same dtype")


def broadcast_shapes(*shapes: Sequence[int] | int | None) -> Size:
    """The shape that tensors of these shapes broadcast to; None stands for none.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.broadcast_shapes((5, 1), (4,), ())
    minigrad.Size([5, 4])
    """
    given = [(each,) if isinstance(each, int) else each for each in shapes if each is not None]
    for shape in given:
        if not isinstance(shape, Sequence):
            raise RuntimeError(
                "Input shapes should be of type ints, a tuple of ints, or a list of ints, got "
                f"{shape}"
            )
    found = [1] * max(map(len, given), default=0)
    for position, shape in enumerate(given):
        for place in range(-1, -1 - len(shape), -1):
            size = shape[place]
            if size in (1, found[place]):
                continue
            if found[place] != 1:
                raise RuntimeError(
                    f"Attempting to broadcast a dimension of length {size} at {place}! "
                    f"Mismatching argument at index {position} had {shape}; but expected shape "
                    f"should be broadcastable to {found}"
                )
            if size < 0:
                raise ValueError("Attempting to broadcast a dimension with negative length!")
            found[place] = size
    return Size(found)


def repeat(input: Tensor, repeats: Sequence[int]) -> Tensor:
    """The whole tensor so many times along each dimension: a copy."""
    counts = integers(repeats, "repeats", "repeat")
    added = len(counts) - input.array.ndim
    if added < 0:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            "tensor"
        )
    own = (1,) * added + input.array.shape
    shape = tuple(count * n for count, n in zip(counts, own, strict=True))
    for size in shape:
        if size < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {size}: {list(shape)}"
            )
    if all(count == 1 for count in counts):
        return copies.clone(reshape(input, own), named="RepeatBackward0")
    if 0 in counts:  # nothing of it is left: its gradient is zeros without a history
        input = copies.overwrite(input, input.detach())
    apart = views.reshape(input, shape=tuple(size for n in own for size in (1, n)))
    counts = tuple(max(count, 0) for count in counts)  # of a size of 0 they may be negative
    stretched = tuple(size for pair in zip(counts, own, strict=True) for size in pair)
    copied = copies.clone(views.expand(apart, shape=stretched))
    return views.reshape_own(copied, shape, "RepeatBackward0")


def tile(input: Tensor, dims: Sequence[int]) -> Tensor:
    """`repeat`, in which missing leading counts are 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.tile(torch.tensor([[1, 2]]), (2,))
    tensor([[1, 2, 1, 2]])
    >>> torch.tile(torch.tensor([1, 2]), (2, 1))
    tensor([[1, 2],
            [1, 2]])
    """
    require_tensor(input, "tile")
    counts = integers(dims, "dims", "tile")
    return repeat(input, (1,) * (input.array.ndim - len(counts)) + counts)


def repeat_interleave(
    input: Any = NOT_GIVEN,
    repeats: int | Tensor = NOT_GIVEN,
    dim: int | None = None,
    *,
    output_size: int | None = None,
) -> Tensor:
    """Each element so many times in a row; of all elements in one dimension if `dim` is None.

    `repeats` is one number for all, or a tensor with one for each. Given alone, such a tensor
    says how often each of 0, 1, 2, ... comes.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[1, 2], [3, 4]])
    >>> torch.repeat_interleave(x, 2)
    tensor([1, 1, 2, 2, 3, 3, 4, 4])
    >>> torch.repeat_interleave(x, torch.tensor([1, 2]), dim=0)
    tensor([[1, 2],
            [3, 4],
            [3, 4]])
    """
    if input is NOT_GIVEN:
        input, repeats = repeats, NOT_GIVEN
    require_tensor(input, "repeat_interleave")
    if output_size is not None:
        output_size = integer(output_size, "output_size", "repeat_interleave")
    if repeats is NOT_GIVEN:
        if dim is not None:
            raise TypeError("repeat_interleave(): argument 'dim' needs an argument 'repeats'")
        return _places(input, output_size)
    if dim is None:
        input, dim = reshape(input, (-1,)) if input.array.size else reshape(input, (0,)), 0
    if isinstance(repeats, Tensor) and repeats.array.ndim > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    axis = axis_of(input, dim)
    if isinstance(repeats, Tensor):
        return _interleaved(input, repeats, axis, output_size)
    count = integer(repeats, "repeats", "repeat_interleave", size=True)
    if count < 0:
        raise RuntimeError("Repeats must be non-negative")
    shape = list(input.array.shape)
    if output_size not in (None, count * shape[axis]):
        raise RuntimeError(
            f"repeat_interleave: Invalid output_size, expected {count * shape[axis]} but got "
            f"{output_size}"
        )
    beside = unsqueeze(input, axis + 1)
    copied = copies.clone(
        views.expand(beside, shape=(*shape[: axis + 1], count, *shape[axis + 1 :]))
    )
    shape[axis] *= count
    return views.reshape(copied, shape=tuple(shape))


def _interleaved(x: Tensor, repeats: Tensor, axis: int, output_size: int | None) -> Tensor:
    size = x.array.shape[axis]
    if repeats.array.size == 1:
        repeats = views.expand(reshape(repeats, (1,)), shape=(size,))
    elif repeats.array.size != size:
        raise RuntimeError(
            "repeats must have the same size as input along dim, but got repeats.size(0) = "
            f"{repeats.array.size} and input.size({axis}) = {size}"
        )
    return index_select(x, axis, _places(repeats, output_size))


def _places(repeats: Tensor, output_size: int | None) -> Tensor:
    """Each place so many times in a row, which together must be as many as were said."""
    counts = repeats.array
    if counts.dtype not in (np.int32, np.int64):
        name = repeats.dtype.scalar_type
        raise NotImplementedError(f"\"repeat_interleave_cpu\" not implemented for '{name}'")
    if counts.ndim != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    if output_size is not None and output_size < 0:
        raise RuntimeError(
            f"Trying to create tensor with negative dimension {output_size}: [{output_size}]"
        )
    # The result's shape depends on the counts.
    reading_value("repeat_interleave with a tensor of repeats")
    if counts.size and counts.min() < 0:
        raise RuntimeError("repeats can not be negative")
    if output_size not in (None, counts.sum()):
        raise RuntimeError("allocated size does not match required size")
    return tensor_of(np.repeat(np.arange(counts.size), counts))
