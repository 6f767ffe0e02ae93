"""How far off are functions of one number, over all numbers of float32 or over some of every size?

A sample takes every so manieth bit pattern: numbers of every magnitude, subnormal ones, infinities
and NaN are among them. Results are held against float64, and the worst ones against mpmath.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..judging.judge import LICENCE, Array, Quantity, errors, spacing
from ..references.scalars import FUNCTIONS, Scalar, exact_error
from ..row import FAIL, KNOWN_DIFFERENCE, PASS, ROUNDED, Row
from ..sides import Side

STRIDE = 4093  # a prime, so that every ending of a bit pattern appears
CHUNK = 1 << 21  # numbers at a time
TIMED = 1 << 16
WHOLE = 4096  # their count is a multiple of this: PyTorch takes the last few another way
FLUSHED = "PyTorch's float32 is 0 from -88.73 on, where the value is still a subnormal number"
DIFFERENCES = {("sigmoid", "out"): FLUSHED, ("sigmoid", "grad_x"): FLUSHED}
NAMES = {"out": ("value", "exact"), "grad_x": ("slope", "exact_slope")}


class Tally:
    """The errors of one library in all numbers so far."""

    def __init__(self) -> None:
        self.largest, self.sum, self.count = -1.0, 0.0, 0
        self.x = self.result = self.value = 0.0  # where the largest is
        self.bins = np.full(1 << 9, -1.0)  # the largest for each sign and exponent

    def add(self, x: Array, results: Array, value: Array) -> None:
        found = errors(results, Quantity(value))
        worst = int(found.argmax())
        if found[worst] > self.largest:
            self.largest, self.x = float(found[worst]), float(x[worst])
            self.result, self.value = float(results[worst]), float(value[worst])
        self.sum, self.count = self.sum + float(found.sum()), self.count + found.size
        np.maximum.at(self.bins, x.view(np.uint32) >> 23, found)

    def settle(self, exact: Any) -> None:
        """Take the largest error from mpmath, where it is a number."""
        if np.isfinite([self.x, self.result, self.largest]).all():
            unit = float(spacing(np.asarray(self.value), np.dtype(np.float32)))
            self.largest = exact_error(self.result, self.x, exact, unit)


def compare_scalar(
    name: str, devices: Sequence[str], exhaustive: bool = False, timed: bool = False
) -> Iterator[Row]:
    """A row for the function and one for its slope, on each device.

    Their time is that of a call on TIMED numbers from -10 to 10.
    """
    scalar = FUNCTIONS[name]
    for device in devices:
        tallies = {key: (Tally(), Tally()) for key in NAMES}
        for x in numbers(exhaustive):
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                add(scalar, x, device, tallies)
        for key, (ours, theirs) in tallies.items():
            exact = getattr(scalar, NAMES[key][1])
            for tally in (ours, theirs):
                tally.settle(exact)
            case = "every float32" if exhaustive else f"every {STRIDE}th float32"
            seconds = time_scalar(scalar, key, device) if timed else None
            row = replace(judged_tally(name, key, case, ours, theirs), device=device)
            yield timing.with_seconds(row, seconds)


def time_scalar(scalar: Scalar, key: str, device: str) -> timing.Pair:
    """Seconds of the function, and of its slope as well where that is asked for."""
    x = np.linspace(-10, 10, TIMED, dtype=np.float32)

    def prepare(side: Side) -> timing.Call:
        leaf = side.tensor(x).requires_grad_(key != "out")
        function = value if key == "out" else slope
        return partial(function, side, scalar, leaf)

    return timing.time_prepared(prepare, device)


def value(side: Side, scalar: Scalar, leaf: Any) -> Any:
    return scalar.call(side.library, leaf)


def slope(side: Side, scalar: Scalar, leaf: Any) -> tuple[Any, Any]:
    """The function of all numbers, and its slope at each."""
    out = value(side, scalar, leaf)
    return out, side.library.autograd.grad(out, leaf, side.library.ones_like(out))[0]


def numbers(exhaustive: bool) -> Iterator[Array]:
    """Float32 by rising bit pattern, some at a time."""
    step = 1 if exhaustive else STRIDE
    for start in range(0, 1 << 32, CHUNK * step):
        bits = np.arange(start, min(start + CHUNK * step, 1 << 32), step).astype(np.uint32)
        yield bits[: bits.size - bits.size % WHOLE].view(np.float32)


def add(scalar: Scalar, x: Array, device: str, tallies: dict[str, tuple[Tally, Tally]]) -> None:
    """Count the errors of both libraries in some numbers."""
    wide = x.astype(np.float64)
    values = {key: np.asarray(getattr(scalar, each[0])(wide)) for key, each in NAMES.items()}
    for number, side in enumerate((Side(minigrad), Side(torch, device))):
        found = slope(side, scalar, side.tensor(x).requires_grad_(True))
        for key, tensor in zip(NAMES, found, strict=True):
            tallies[key][number].add(x, side.array(tensor), values[key])


def judged_tally(name: str, key: str, case: str, ours: Tally, theirs: Tally) -> Row:
    """The row for a function: at most PyTorch's error, or that of one rounding."""
    verdict, note, allowed = PASS, "", max(ROUNDED, theirs.largest)
    if theirs.largest > ROUNDED and (name, key) in DIFFERENCES:
        verdict, note = KNOWN_DIFFERENCE, DIFFERENCES[name, key]
    passed = ours.largest <= allowed and np.isfinite(ours.largest)
    edges = np.arange(1 << 9, dtype=np.uint32) << np.uint32(23)
    starts = edges.view(np.float32).astype(float)
    profile = tuple(
        (float(start), float(mine), float(other))
        for start, mine, other in zip(starts, ours.bins, theirs.bins, strict=True)
        if mine >= 0 and np.isfinite(start)
    )
    return Row(
        f"every {name}",
        case,
        "float32",
        key,
        ours.largest,
        theirs.largest,
        allowed,
        LICENCE,
        verdict if passed else FAIL,
        where=(ours.x,),
        expected=ours.value,
        torch_where=(theirs.x,),
        note=note,
        mean_error=ours.sum / ours.count,
        torch_mean_error=theirs.sum / theirs.count,
        profile=profile,
    )
