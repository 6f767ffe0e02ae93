"""Are numbers as close to each other as rounding lets them be, and if not: where, how far, why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..tensor import Array, Tensor
from .tolerance import Tolerance

ULP = 2.0  # what is allowed if nothing is said


def assert_close(
    actual: Any,
    expected: Any,
    *,
    ulp: float | None = None,
    condition: Any = 1.0,
    magnitude: Any = 0.0,
    rtol: Any = None,
    atol: Any = None,
    equal_nan: bool = False,
    check_dtype: bool = True,
    check_stride: bool = False,
    check_device: bool = True,
    check_layout: bool = True,
    msg: str | Callable[[str], str] | None = None,
) -> None:
    """Raise an AssertionError unless two tensors are close; it says where they are not, and why.

    The difference of two elements may be

        ulp · eps · (condition · |expected| + magnitude) + rtol · |expected| + atol

    where eps is that of the coarser of the two dtypes: an ulp, a unit in the last place, is
    meant relatively, and is one to two steps from a number to the next. Integers and bools must
    be equal, unless `rtol` or `atol` is given. Infinities must be equal.

    Parameters
    ----------
    actual, expected : tensors of minigrad, or of any library whose tensors become arrays;
        arrays, numbers, and sequences and mappings of such, nested in any way
    ulp : how many roundings of a result; 2 if no tolerance is given, 0 beside others
    condition : how many times larger a relative error becomes in what is computed
    magnitude : what was added up to give the result: where terms cancel, their size tells how
        exact a sum can be, its own does not
    rtol, atol : as in PyTorch, and either may be given alone
    equal_nan : whether NaN is close to NaN
    check_dtype, check_stride : whether dtypes and strides must be the same
    check_device, check_layout : for PyTorch's sake; tensors are dense and on the CPU
    msg : a message instead of the usual one, or a function that makes one of the usual one

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import assert_close
    >>> x = torch.tensor([3.0, 1e4, -1e4])
    >>> assert_close(x.sum(), torch.tensor(3.0001), magnitude=x.abs().sum())
    >>> try:
    ...     assert_close({"w": [0.5, 1.0]}, {"w": [0.5, 1.0 + 1e-15]})
    ... except AssertionError as error:
    ...     print(error)
    ['w'][1]: not close
      actual     1.0
      expected   1.000000000000001
      off by     1.11e-15, 5 ulp of float64
      allowed    4.44e-16, 2 ulp of float64: ulp 2 · eps 2.22e-16 · (condition 1 · |expected| 1)
    """
    __tracebackhide__ = True  # pytest shows the line that called
    alone = rtol is None and atol is None
    units = (ULP if alone else 0.0) if ulp is None else ulp
    parts = {
        "ulp": units,
        "condition": condition,
        "magnitude": magnitude,
        "rtol": 0.0 if rtol is None else rtol,
        "atol": 0.0 if atol is None else atol,
    }
    for name, value in parts.items():
        if not np.all(_array(value) >= 0):
            raise ValueError(f"assert_close: {name} must not be negative or NaN, got {value!r}")
    tolerance = Tolerance(units, *[_array(parts[name]) for name in Tolerance._fields[1:]])
    checks = _Checks(tolerance, equal_nan, check_dtype, check_stride)
    found = _difference("", actual, expected, checks)
    if found is not None:
        text = found if msg is None else msg(found) if callable(msg) else msg
        raise AssertionError(text)


class _Checks(NamedTuple):
    tolerance: Tolerance
    equal_nan: bool
    check_dtype: bool
    check_stride: bool


def _array(value: Any) -> Array:
    """A value as an array: of this library, of another one, or a plain number."""
    if isinstance(value, Tensor):
        return value.array
    if hasattr(value, "detach"):
        return np.asarray(value.detach().cpu().numpy())
    return np.asarray(value)


def _difference(where: str, actual: Any, expected: Any, checks: _Checks) -> str | None:
    """What is wrong with a value or one of its parts, the first of them; None if nothing is."""
    if isinstance(expected, Mapping) or isinstance(actual, Mapping):
        if not (isinstance(expected, Mapping) and isinstance(actual, Mapping)):
            return _of_two_kinds(where, actual, expected)
        if set(actual) != set(expected):
            return f"{_at(where)}keys {_listed(actual)} instead of {_listed(expected)}"
        parts = [(f"{where}[{key!r}]", actual[key], expected[key]) for key in expected]
    elif _is_sequence(expected) or _is_sequence(actual):
        if not (_is_sequence(expected) and _is_sequence(actual)):
            return _of_two_kinds(where, actual, expected)
        if len(actual) != len(expected):
            return f"{_at(where)}{len(actual)} values instead of {len(expected)}"
        pairs = zip(actual, expected, strict=True)
        parts = [(f"{where}[{number}]", *pair) for number, pair in enumerate(pairs)]
    else:
        return _difference_of_arrays(where, actual, expected, checks)
    for part in parts:
        found = _difference(*part, checks)
        if found is not None:
            return found
    return None


def _is_sequence(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _of_two_kinds(where: str, actual: Any, expected: Any) -> str:
    return f"{_at(where)}a {type(actual).__name__} instead of a {type(expected).__name__}"


def _listed(mapping: Mapping[Any, Any]) -> str:
    return ", ".join(sorted(map(repr, mapping))) or "none"


def _at(where: str) -> str:
    return f"{where}: " if where else ""


def _strides(array: Array) -> list[int]:
    """How many elements apart neighbours are: bytes tell apart dtypes, too."""
    return [step // array.itemsize for step in array.strides]


def _difference_of_arrays(where: str, actual: Any, expected: Any, checks: _Checks) -> str | None:
    mine, truth = _array(actual), _array(expected)
    for name, array in (("actual", mine), ("expected", truth)):
        if array.dtype.kind not in "fiub":
            raise TypeError(
                f"assert_close: {name}{where and f' at {where}'} must be tensors, arrays or "
                f"numbers, got {actual if name == 'actual' else expected!r}"
            )
    if mine.shape != truth.shape:
        return f"{_at(where)}shape {_shape(mine)} instead of {_shape(truth)}"
    have_dtypes = hasattr(actual, "dtype") and hasattr(expected, "dtype")
    if checks.check_dtype and have_dtypes and mine.dtype != truth.dtype:
        return f"{_at(where)}dtype {mine.dtype} instead of {truth.dtype}"
    if checks.check_stride and _strides(mine) != _strides(truth):
        return f"{_at(where)}strides {_strides(mine)} instead of {_strides(truth)}"
    return _difference_of_elements(where, mine, truth, checks)


def _shape(array: Array) -> str:
    return str(list(array.shape))


def _difference_of_elements(where: str, mine: Array, truth: Array, checks: _Checks) -> str | None:
    """Compare in float64; the element that exceeds what is allowed most is told of."""
    floats = [each.dtype for each in (mine, truth) if each.dtype.kind == "f"]
    coarser = min(floats, key=lambda each: each.itemsize) if floats else None
    tolerance = checks.tolerance
    with np.errstate(all="ignore"):
        size = np.abs(truth.astype(np.float64))
        off = np.abs(mine.astype(np.float64) - truth.astype(np.float64))
        if coarser is None:  # integers beyond 2 ** 53 may be equal as float64 and yet apart
            off = np.maximum(off, mine != truth)
        allowed = tolerance.allowed(size, coarser)
        rounded = truth if coarser is None else truth.astype(coarser)
        close = (mine == truth) | (mine == rounded) | ((off <= allowed) & np.isfinite(size))
        if checks.equal_nan:
            close |= np.isnan(mine) & np.isnan(rounded)
        if close.all():
            return None
        excess = np.where(close, -1.0, np.nan_to_num(off / allowed, nan=np.inf, posinf=np.inf))
        at = tuple(int(each) for each in np.unravel_index(np.argmax(excess), mine.shape))
        ulps = off / tolerance.unit(size, coarser), allowed / tolerance.unit(size, coarser)
    place = f" at {at}" if mine.ndim else ""
    worst = f", the worst of {np.sum(~close)} among {mine.size}" if np.sum(~close) > 1 else ""
    lines = [f"{_at(where)}not close{place}{worst}"]
    lines.append(f"  actual     {mine[at].item()!r}")
    lines.append(f"  expected   {truth[at].item()!r}")
    alone = [n for n, each in (("actual", mine), ("expected", truth)) if each[at] != each[at]]
    if alone:
        lines.append(f"  NaN        {_about_nan(alone)}")
        return "\n".join(lines)
    lines.append(f"  off by     {_told(off[at], ulps[0][at], coarser)}")
    why = tolerance.reasons(size, at, coarser)
    lines.append(f"  allowed    {_told(allowed[at], ulps[1][at], coarser)}: {why}")
    return "\n".join(lines)


def _about_nan(which: list[str]) -> str:
    """Why NaN is close to nothing, or to NaN alone."""
    if len(which) == 2:
        return "both are, which is close only with equal_nan=True"
    return f"only {which[0]} is; equal_nan=True allows for it on both sides"


def _told(difference: float, ulps: float, dtype: np.dtype[Any] | None) -> str:
    unit = "" if dtype is None or np.isnan(ulps) else f", {ulps:.3g} ulp of {dtype.name}"
    return f"{difference:.3g}{unit}"
