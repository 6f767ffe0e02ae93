"""Operations that take elements from places, or put them there."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ....tensor import Tensor
from ...printed import Key
from .conditions import Strategies, boolean, broadcast, full, numeric, places, scalar
from .operation import Operation, functions_and_methods, register


def _slices(side: int) -> st.SearchStrategy[slice]:
    bounds = st.none() | st.integers(-side, side)
    return st.builds(slice, bounds, bounds, st.none() | st.integers(1, 2))


def _keys(tensor: Tensor) -> st.SearchStrategy[Any]:
    """What NumPy calls basic indexing: numbers and slices, an ellipsis, a new dimension."""
    parts = []
    for side in tensor.shape:
        number = st.integers(-side, side - 1) if side else st.nothing()
        parts.append(number | _slices(side))
    leading = st.integers(1, len(parts)).flatmap(lambda count: st.tuples(*parts[:count]))
    last = parts[-1].map(lambda part: (..., part))
    new = parts[0].map(lambda part: (None, part))
    return (leading | last | new).map(Key)


def _key(tensor: Tensor) -> Strategies:
    return {"key": _keys(tensor)}


def _key_and_number(tensor: Tensor) -> Strategies:
    return {"key": _keys(tensor), "number": scalar(tensor)}


def _one_place(tensor: Tensor) -> Strategies:
    which = st.integers(0, tensor.ndim - 1)
    return {
        "place": which.flatmap(
            lambda at: st.tuples(st.just(at), st.integers(-tensor.shape[at], tensor.shape[at] - 1))
        )
    }


def _some_places(tensor: Tensor) -> Strategies:
    """A dimension, and places along it."""
    which = st.integers(0, tensor.ndim - 1)
    return {"where": which.flatmap(lambda at: st.tuples(st.just(at), places(tensor.shape[at])))}


def _part(tensor: Tensor) -> Strategies:
    """A dimension, a start and a length."""

    @st.composite
    def parts(draw: Any) -> tuple[int, int, int]:
        at = draw(st.integers(0, tensor.ndim - 1))
        start = draw(st.integers(0, tensor.shape[at] - 1))
        return at, start, draw(st.integers(0, tensor.shape[at] - start))

    return {"part": parts()}


def _rows(tensor: Tensor) -> Strategies:
    return {"rows": places(tensor.shape[0])}


def _index_of_its_shape(tensor: Tensor) -> Strategies:
    """A dimension, and an index for each element, as nested lists."""

    @st.composite
    def indices(draw: Any) -> tuple[int, Any]:
        at = draw(st.integers(0, tensor.ndim - 1))
        index = st.integers(0, tensor.shape[at] - 1)
        return at, _nested(draw, tensor.shape, index)

    return {"where": indices()}


def _nested(draw: Any, shape: tuple[int, ...], index: st.SearchStrategy[int]) -> Any:
    return [_nested(draw, shape[1:], index) for _ in range(shape[0])] if shape else draw(index)


def _index_and_number(tensor: Tensor) -> Strategies:
    return {**_index_of_its_shape(tensor), "number": scalar(tensor)}


def _index_of_the_first(x: Tensor, y: Tensor) -> Strategies:
    return _index_of_its_shape(x)


def _masked(x: Tensor, mask: Tensor) -> bool:
    return boolean(mask) and broadcast(x, mask)


def _of_one_kind(x: Tensor, y: Tensor) -> bool:
    return full(x) and x.shape == y.shape and x.dtype is y.dtype and x.numel() <= 12


def _not_large(x: Tensor) -> bool:
    return full(x) and x.numel() <= 12


INDEX = "{where[0]}, torch.tensor({where[1]})"
register(
    Operation("[key]", ("{0}[{key}]",), full, _key),
    Operation("[list]", ("{0}[{rows}]", "{0}[torch.tensor({rows})]"), full, _rows),
    Operation("[mask]", ("{0}[{1}]",), lambda x, mask: boolean(mask) and x.shape == mask.shape),
    *functions_and_methods("select", full, _one_place, ", *{place}"),
    *functions_and_methods("narrow", full, _part, ", *{part}"),
    *functions_and_methods("index_select", full, _some_places, f", {INDEX}"),
    *functions_and_methods("gather", _not_large, _index_of_its_shape, f", {INDEX}"),
    Operation(
        "take_along_dim",
        (
            "torch.take_along_dim({0}, torch.tensor({where[1]}), {where[0]})",
            "{0}.take_along_dim(torch.tensor({where[1]}), {where[0]})",
        ),
        _not_large,
        _index_of_its_shape,
    ),
    Operation(
        "scatter",
        (f"torch.scatter({{0}}, {INDEX}, {{number}})", f"{{0}}.scatter({INDEX}, {{number}})"),
        _not_large,
        _index_and_number,
    ),
    *functions_and_methods(
        "scatter_add",
        lambda x, y: numeric(x) and _of_one_kind(x, y),
        _index_of_the_first,
        f", {INDEX}, {{1}}",
    ),
    *functions_and_methods("masked_select", _masked, rest=", {1}"),
    *functions_and_methods("nonzero argwhere", jumps=True),
)
