"""Tensors of any shape, dtype, values and layout, and how an example shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from hypothesis import event, strategies as st
from hypothesis.vendor import pretty

from ... import dtypes as all_of_them
from ...dtypes import dtype, float64
from ...tensor import Tensor, tensor_of
from ..layouts import WRITABLE, laid_out
from ..printed import tensor_source
from .choices import among, arrays, either
from .dtypes import dtypes
from .shapes import Shape, shapes
from .values import VALUES, Kind, kinds_for, normal, numbers

Values: TypeAlias = str | Sequence[str] | st.SearchStrategy[Any] | Kind


@st.composite
def tensors(
    draw: Any,
    shape: Shape | st.SearchStrategy[Shape] | None = None,
    dtype: dtype | st.SearchStrategy[dtype] | None = None,
    values: Values = tuple(VALUES),
    layouts: str | Sequence[str] = WRITABLE,
    requires_grad: bool | st.SearchStrategy[bool] = True,
) -> Tensor:
    """Tensors of any shape, dtype, values and layout.

    Parameters
    ----------
    shape : a shape, a strategy of shapes, or None for any
    dtype : a dtype, a strategy of dtypes, or None for any; with `values` that are a strategy,
        None is float64
    values : a strategy of the elements, a function that gives one for a dtype, or names among
        `VALUES`. Of several kinds the first is mixed with one of the others, which
        `--hypothesis-show-statistics` counts.
    layouts : names among `LAYOUTS`. Who only reads takes all of them; the default are those that
        can be written to.
    requires_grad : whether gradients are wanted of floating-point tensors; others have none

    Examples
    --------
    >>> from hypothesis import find
    >>> import minigrad as torch
    >>> from minigrad.testing.strategies import tensors
    >>> find(tensors(dtype=torch.float32, values=("normal", "NaN")), lambda x: x.isnan().any())
    tensor(nan, requires_grad=True)

    In a failing example a tensor is the call that makes it, with its layout:

    >>> from hypothesis.vendor.pretty import pretty
    >>> x = find(tensors((1, 2), torch.float64, "signed zeros", "reversed"), lambda x: True)
    >>> print(pretty(x))
    tensor_of(laid_out(np.array([[0.0, 0.0]]), 'reversed'), requires_grad=True)
    """
    size = _drawn(draw, shapes() if shape is None else shape)
    of_numbers = isinstance(values, st.SearchStrategy)
    if dtype is None:
        dtype = float64 if of_numbers else dtypes()
    found = _drawn(draw, dtype)
    _require_dtype(found)
    layout = draw(among([layouts] if isinstance(layouts, str) else list(layouts)))
    if layout == "expanded":
        size, whole = _once_along_a_dimension(draw, size), size
    array = draw(arrays(found.numpy, tuple(size), elements_of(draw, values, found)))
    if layout == "expanded":
        array = np.broadcast_to(array, whole)
    wanted = _drawn(draw, requires_grad) and found.is_floating_point
    return tensor_of(laid_out(array, layout), requires_grad=wanted)


def contiguous_tensors(
    shape: Shape | st.SearchStrategy[Shape], values: Values
) -> st.SearchStrategy[Tensor]:
    """Tensors of float64 that require a gradient: what `gradcheck` takes.

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import contiguous_tensors, numbers
    >>> find(contiguous_tensors((2,), numbers(0.0, 3.0)), lambda x: x.sum() > 5).tolist()
    [3.0, 3.0]
    """
    return tensors(shape, float64, values, "contiguous")


def cotangents(
    shape: Shape | st.SearchStrategy[Shape], dtype: dtype = float64
) -> st.SearchStrategy[Tensor]:
    """What a gradient starts from: weights of an output's elements, of moderate size.

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import cotangents
    >>> find(cotangents((2,)), lambda grad: grad.prod() != 0)
    tensor([1., 1.], dtype=minigrad.float64)
    """
    return tensors(shape, dtype, numbers(-2.0, 2.0, 1.0, 0.0, of=dtype), requires_grad=False)


def elements_of(draw: Any, values: Values, of: dtype) -> st.SearchStrategy[Any]:
    if isinstance(values, st.SearchStrategy):
        return values
    if callable(values):
        found = values(of)
        return normal(of) if found is None else found
    if not (isinstance(values, Sequence) and values):
        raise TypeError(
            "tensors: values must be a strategy, a function of a dtype, or names of kinds of "
            f"values, got {values!r}"
        )
    kinds = kinds_for((values,) if isinstance(values, str) else values, of)
    first, kind = next(iter(kinds)), draw(among(list(kinds)))
    event(f"values: {kind}")
    return kinds[first] if kind == first else either(kinds[kind], kinds[first])


def _once_along_a_dimension(draw: Any, size: Shape) -> Shape:
    """The same shape but for a size of 1, where there is a dimension to repeat along."""
    longer = [dim for dim, side in enumerate(size) if side > 1]
    if not longer:
        return size
    dim = draw(among(longer))
    return (*size[:dim], 1, *size[dim + 1 :])


def _drawn(draw: Any, given: Any) -> Any:
    return draw(given) if isinstance(given, st.SearchStrategy) else given


def _require_dtype(given: Any) -> None:
    if given not in all_of_them.ALL:
        raise TypeError(
            f"tensors: dtype must be one of minigrad's or a strategy of them, got {given!r}"
        )


def _print(tensor: Tensor, printer: Any, cycle: bool) -> None:
    printer.text(tensor_source(tensor))


pretty.for_type_by_name(Tensor.__module__, Tensor.__qualname__, _print)
