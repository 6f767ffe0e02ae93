"""What is compared: an operation, its cases, and how their arrays lie in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .judging.judge import Array, Quantity

DTYPES = (np.dtype(np.float32), np.dtype(np.float64))
Operands = Mapping[str, Any]  # arrays, None for one that is absent
Results = dict[str, Any]  # tensors


def contiguous(array: Array) -> Array:
    """The elements in C order."""
    return np.array(array, order="C")


def transposed(array: Array) -> Array:
    """The elements in reverse order of the dimensions: a transposed view of a C-ordered array."""
    return np.array(array.T, order="C").T


def strided(array: Array) -> Array:
    """Every second element of an array with NaN in between, or -1 between integers."""
    if array.ndim == 0:
        return array
    between = np.nan if array.dtype.kind == "f" else -1
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), between, array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


LAYOUTS = (contiguous, transposed, strided)


@dataclass(frozen=True)
class Case:
    """Operands and attributes to run an operation on.

    Parameters
    ----------
    name : what is special about it
    operands : arrays of one dtype by name, None for one that is absent
    attributes : what else the operation takes
    constants : operands that get no gradient
    layout : how operands and the gradient of the result lie in memory
    exact : quantities for which only the correctly rounded value is right
    differences : by quantity, how PyTorch is known to differ from the mathematics
    refusal : why PyTorch raises where gradients of gradients are asked for
    """

    name: str
    operands: Operands
    attributes: Mapping[str, Any] = field(default_factory=dict)
    constants: frozenset[str] = frozenset()
    layout: Callable[[Array], Array] = contiguous
    exact: frozenset[str] = frozenset()
    differences: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


Call = Callable[[Any, Mapping[str, Any], Mapping[str, Any]], Results]
Cases = Callable[[np.dtype[Any]], Iterator[Case]]


@dataclass(frozen=True)
class Operation:
    """An operation as users call it, and its mathematics.

    Parameters
    ----------
    call : `call(library, operands, attributes)` gives tensors by name; gradients are those of
        `out`. The library is minigrad or torch: their interfaces are one.
    reference : `reference(operands, attributes, cotangent, dtype)` gives quantities by name:
        those of `call`, and `grad_x` for each operand x. Arrays are longdouble.
    cases : for a dtype
    elementwise : whether an element of the result depends on one element of each operand
    mode : training or eval, of what tells them apart
    fused : whether a kernel of its own does it
    """

    call: Call
    reference: Callable[[Operands, Mapping[str, Any], Array, np.dtype[Any]], dict[str, Quantity]]
    cases: Cases
    elementwise: bool = False
    mode: str = ""
    fused: bool = True


def normal(seed: int, *shape: int, dtype: np.dtype[Any]) -> Array:
    """Values from the standard normal distribution, the same in every run."""
    return np.asarray(np.random.default_rng(seed).standard_normal(shape), dtype)


def elementwise_layouts(
    dtype: np.dtype[Any],
) -> Iterator[tuple[str, Array, Callable[[Array], Array]]]:
    """Shapes and layouts that every elementwise operation meets: name, values, layout."""
    for shape in ((), (1,), (7,), (33, 5), (4, 3, 6)):
        yield f"shape {shape}", normal(1, *shape, dtype=dtype), contiguous
    for layout in (transposed, strided):
        yield f"shape (17, 9), {layout.__name__}", normal(2, 17, 9, dtype=dtype), layout
    yield "shape (0, 3)", np.zeros((0, 3), dtype), contiguous


def sweep(dtype: np.dtype[Any], low: float, high: float, count: int = 20011) -> Array:
    """Values across a range, half of them close to 0 on a logarithmic scale."""
    generator = np.random.default_rng(3)
    even = generator.uniform(low, high, count // 2)
    reach = np.log10(max(abs(low), abs(high)))
    small = 10 ** generator.uniform(-12, reach, count - count // 2)
    signs = np.where((generator.uniform(size=small.size) < 0.5) & (low < 0), -1.0, 1.0)
    return np.clip(np.concatenate([even, signs * small]), low, high).astype(dtype)


def extremes(dtype: np.dtype[Any]) -> Array:
    """Zeros, infinities, the largest and smallest numbers, and neighbours of powers of two."""
    limits = np.finfo(dtype)
    large = [limits.max, limits.smallest_normal, limits.smallest_subnormal, np.inf, 0.0, 1.0]
    some = [limits.eps, 1 + limits.eps, 1 - limits.epsneg, 100.0, 1000.0]
    positive = np.array(large + some, dtype)
    return np.concatenate([positive, -positive])
