"""Operations along dimensions: sums, extrema, order."""

from __future__ import annotations

from hypothesis import strategies as st

from ....tensor import Tensor
from .conditions import (
    Strategies,
    along_dim,
    along_dim_kept,
    broadcast,
    dim,
    floating,
    floating_with_dims,
    floating_with_elements,
    full,
    has_dims,
    has_elements,
    integers,
    numeric,
    numeric_and_full,
    one_shape,
    several_dims,
)
from .operation import Operation, functions_and_methods, of_functional, register


def _some_dims_kept(tensor: Tensor) -> Strategies:
    return {"dim": several_dims(tensor), "keepdim": st.booleans()}


def _several(names: str, rest: str, **options: object) -> list[Operation]:
    """The same names with arguments: their own operations, as they are other overloads."""
    return [
        Operation(f"{each.name}({rest.partition('{')[2].partition('}')[0]})", each.sources,
                  each.fits, each.arguments, jumps=each.jumps)
        for each in functions_and_methods(names, rest=f", {rest}", **options)  # type: ignore[arg-type]
    ]  # fmt: skip


def _number_of_norm(tensor: Tensor) -> Strategies:
    powers = st.sampled_from([2, 1, 3, float("inf"), 0.5])
    return {"p": powers, "dim": dim(tensor), "keepdim": st.booleans()}


def _correction(tensor: Tensor) -> Strategies:
    return {"dim": dim(tensor), "correction": st.sampled_from([1, 0])}


def _top(tensor: Tensor) -> Strategies:
    return {
        "k": st.integers(0, min(tensor.shape)),
        "dim": dim(tensor),
        "largest": st.sampled_from([True, False]),
    }


def _ordered(tensor: Tensor) -> Strategies:
    return {"dim": dim(tensor), "descending": st.booleans()}


KEPT = "{dim}, keepdim={keepdim}"

register(
    *functions_and_methods("sum prod"),
    *functions_and_methods("mean var std norm", floating),
    *functions_and_methods("any all count_nonzero", jumps=True),
    Operation(
        "bincount",
        ("torch.bincount({0}.abs() % 9)", "({0}.abs() % 9).bincount(minlength=4)"),
        lambda x: integers(x) and x.ndim == 1,
    ),
    *functions_and_methods("max min amax amin", has_elements),
    *functions_and_methods(
        "argmax argmin median", lambda x: numeric(x) and has_elements(x), jumps=True
    ),
    *functions_and_methods("equal", one_shape, rest=", {1}", jumps=True),
    *functions_and_methods(
        "allclose", lambda x, y: floating(x, y) and broadcast(x, y), rest=", {1}", jumps=True
    ),
)
register(
    *_several("sum", KEPT, fits=has_dims, arguments=_some_dims_kept),
    *_several("mean", KEPT, fits=floating_with_dims, arguments=_some_dims_kept),
    *_several("prod", KEPT, fits=has_dims, arguments=along_dim_kept),
    *_several(
        "var std", "{dim}, correction={correction}", fits=floating_with_dims, arguments=_correction
    ),
    *_several(
        "norm", "{p}, {dim}, {keepdim}", fits=floating_with_elements, arguments=_number_of_norm
    ),
    *_several("any all", KEPT, arguments=along_dim_kept, jumps=True),
    *_several("amax amin", KEPT, fits=full, arguments=along_dim_kept),
    *_several("argmax argmin", KEPT, fits=numeric_and_full, arguments=along_dim_kept, jumps=True),
    *_several("max min", KEPT, fits=full, arguments=along_dim_kept, jumps=True),
    *_several("median", KEPT, fits=numeric_and_full, arguments=along_dim_kept, jumps=True),
    *_several("logsumexp", KEPT, fits=floating, arguments=along_dim_kept),
    *functions_and_methods("softmax log_softmax", floating, along_dim, ", {dim}"),
    *functions_and_methods("cumsum", arguments=along_dim, rest=", {dim}"),
    *of_functional("softmax log_softmax", floating, along_dim, ", dim={dim}"),
    Operation(
        "sort",
        (
            "torch.sort({0}, dim={dim}, descending={descending}, stable=True)",
            "{0}.sort(dim={dim}, descending={descending}, stable=True)",
        ),
        arguments=_ordered,
        jumps=True,
    ),
    Operation(
        "argsort",
        (
            "torch.argsort({0}, dim={dim}, descending={descending}, stable=True)",
            "{0}.argsort(dim={dim}, descending={descending}, stable=True)",
        ),
        arguments=_ordered,
        jumps=True,
    ),
    *functions_and_methods("msort", has_dims, jumps=True),
    Operation(
        "topk",
        ("torch.topk({0}, {k}, {dim}, {largest})[0]", "{0}.topk({k}, {dim}, {largest})[0]"),
        numeric_and_full,
        _top,
        jumps=True,
    ),
    *functions_and_methods("unique", jumps=True),
)
