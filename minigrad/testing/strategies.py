"""Hypothesis strategies: shapes, values at the edges, and every way to lie in memory."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from ..dtypes import dtype, float64
from ..tensor import Array, Tensor

LAYOUTS = ("contiguous", "transposed", "every second", "reversed", "unaligned")


def shapes(max_dims: int = 3, max_side: int = 4) -> st.SearchStrategy[tuple[int, ...]]:
    """Shapes from no dimensions on, with sizes of 0 and 1 among them."""
    return npst.array_shapes(min_dims=0, max_dims=max_dims, min_side=0, max_side=max_side)


def numbers(
    low: float, high: float, *special: float, of: dtype = float64
) -> st.SearchStrategy[float]:
    """Numbers between two bounds, with special ones, and so ties, mixed in."""
    width = 8 * of.itemsize
    bounds = [float(of.numpy.type(bound)) for bound in (low, high)]
    between = st.floats(*bounds, width=width, allow_subnormal=False)  # type: ignore[arg-type]
    return st.one_of(st.sampled_from(special), between) if special else between


def laid_out(values: Array, layout: str) -> Array:
    """An equal array that lies in memory in one of the `LAYOUTS`."""
    if layout == "transposed":
        return values.copy(order="F")
    if layout == "every second":
        wide = np.full((*values.shape, 2), 7, values.dtype)
        wide[..., 1] = values
        return wide[..., 1]
    if layout == "reversed":
        backward: tuple[Any, ...] = (..., *[slice(None, None, -1)] * values.ndim)
        return values[backward].copy()[backward]
    if layout == "unaligned":
        memory = np.zeros(values.nbytes + 1, np.uint8)
        odd = memory[1:].view(values.dtype).reshape(values.shape)
        odd[...] = values
        return odd
    return values.copy()


@st.composite
def tensors(
    draw: Any,
    shape: tuple[int, ...] | st.SearchStrategy[tuple[int, ...]],
    elements: st.SearchStrategy[float],
    of: dtype = float64,
    requires_grad: bool = True,
) -> Tensor:
    """Tensors of a shape and dtype, in any layout.

    >>> from minigrad.testing import strategies
    >>> strategies.tensors((2, 3), strategies.numbers(-1.0, 1.0, -0.0)).example()  # doctest: +SKIP
    """
    size = draw(shape) if isinstance(shape, st.SearchStrategy) else shape
    values = draw(npst.arrays(of.numpy, size, elements=elements))
    return Tensor(laid_out(values, draw(st.sampled_from(LAYOUTS))), requires_grad)


def contiguous_tensors(
    shape: tuple[int, ...] | st.SearchStrategy[tuple[int, ...]],
    elements: st.SearchStrategy[float],
) -> st.SearchStrategy[Tensor]:
    """Tensors of float64 that require a gradient: what `gradcheck` takes."""
    arrays = npst.arrays(np.float64, shape, elements=elements)
    return arrays.map(functools.partial(Tensor, requires_grad=True))
