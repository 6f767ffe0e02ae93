"""How far is a result from the mathematics, and how far may it be?

Errors are counted in ulp: the distance between neighbouring numbers of the result's dtype at
the exact value. A bound has three parts,

    half an ulp                     the result is rounded to its dtype
    + roundings of intermediates    each up to half an ulp of the value, relative to it
    + noise                         roundings of what cancels: sums, differences

and a result passes if no element is further off than its bound, or if it is not further off, in
units of the bound, than PyTorch's worst element is. Where PyTorch is known to differ from the
mathematics, or gives another NaN or infinity, its error excuses nothing.

Of elementwise functions, and of sums of float32 taken in float64, more is asked: over many
elements the largest error is at most PyTorch's, or that of one rounding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from ..row import FAIL, KNOWN_DIFFERENCE, PASS, ROUNDED, Row

Array: TypeAlias = np.ndarray[Any, Any]

BOUND = "rounding"
LICENCE = "PyTorch"
EXACT = "exact"
LARGEST = np.finfo(np.float64).max
MANY = 1000  # elements; of fewer, whose largest error is larger is a matter of luck


@dataclass(frozen=True)
class Quantity:
    """An exact result, and what its computation may add to the final rounding.

    Parameters
    ----------
    value : array of longdouble, or of float64 for results of float32
    roundings : how many intermediate results are rounded, each relative to the value
    noise : the sum of the magnitudes of intermediates whose rounding errors do not shrink with
        the value, each times the number of its roundings
    wide : whether intermediates are float64 whatever the dtype
    floor : the error in ulp of the last step; correct rounding is 0.5
    signed_zeros : whether the sign of a zero counts
    """

    value: Array
    roundings: float = 0
    noise: Array | float = 0.0
    wide: bool = False
    floor: float = 0.5
    signed_zeros: bool = False


def spacing(value: Array, dtype: np.dtype[Any]) -> Array:
    """The distance of neighbouring numbers of `dtype` around each value, as wide as the value."""
    limits = np.finfo(dtype)
    exponent = np.frexp(np.where(np.isfinite(value), value, 0))[1] - 1
    exponent = np.where(value == 0, limits.minexp, exponent)
    exponent = np.maximum(exponent, limits.minexp) - limits.nmant
    return np.ldexp(value.dtype.type(1), exponent)


def errors(result: Array, quantity: Quantity) -> Array:
    """The error of each element in ulp; infinite where a special value is another one."""
    value, dtype = quantity.value, result.dtype
    with np.errstate(all="ignore"):
        rounded = value.astype(dtype)
        distance = np.abs(result.astype(value.dtype) - value) / spacing(value, dtype)
        same = (result == rounded) | (np.isnan(result) & np.isnan(rounded))
    special = ~(np.isfinite(result) & np.isfinite(rounded))
    distance = np.minimum(distance, LARGEST)  # infinity is for special values alone
    found = np.where(special, np.where(same, 0.0, np.inf), distance)
    if quantity.signed_zeros:
        zeros = (result == 0) & (rounded == 0)
        found = np.where(zeros & (np.signbit(result) != np.signbit(rounded)), np.inf, found)
    return found.astype(np.float64)


def bound(quantity: Quantity, dtype: np.dtype[Any], exact: bool) -> Array:
    """The largest error in ulp that each element may have."""
    if exact:
        return np.full(quantity.value.shape, 0.5)
    inner = np.finfo(np.float64 if quantity.wide else dtype)
    unit = np.longdouble(inner.eps) / 2
    smallest = np.longdouble(inner.smallest_subnormal) / 2
    with np.errstate(all="ignore"):
        each = np.maximum(unit * np.abs(quantity.value), smallest)
        further = (quantity.roundings * each + unit * quantity.noise) / spacing(
            quantity.value, dtype
        )
    further = np.minimum(np.where(np.isfinite(further), further, 0.0), LARGEST)
    return np.asarray(quantity.floor + further, np.float64)


def strains(found: Array, limit: Array) -> Array:
    """Errors as parts of what is allowed; nothing allows another special value."""
    with np.errstate(all="ignore"):  # nearly as much as any number can be off, in units below 1
        return np.where(np.isinf(found), np.inf, found / limit)


def judged(
    names: tuple[str, str, str, str],
    ours: Array,
    theirs: Array,
    quantity: Quantity,
    *,
    exact: bool = False,
    difference: str = "",
    kernel: str = "",
    elementwise: bool = False,
) -> Row:
    """The row for minigrad's result beside PyTorch's.

    Parameters
    ----------
    names : operation, case, dtype, quantity
    exact : whether the correctly rounded value is the only right one
    difference : how PyTorch is known to differ here
    elementwise : whether each element is a function of one element of each operand
    """
    if not ours.shape == theirs.shape == quantity.value.shape or ours.dtype != theirs.dtype:
        note = f"{ours.dtype} {ours.shape} beside PyTorch's {theirs.dtype} {theirs.shape}"
        return Row(*names, None, None, None, "", FAIL, kernel=kernel, note=note)
    found, found_by_torch = errors(ours, quantity), errors(theirs, quantity)
    if found.size == 0:
        return Row(
            *names, 0.0, 0.0, 0.0, EXACT, PASS, kernel=kernel, mean_error=0.0, torch_mean_error=0.0
        )
    limit = np.broadcast_to(bound(quantity, ours.dtype, exact), found.shape)
    torch_strain = float(strains(found_by_torch, limit).max())
    licence = 1.0
    if not difference and not exact and np.isfinite(torch_strain):
        licence = max(1.0, torch_strain)
    with np.errstate(over="ignore"):  # no more can be granted than infinity
        granted = limit * licence
    if found.size >= MANY and (elementwise or (quantity.wide and ours.dtype == np.float32)):
        granted = np.minimum(granted, max(float(found_by_torch.max()), ROUNDED))
    strain = strains(found, granted)
    passed = bool((strain <= 1).all())
    worst = np.unravel_index(int(found.argmax() if passed else strain.argmax()), found.shape)
    excused = passed and bool((found > limit).any())
    reason = EXACT if exact else LICENCE if excused else BOUND
    allowed = granted if excused or not passed else np.minimum(limit, granted)
    verdict, note = (PASS if passed else FAIL), ""
    if torch_strain > 1 and difference:
        verdict, note = (KNOWN_DIFFERENCE if passed else FAIL), difference
    elif torch_strain == np.inf:
        verdict, note = FAIL, "PyTorch has another special value, and no reason for it is listed"
    torch_worst = np.unravel_index(int(found_by_torch.argmax()), found_by_torch.shape)
    return Row(
        *names,
        float(found[worst]),
        float(found_by_torch.max()),
        float(allowed[worst]),
        reason,
        verdict,
        where=tuple(map(int, worst)),
        expected=float(np.reshape(quantity.value, found.shape)[worst]),
        torch_where=tuple(map(int, torch_worst)),
        kernel=kernel,
        note=note,
        mean_error=float(found.mean()),
        torch_mean_error=float(found_by_torch.mean()),
    )


def with_tf32(row: Row, rough: Array, quantity: Quantity) -> Row:
    """The row with the errors that PyTorch's results have in TF32."""
    if rough.shape != quantity.value.shape or not rough.size:
        return row
    found = errors(rough, quantity)
    return replace(row, tf32_error=float(found.max()), tf32_mean_error=float(found.mean()))
