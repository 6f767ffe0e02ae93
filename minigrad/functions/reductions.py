"""Sums and means over dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from ..primitives import reductions
from ..tensor import Tensor
from .dimensions import axes_of


def sum(x: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """The sum over dimensions, all of them by default."""
    named = None if dim is None else "SumBackward1"
    return reductions.sum(x, named=named, axes=axes_of(x, dim), keepdim=keepdim)


def mean(x: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """The mean over dimensions, all of them by default; NaN if there is nothing to average."""
    if x.array.dtype.kind != "f":
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point "
            f"or complex dtype. Got: {x.dtype.scalar_type}"
        )
    named = None if dim is None else "MeanBackward1"
    return reductions.mean(x, named=named, axes=axes_of(x, dim), keepdim=keepdim)
