"""New tensors of evenly spaced numbers: the bits that PyTorch gives, its order of operations."""

from __future__ import annotations

import math
from typing import Any, Unpack

import numpy as np

from .. import dtypes
from ..functions.arguments import number
from ..functions.filling import filling
from ..functions.sizes import NOT_GIVEN, is_integer, require_int64
from ..launch import empty as empty_array, launch
from ..tensor import Array, Number, Tensor
from .arguments import Options, wanted as checked
from .fused_multiply_add import fused_multiply_add

VECTOR_BYTES = 32  # `arange` works on vectors of so many bytes, two at a time, then by elements


def arange(
    *bounds: Any,
    start: Any = NOT_GIVEN,
    end: Any = NOT_GIVEN,
    step: Any = NOT_GIVEN,
    **options: Unpack[Options],
) -> Tensor:
    """Numbers from start below end, in steps: `arange(end)`, `arange(start, end, step=1)`.

    Integers if all that is given are integers, else of the default dtype, unless `dtype` says.

    >>> import minigrad as torch
    >>> torch.arange(1, 2, 0.25)
    tensor([1.0000, 1.2500, 1.5000, 1.7500])
    """
    wanted = checked("arange", options)
    first, last, by = _bounds(bounds, {"start": start, "end": end, "step": step})
    whole = all(isinstance(each, int) for each in (first, last, by))
    dtype = wanted.dtype or (dtypes.int64 if whole else dtypes.get_default_dtype())
    if dtype is dtypes.bool:
        raise NotImplementedError("\"arange_cpu\" not implemented for 'Bool'")
    if not (math.isfinite(first) and math.isfinite(last)):
        raise RuntimeError(f"unsupported range: {first} -> {last}")
    if not (by > 0 or by < 0):
        raise RuntimeError("step must be nonzero")
    if (last - first) * by < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    if dtype is dtypes.int64:
        first, last, by = (int(filling(each, dtype, "a bound")) for each in (first, last, by))
        if by == 0:
            raise ValueError("step must be nonzero")
    exact = -((first - last) // by) if dtype is dtypes.int64 else (last - first) / by
    if dtype in dtypes.SMALL_INTEGERS:  # counted before they are cut to integers
        first, by = (int(filling(each, dtypes.int64, "a bound")) for each in (first, by))
    count = math.ceil(exact)
    if count >= 2**60:
        raise RuntimeError("invalid size, possible overflow?")
    out = empty_array((count,), dtype.numpy)
    launch(_count_up, first, by, out)
    return wanted.finished(out)


def _bounds(bounds: tuple[Any, ...], named: dict[str, Any]) -> tuple[Number, Number, Number]:
    """Start, end and step, however they were given."""
    given = {name: value for name, value in named.items() if value is not NOT_GIVEN}
    names = ["end"] if len(bounds) == 1 and "end" not in given else ["start", "end", "step"]
    positional = dict(zip(names, bounds, strict=False))
    doubled = positional.keys() & given.keys()
    lone_step = "start" not in {**positional, **given} and "step" in given
    if not (bounds or given) or len(bounds) > len(names) or doubled or lone_step:
        raise TypeError(
            "arange() takes (end), (start, end) or (start, end, step), got "
            f"{len(bounds)} positional arguments and {sorted(given)}"
        )
    given |= positional
    if "end" not in given:
        raise TypeError('arange() missing 1 required positional arguments: "end"')
    first, last, by = (
        number(given[name], "arange", name, names.index(name) + 1 if name in names else 1)
        if name in given
        else default
        for name, default in (("start", 0), ("end", 0), ("step", 1))
    )
    return first, last, by


def _count_up(start: Number, step: Number, out: Array) -> None:
    if out.dtype.kind in "iu":
        numbers = start + step * np.arange(len(out))
        out[...] = numbers.astype(out.dtype)
        return
    out[...] = fused_multiply_add(np.arange(float(len(out))), float(step), float(start))
    lanes = VECTOR_BYTES // out.itemsize
    in_vectors = len(out) - len(out) % (2 * lanes)
    bases = out[:in_vectors:lanes].astype(np.float64)  # rounded to the dtype, as a vector's are
    for lane in range(1, lanes):
        distance = np.full(len(bases), float(lane))
        out[lane:in_vectors:lanes] = fused_multiply_add(distance, float(step), bases)


def linspace(start: Any, end: Any, steps: Any, **options: Unpack[Options]) -> Tensor:
    """So many numbers, evenly spaced from start to end, with both.

    >>> import minigrad as torch
    >>> torch.linspace(0, 1, 5)
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    wanted = checked("linspace", options)
    first, last = _end(start, "start", 1), _end(end, "end", 2)
    if not is_integer(steps):
        raise TypeError(
            f"linspace(): argument 'steps' (position 3) must be int, not {type(steps).__name__}"
        )
    if require_int64(int(steps)) < 0:
        raise RuntimeError("number of steps must be non-negative")
    dtype = wanted.dtype or dtypes.get_default_dtype()
    if dtype is dtypes.bool and steps > 1:
        raise NotImplementedError("\"linspace_cpu\" not implemented for 'Bool'")
    out = empty_array((int(steps),), dtype.numpy)
    first, last = filling(first, dtype, "start"), filling(last, dtype, "end")
    launch(_spread, first, last, out)
    return wanted.finished(out)


def _end(value: Any, name: str, position: int) -> Number:
    if isinstance(value, Tensor) and value.array.ndim:
        raise RuntimeError(
            "linspace only supports 0-dimensional start and end tensors, but got "
            f"{name} with {value.array.ndim} dimension(s)."
        )
    plain = value.detach() if isinstance(value, Tensor) else value
    return number(plain, "linspace", name, position)


def _spread(start: Number, end: Number, out: Array) -> None:
    """From both ends to the middle, so that both ends are exact."""
    if len(out) < 2:
        out[...] = start
        return
    kind = out.dtype if out.dtype.kind == "f" else np.dtype(np.float64)
    first, last = (kind.type(out.dtype.type(each)) for each in (start, end))
    with np.errstate(over="ignore", invalid="ignore"):
        step = kind.type((last - first) / kind.type(len(out) - 1))
        position = np.arange(len(out)).astype(kind)
        half = len(out) // 2
        out[:half] = fused_multiply_add(position[:half], step, first)
        out[half:] = fused_multiply_add(position[::-1][half:].copy(), -step, last)
