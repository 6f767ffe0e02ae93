"""Elements put at their place along one dimension, or added to what is there."""

from __future__ import annotations

from typing import Any

from ..autograd import edge_to
from ..grad_mode import mode
from ..primitives import gathering, picking
from ..tensor import Array, Number, Tensor
from .arguments import number, require_tensor
from .arithmetic import NO_DERIVATIVE
from .dimensions import axis_of
from .filling import filling
from .gathering import places_of
from .promotion import as_tensor_of
from .shape import reshape


def scatter(
    input: Tensor,
    dim: int,
    index: Tensor,
    *given: Tensor | Number,
    src: Tensor | None = None,
    value: Number | None = None,
    reduce: str | None = None,
) -> Tensor:
    """The input with the source's elements put at an index along a dimension.

    The source is a tensor, `src`, or a number, `value`; by position it may be either.
    With `reduce`, "add" or "multiply", they are combined with what is there, one after the other;
    the result has no gradient then: `backward` raises, as in PyTorch.

    Examples
    --------
    >>> import minigrad as torch
    >>> index = torch.tensor([[0, 2]])
    >>> torch.scatter(torch.zeros(1, 3), 1, index, torch.tensor([[1.0, 2.0]]))
    tensor([[1., 0., 2.]])
    >>> torch.scatter(torch.ones(3), 0, torch.tensor([1, 1]), 4.0, reduce="multiply")
    tensor([ 1., 16.,  1.])
    """
    require_tensor(input, "scatter")
    require_tensor(index, "scatter", "index", 3)
    if reduce is not None and not isinstance(reduce, str):
        raise TypeError(f"scatter(): argument 'reduce' must be str, not {type(reduce).__name__}")
    sources: list[Any] = [*given, *(each for each in (src, value) if each is not None)]
    if len(sources) != 1:
        raise TypeError(f"scatter() takes either src or value, got {len(sources)} of them")
    if src is not None:
        require_tensor(src, "scatter", "src", 4)
    axis = axis_of(input, dim)
    if isinstance(sources[0], Tensor) and value is None:
        places, source = _source(input, index, sources[0], axis)
        named = "ScatterBackward0"
    else:
        places = places_of(input, index, axis, "scatter", "self")
        constant = number(sources[0], "scatter", "value", 4)
        constant = filling(constant, input.dtype, "scatter(): value")
        source, named = as_tensor_of(constant, input.dtype), "ScatterBackward1"
    if reduce is None:
        return gathering.scatter(
            input, source, watched=[index], named=named, axis=axis, index=places
        )
    if reduce not in ("add", "multiply"):
        raise RuntimeError(f"reduce argument must be either add or multiply, got {reduce!r}")
    return gathering.scatter_combined(
        input, source, named=NO_DERIVATIVE, axis=axis, index=places, reduce=reduce
    )


def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """The input with the source's elements added at an index along a dimension.

    Examples
    --------
    >>> import minigrad as torch
    >>> index = torch.tensor([0, 0, 2])
    >>> torch.scatter_add(torch.zeros(3), 0, index, torch.tensor([1.0, 2.0, 3.0]))
    tensor([3., 0., 3.])
    """
    require_tensor(input, "scatter_add")
    require_tensor(index, "scatter_add", "index", 3)
    require_tensor(src, "scatter_add", "src", 4)
    axis = axis_of(input, dim)
    places, source = _source(input, index, src, axis)
    # The input's gradient does without it.
    watched = [index] if mode.grad_enabled and edge_to(source) is not None else []
    return gathering.scatter_add(input, source, watched=watched, axis=axis, index=places)


def _source(x: Tensor, index: Tensor, source: Tensor, axis: int) -> tuple[Array, Tensor]:
    """The places that an index names, and the part of a source that is put there."""
    if source.array.dtype != x.array.dtype:
        raise RuntimeError("scatter(): Expected self.dtype to be equal to src.dtype")
    places = places_of(x, index, axis, "scatter", "self")
    shape, own = index.array.shape, source.array.shape
    if not index.array.size:
        return places, reshape(reshape(source, (source.array.size,))[:0], shape)
    if len(shape or (1,)) != len(own or (1,)):
        raise RuntimeError("Index tensor must have the same number of dimensions as src tensor")
    if any(size > limit for size, limit in zip(shape, own or (1,), strict=False)):
        raise RuntimeError(
            f"Expected index {list(shape)} to be no larger than self {list(x.array.shape)} apart "
            f"from dimension {axis} and to be no larger size than src {list(own)}"
        )
    if shape == own or not own:
        return places, source
    if not shape:
        return places, reshape(source[:1], ())
    return places, picking.slice_(source, key=tuple(slice(size) for size in shape))
