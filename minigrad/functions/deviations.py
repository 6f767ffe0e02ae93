"""Variances and standard deviations."""

from __future__ import annotations

import warnings
from typing import Any

from ..primitives import deviations
from ..primitives.axes import count
from ..primitives.primitive import Primitive
from ..tensor import Tensor
from . import arguments
from .dimensions import ALL, axes_of, require_dims, require_keepdim


def var(
    input: Tensor,
    dim: Any = ALL,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Give the mean squared distance from the mean, over dimensions.

    Parameters
    ----------
    input : Tensor
        Of floating point.
    dim : int or tuple of ints, optional
        Which dimensions go, all by default. A bool here means `unbiased`.
    unbiased : bool, optional
        The same as correction=1 if True, as correction=0 if False.
    keepdim : bool
        Whether dimensions stay, with size 1.
    correction : number, optional
        The sum of squares is divided by the number of elements less this; by default 1.

    Warns
    -----
    UserWarning
        If there are not more elements than `correction`; the result is then NaN or infinite.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.var(torch.tensor([1.0, 2.0, 4.0]))
    tensor(2.3333)
    """
    return _deviation(deviations.variance, input, dim, unbiased, keepdim, correction, "var")


def std(
    input: Tensor,
    dim: Any = ALL,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Give the square root of the variance, over dimensions; for the arguments see `var`.

    Where it is 0 so is its gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.std(torch.tensor([1.0, 2.0, 4.0]), correction=0)
    tensor(1.2472)
    """
    return _deviation(deviations.deviation, input, dim, unbiased, keepdim, correction, "std")


def _deviation(
    primitive: Primitive,
    input: Tensor,
    dim: Any,
    unbiased: Any,
    keepdim: Any,
    correction: Any,
    function: str,
) -> Tensor:
    arguments.require_tensor(input, function)
    if isinstance(dim, bool) and unbiased is None:
        dim, unbiased = ALL, dim
    require_keepdim(keepdim, function)
    if dim is ALL and unbiased is not None and keepdim:
        raise TypeError(f"{function}(): keepdim with unbiased needs an argument 'dim', got none")
    less = _correction(unbiased, correction, function)
    if input.array.dtype.kind != "f":
        require_dims(dim)
        raise RuntimeError("std and var only support floating point and complex dtypes")
    axes = axes_of(input, dim)
    elements = count(input.array.shape, axes)
    if (elements if input.array.size else 0) <= less:
        warnings.warn(
            f"{function}(): degrees of freedom is <= 0. Correction should be strictly less than "
            "the reduction factor (input numel divided by output numel).",
            stacklevel=4,
        )
    whole = dim is None or dim is ALL or input.array.ndim == 0
    return primitive(input, axes=axes, keepdim=keepdim, correction=less, whole=whole)


def _correction(unbiased: Any, correction: Any, function: str) -> float:
    if unbiased is not None and correction is not None:
        raise TypeError(f"{function}(): give unbiased or correction, not both")
    if unbiased is not None:
        if not isinstance(unbiased, bool):
            raise TypeError(
                f"{function}(): argument 'unbiased' must be bool, not {type(unbiased).__name__}"
            )
        return float(unbiased)
    if correction is None:
        return 1.0
    return float(arguments.number(correction, function, "correction", 3))
