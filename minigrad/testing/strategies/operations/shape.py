"""Operations that give the same elements in another shape, order or number."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from ....tensor import Tensor
from .conditions import (
    Strategies,
    along_dim,
    broadcast,
    dim,
    full,
    has_dims,
    one_shape,
    small,
    two_dims,
)
from .operation import Operation, functions_and_methods, register


def _reshaped(tensor: Tensor) -> Strategies:
    """Shapes with as many elements, -1 for a size that follows from the others."""
    count = tensor.numel()
    shapes = [(count,), (1, count), (count, 1), tuple(reversed(tensor.shape))]
    shapes += [(side, count // side) for side in (2, 3) if count and count % side == 0]
    shapes += [(-1,), (-1, 1)] if count else []
    return {"shape": st.sampled_from(shapes)}


def _permuted(tensor: Tensor) -> Strategies:
    return {"dims": st.permutations(range(tensor.ndim)).map(tuple)}


def _from_to(tensor: Tensor) -> Strategies:
    """Two dimensions in order."""
    last = max(tensor.ndim - 1, 0)
    ordered = st.tuples(st.integers(0, last), st.integers(0, last)).map(sorted)
    return {"dims": ordered}


def _new_dim(tensor: Tensor) -> Strategies:
    return {"dim": st.integers(-tensor.ndim - 1, tensor.ndim)}


def _expanded(tensor: Tensor) -> Strategies:
    """More dimensions in front, more elements where there is one."""
    sides = [st.sampled_from([side, 2, -1] if side == 1 else [side, -1]) for side in tensor.shape]
    front = st.sampled_from([(), (2,), (1,), (2,)])
    return {"shape": st.tuples(front, st.tuples(*sides)).map(lambda two: (*two[0], *two[1]))}


def _broadcasted(tensor: Tensor) -> Strategies:
    return {"shape": st.sampled_from([tuple(tensor.shape), (2, *tensor.shape)])}


def _times(tensor: Tensor) -> Strategies:
    counts = st.lists(st.integers(0, 2), min_size=tensor.ndim, max_size=tensor.ndim)
    return {"counts": counts.map(tuple)}


def _repeated(tensor: Tensor) -> Strategies:
    return {"count": st.integers(0, 2), "dim": dim(tensor)}


def _split(tensor: Tensor) -> Strategies:
    return {"size": st.integers(1, 3), "dim": dim(tensor)}


def _unflattened(tensor: Tensor) -> Strategies:
    sizes = st.sampled_from([(1, -1), (-1, 1)])
    return {"dim": st.integers(0, tensor.ndim - 1), "sizes": sizes}


def _shifted(tensor: Tensor) -> Strategies:
    return {"count": st.integers(-2, 2), "dim": dim(tensor)}


def _off_the_diagonal(tensor: Tensor) -> Strategies:
    return {"offset": st.integers(-1, 1)}


def _two_small(x: Tensor, y: Tensor) -> bool:
    return small(x) and small(y)


def _joinable(x: Tensor, y: Tensor) -> bool:
    return has_dims(x) and x.ndim == y.ndim and x.shape[1:] == y.shape[1:] and _two_small(x, y)


def _joinable_rows(x: Tensor, y: Tensor) -> bool:
    return _joinable(x, y) if x.ndim > 1 else _stackable(x, y)


def _axes(x: Tensor, y: Tensor) -> bool:
    """Positions along the axes of a grid."""
    return x.dtype is y.dtype and max(x.ndim, y.ndim) <= 1 and x.numel() * y.numel() <= 12


def _stackable(x: Tensor, y: Tensor) -> bool:
    return one_shape(x, y) and _two_small(x, y)


def _matrix(tensor: Tensor) -> bool:
    return tensor.ndim == 2


def _matrices(tensor: Tensor) -> bool:
    return tensor.ndim >= 2


def _at_most_a_matrix(tensor: Tensor) -> bool:
    return tensor.ndim <= 2


def _viewable(tensor: Tensor) -> bool:
    return tensor.is_contiguous()


def _pieces_fit(tensor: Tensor) -> bool:
    return full(tensor) and max(tensor.shape) <= 4


register(
    *functions_and_methods("reshape", arguments=_reshaped, rest=", {shape}"),
    Operation("view", ("{0}.view({shape})",), _viewable, _reshaped),
    *functions_and_methods("flatten", arguments=_from_to, rest=", *{dims}"),
    *functions_and_methods("ravel"),
    *functions_and_methods(
        "unflatten",
        lambda x: math.prod(x.shape) > 0 and 0 < x.ndim < 4,
        _unflattened,
        ", {dim}, {sizes}",
    ),
    *functions_and_methods("permute", arguments=_permuted, rest=", {dims}"),
    *functions_and_methods(
        "transpose swapaxes swapdims movedim moveaxis",
        arguments=two_dims,
        rest=", {first}, {second}",
    ),
    *functions_and_methods("t", _at_most_a_matrix),
    Operation("T", ("{0}.T",), _matrix),
    Operation("mT", ("{0}.mT",), _matrices),
    *functions_and_methods("squeeze"),
    Operation(
        "squeeze(dim)", ("torch.squeeze({0}, {dim})", "{0}.squeeze({dim})"), arguments=along_dim
    ),
    *functions_and_methods("unsqueeze", lambda x: x.ndim < 4, _new_dim, ", {dim}"),
    Operation("expand", ("{0}.expand({shape})",), lambda x: small(x) and x.numel() > 0, _expanded),
    Operation(
        "expand_as",
        ("{0}.expand_as({1})",),
        lambda x, y: one_shape(x, y) or (x.numel() == 1 and x.ndim <= y.ndim),
    ),
    Operation(
        "view_as", ("{0}.view_as({1})",), lambda x, y: x.is_contiguous() and x.numel() == y.numel()
    ),
    Operation("reshape_as", ("{0}.reshape_as({1})",), lambda x, y: x.numel() == y.numel()),
    *functions_and_methods("broadcast_to", small, _broadcasted, ", {shape}"),
    *functions_and_methods("tile", small, _times, ", {counts}"),
    Operation("repeat", ("{0}.repeat({counts})",), lambda x: small(x) and has_dims(x), _times),
    *functions_and_methods(
        "repeat_interleave", lambda x: small(x) and has_dims(x), _repeated, ", {count}, dim={dim}"
    ),
    Operation("contiguous", ("{0}.contiguous()",)),
)
register(
    *(
        Operation(name, (f"torch.{name}([{{0}}, {{1}}])",), _joinable)
        for name in ("cat", "concat", "concatenate")
    ),
    Operation(
        "cat(dim)",
        ("torch.cat([{0}, {1}], {dim})",),
        lambda x, y: has_dims(x) and _stackable(x, y),
        lambda x, y: along_dim(x),
    ),
    Operation("stack", ("torch.stack([{0}, {1}], {dim})",), _stackable, lambda x, y: _new_dim(x)),
    Operation("vstack", ("torch.vstack([{0}, {1}])",), _joinable_rows),
    Operation("hstack", ("torch.hstack([{0}, {1}])",), _stackable),
    Operation(
        "broadcast_shapes",
        ("list(torch.broadcast_shapes({0}.shape, {1}.shape))",),
        broadcast,
    ),
    Operation("broadcast_tensors", ("torch.broadcast_tensors({0}, {1})",), _stackable),
    Operation(
        "meshgrid",
        (
            "torch.meshgrid({0}, {1}, indexing='ij')",
            "torch.meshgrid([{0}, {1}], indexing='xy')",
        ),
        _axes,
    ),
    *functions_and_methods("split chunk tensor_split", _pieces_fit, _split, ", {size}, {dim}"),
    *functions_and_methods("unbind", _pieces_fit, along_dim, ", {dim}"),
    *functions_and_methods(
        "flip",
        has_dims,
        lambda x: {"dims": along_dim(x)["dim"].map(lambda each: (each,))},
        ", {dims}",
    ),
    *functions_and_methods("roll", has_dims, _shifted, ", {count}, {dim}"),
    *functions_and_methods(
        "diag", lambda x: x.ndim in (1, 2) and small(x), _off_the_diagonal, ", {offset}"
    ),
    *functions_and_methods("diagonal", _matrices, _off_the_diagonal, ", {offset}"),
    *functions_and_methods("tril triu", _matrices, _off_the_diagonal, ", {offset}"),
)
