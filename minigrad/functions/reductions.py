"""Sums, means, products and counts over dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..launch import empty, launch
from ..primitives import copies, cumulative, reductions
from ..primitives.axes import reduced
from ..saved import watch
from ..tensor import Array, Tensor, tensor_of
from . import arguments
from .dimensions import (
    ALL,
    Dims,
    axes_of,
    axis_of,
    keepdim_beside,
    one_or_several,
    require_dims,
    require_keepdim,
)
from .promotion import as_tensor_of, in_dtype
from .sizes import NOT_GIVEN


def sum(
    input: Tensor, dim: Dims = ALL, keepdim: bool = NOT_GIVEN, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """Add up over dimensions, all of them by default.

    Parameters
    ----------
    input : Tensor
        Floating point is added up in float64, bools and whole numbers in int64.
    dim : int or tuple of ints, optional
        Which dimensions go.
    keepdim : bool
        Whether they stay, with size 1.
    dtype : dtype, optional
        What `input` is converted to first.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.sum(torch.tensor([[1, 2], [3, 4]]), dim=1)
    tensor([3, 7])
    """
    arguments.require_tensor(input, "sum")
    keepdim = keepdim_beside(dim, keepdim, "sum")
    axes = axes_of(input, dim)
    x = in_dtype(input, dtype, "sum")
    named = None if dim is ALL else "SumBackward1"
    total = reductions.sum(x, named=named, axes=axes, keepdim=keepdim)
    return total if dtype is None else as_tensor_of(total, x.dtype)


def mean(
    input: Tensor, dim: Dims = ALL, keepdim: bool = NOT_GIVEN, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """Average over dimensions, all of them by default; NaN if there is nothing to average.

    Parameters
    ----------
    input : Tensor
        Of floating point, unless `dtype` is.
    dim, keepdim, dtype :
        As for `sum`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.mean(torch.tensor([[1.0, 2.0], [3.0, 5.0]]), dim=0)
    tensor([2.0000, 3.5000])
    """
    arguments.require_tensor(input, "mean")
    keepdim = keepdim_beside(dim, keepdim, "mean")
    wanted = input.dtype if dtype is None else dtypes.as_dtype(dtype, "mean")
    if not wanted.is_floating_point:
        require_dims(dim)
        raise RuntimeError(
            f"mean(): could not infer output dtype. {'Input' if dtype is None else 'Optional'} "
            f"dtype must be either a floating point or complex dtype. Got: {wanted.scalar_type}"
        )
    x = as_tensor_of(input, wanted)
    named = None if dim is ALL else "MeanBackward1"
    return reductions.mean(x, named=named, axes=axes_of(x, dim), keepdim=keepdim)


def prod(
    input: Tensor, dim: int = ALL, keepdim: bool = NOT_GIVEN, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """Multiply over one dimension, or all; the gradient is right beside zeros too.

    Parameters
    ----------
    input : Tensor
        Bools and whole numbers are multiplied in int64.
    dim : int, optional
        Which dimension goes.
    keepdim, dtype :
        As for `sum`.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.prod(torch.tensor([[1, 2], [3, 4]]), dim=1)
    tensor([ 2, 12])
    """
    arguments.require_tensor(input, "prod")
    keepdim = keepdim_beside(dim, keepdim, "prod")
    axis = 0 if dim is ALL else axis_of(input, dim)
    x = in_dtype(input, dtype, "prod")
    named = "ProdBackward0" if dim is ALL else "ProdBackward1"
    if x.array.ndim == 0:
        product = copies.clone(x if x.array.dtype.kind == "f" else x.to(dtypes.int64), named=named)
        watch(product, x, product.detach())
    else:
        whole = dim is ALL
        product = reductions.product(
            x.reshape(-1) if whole else x, named=named, axis=axis, keepdim=keepdim, whole=whole
        )
        if whole:
            watch(product, x)  # of which the node has a view
    return product if dtype is None else as_tensor_of(product, x.dtype)


def cumsum(input: Tensor, dim: int, *, dtype: dtypes.dtype | None = None) -> Tensor:
    """Add up along a dimension, giving each partial sum.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.cumsum(torch.tensor([1, 2, 3]), dim=0)
    tensor([1, 3, 6])
    """
    arguments.require_tensor(input, "cumsum")
    axis = axis_of(input, dim)
    wanted = None if dtype is None else dtypes.as_dtype(dtype, "cumsum")
    if wanted is dtypes.bool and input.array.size and input.array.ndim:
        raise NotImplementedError("\"cumsum_out_cpu\" not implemented for 'Bool'")
    x = in_dtype(input, wanted, "cumsum")
    sums = cumulative.cumulative_sum(x, axis=axis, from_end=False)
    return sums if dtype is None else as_tensor_of(sums, x.dtype)


def any(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Tell whether something is not 0, over dimensions; over `()` of each element itself.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.any(torch.tensor([[0, 0], [0, 4]]), dim=1)
    tensor([False,  True])
    """
    return _told(_any, input, dim, keepdim, "any")


def all(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Tell whether nothing is 0, over dimensions; over `()` of each element itself.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.all(torch.tensor([[0, 0], [3, 4]]), dim=1)
    tensor([False,  True])
    """
    return _told(_all, input, dim, keepdim, "all")


def _told(function: Any, input: Tensor, dim: Dims, keepdim: bool, name: str) -> Tensor:
    arguments.require_tensor(input, name)
    require_keepdim(keepdim, name)
    of_each = isinstance(dim, (tuple, list)) and len(dim) == 0
    axes = () if of_each else axes_of(input, one_or_several(dim))
    told = np.uint8 if input.array.dtype == np.uint8 else np.bool_  # as PyTorch had it once
    out = empty(reduced(input.array.shape, axes, keepdim), told)
    launch(function, input.array, axes, out)
    return tensor_of(out)


def count_nonzero(input: Tensor, dim: Dims = None) -> Tensor:
    """Count what is not 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.count_nonzero(torch.tensor([[0, 1], [2, 3]]), dim=1)
    tensor([1, 2])
    """
    arguments.require_tensor(input, "count_nonzero")
    axes = axes_of(input, one_or_several(dim))
    out = empty(reduced(input.array.shape, axes, False), np.int64)
    launch(_count_nonzero, input.array, axes, out)
    return tensor_of(out)


def _any(x: Array, axes: tuple[int, ...], out: Array) -> None:
    np.any(x, axis=axes, out=out, keepdims=out.ndim == x.ndim)


def _all(x: Array, axes: tuple[int, ...], out: Array) -> None:
    np.all(x, axis=axes, out=out, keepdims=out.ndim == x.ndim)


def _count_nonzero(x: Array, axes: tuple[int, ...], out: Array) -> None:
    out[...] = (x != 0).sum(axis=axes)
