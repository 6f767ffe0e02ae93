"""Variances and standard deviations."""

from __future__ import annotations

import warnings
from typing import Any

from ..primitives import deviations
from ..primitives.axes import count
from ..primitives.primitive import Primitive
from ..tensor import Tensor
from . import arguments
from .dimensions import ALL, Dims, axes_of, require_bool, require_dims, require_keepdim
from .sizes import NOT_GIVEN


def var(
    input: Tensor,
    *given: Any,
    dim: Dims = NOT_GIVEN,
    unbiased: bool = NOT_GIVEN,
    keepdim: bool = NOT_GIVEN,
    correction: float | None = NOT_GIVEN,
) -> Tensor:
    """Give the mean squared distance from the mean, over dimensions.

    Parameters
    ----------
    input : Tensor
        Of floating point.
    given : optional
        `dim`, `unbiased` and `keepdim` by position, or `unbiased` alone.
    dim : int or tuple of ints, optional
        Which dimensions go, all by default.
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
    named = {"dim": dim, "unbiased": unbiased, "keepdim": keepdim, "correction": correction}
    return _deviation(deviations.variance, input, given, named, "var")


def std(
    input: Tensor,
    *given: Any,
    dim: Dims = NOT_GIVEN,
    unbiased: bool = NOT_GIVEN,
    keepdim: bool = NOT_GIVEN,
    correction: float | None = NOT_GIVEN,
) -> Tensor:
    """Give the square root of the variance, over dimensions; for the arguments see `var`.

    Where it is 0 so is its gradient.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.std(torch.tensor([1.0, 2.0, 4.0]), correction=0)
    tensor(1.2472)
    """
    named = {"dim": dim, "unbiased": unbiased, "keepdim": keepdim, "correction": correction}
    return _deviation(deviations.deviation, input, given, named, "std")


def _deviation(
    primitive: Primitive,
    input: Tensor,
    given: tuple[Any, ...],
    named: dict[str, Any],
    function: str,
) -> Tensor:
    arguments.require_tensor(input, function)
    alone = bool(given) and isinstance(given[0], bool)
    names = ["unbiased"] if alone else ["dim", "unbiased", "keepdim"]
    found = arguments.by_name(given, names, named, function)
    dim, keepdim = found.get("dim", ALL), found.get("keepdim", False)
    require_keepdim(keepdim, function)
    if "unbiased" in found and (alone or "dim" not in found) and len(found) > 1:
        raise TypeError(f"{function}(): unbiased comes alone or beside dim and keepdim")
    less = _correction(found, function)
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


def _correction(found: dict[str, Any], function: str) -> float:
    if "unbiased" in found:
        if "correction" in found:
            raise TypeError(f"{function}(): give unbiased or correction, not both")
        require_bool(found["unbiased"], function, "unbiased")
        return float(found["unbiased"])
    correction = found.get("correction")
    return (
        1.0
        if correction is None
        else float(arguments.number(correction, function, "correction", 3))
    )
