"""Calls of functions that move elements: what a test draws, and in which ways it calls them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import minigrad

from .agreement import DTYPES, Operand, check

DIM = st.integers(-4, 3)
DIMS = st.lists(DIM, max_size=3).map(tuple)
SIZES = st.lists(st.integers(-1, 4), max_size=4).map(tuple)
WHOLE = st.integers(-2, 6)


@st.composite
def plain(
    draw: Any, min_dims: int = 0, max_dims: int = 3, dtypes: Any = DTYPES, shape: Any = None
) -> Operand:
    """Distinct numbers, contiguous in memory: views are of interest, not values."""
    if shape is None:
        shape = draw(
            npst.array_shapes(min_dims=min_dims, max_dims=max_dims, min_side=0, max_side=4)
        )
    dtype = np.dtype(draw(st.sampled_from(dtypes)))
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    values = (values % 3 == 1) if dtype.kind == "b" else values.astype(dtype) - 3
    return Operand(np.asarray(values), "contiguous", dtype.kind == "f")


def both_ways(name: str, x: Operand, *arguments: Any, orders: int = 1, **named: Any) -> None:
    """Compare a function, and the method of the same name, with PyTorch's."""
    check(lambda torch, x: getattr(torch, name)(x, *arguments, **named), x, orders=orders)
    check(lambda torch, x: getattr(x, name)(*arguments, **named), x, orders=orders)


def shared(call: Callable[..., Any], *given: Operand) -> None:
    """Compare which results share memory with the first operand, and the strides of all."""
    check(lambda torch, *tensors: _layout(call(torch, *tensors), tensors[0]), *given)


def _layout(result: Any, x: Any) -> Any:
    if isinstance(result, (tuple, list)):
        return tuple(_layout(each, x) for each in result)
    before = result._version
    with (minigrad if isinstance(x, minigrad.Tensor) else _torch()).no_grad():
        x.detach().zero_()
    strides = [step for step, n in zip(result.stride(), result.shape, strict=True) if n > 1]
    return result._version != before, strides if result.numel() else []


def _torch() -> Any:
    import torch

    return torch
