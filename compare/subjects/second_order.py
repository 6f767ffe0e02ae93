"""Are gradients of gradients right?

A gradient's gradient along a direction v is asked for: of Σ v · grad, by the operands x and by
the cotangent g. Second derivatives are symmetric, so by x it is how grad changes where x moves
along v, and by g how the result does. Differences of the first-order reference along v therefore
give all of it, whatever the operation: central ones of tenth order in longdouble, whose distance
from those of eighth order says how far to trust them.

What rounding may do is seen by moving the operands by a little less than float32 tells apart. To
it comes what the first order's intermediates lose, as those of the second are about as large where
the direction is, and what rounding one as large as the largest element loses.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import torch

import minigrad

from .. import cases, timing
from ..case import DTYPES, Case, Operation, contiguous
from ..devices import is_cuda, tf32
from ..judging.condition import MOVEMENTS, Arrays, moved, noise_of
from ..judging.judge import Array, Quantity, judged, spacing, with_tf32
from ..row import Row, failure
from ..sides import Side, cotangent_of

STEP = np.longdouble(2) ** -10
EIGHTH = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280, 0], np.longdouble)
TENTH = np.array([5 / 6, -5 / 21, 5 / 84, -5 / 504, 1 / 1260], np.longdouble)
COTANGENT = "second_grad"
LARGEST = 300  # elements of an operand
CASES = 10  # of each layout
SURE = 0.9  # of the elements have a reference, or a case is left out


@dataclass(frozen=True)
class Point:
    """Where second derivatives are taken, and the direction they are taken along."""

    operands: Mapping[str, Any]
    cotangent: Array
    direction: Arrays

    def moved(self, generator: np.random.Generator) -> Point:
        """A point next to this one."""

        def move(array: Array) -> Array:
            return moved(array, generator)

        return Point(
            {
                key: move(each) if each is not None and each.dtype.kind == "f" else each
                for key, each in self.operands.items()
            },
            move(self.cotangent),
            {key: move(each) for key, each in self.direction.items()},
        )


def compare_second_order(name: str, devices: Sequence[str], timed: bool = False) -> Iterator[Row]:
    """Rows for some cases of each layout; one that fails if there is none."""
    operation = cases.find([name])[name]
    if operation is None:
        return
    for dtype in DTYPES:
        chosen = [case for case in operation.cases(dtype) if is_smooth(case)]
        count = 0
        for is_strided in (False, True):
            rows = (
                compare_case(name, operation, case, dtype, devices, timed)
                for case in chosen
                if (case.layout is not contiguous) == is_strided
            )
            for found in islice(filter(None, rows), CASES):
                count += 1
                yield from (replace(row, mode=operation.mode) for row in found)
        if count == 0:
            yield failure(name, "no case has second derivatives", dtype=dtype.name)


def is_smooth(case: Case) -> bool:
    """Whether all operands are finite numbers, and few."""
    arrays = [each for each in case.operands.values() if each is not None]
    return all(0 < each.size <= LARGEST and bool(np.isfinite(each).all()) for each in arrays)


def compare_case(
    name: str,
    operation: Operation,
    case: Case,
    dtype: np.dtype[Any],
    devices: Sequence[str],
    timed: bool = False,
) -> list[Row]:
    """Rows for all operands and for the cotangent, none if the case is at a kink."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        point = point_of(operation, case, dtype)
        quantities, sure = reference(operation, case, point, dtype)
        if not quantities or min(np.mean(each) for each in sure.values()) < SURE:
            return []
        cotangent = point.cotangent.astype(dtype)
        direction = {key: each.astype(dtype) for key, each in point.direction.items()}
        rows = []
        for device in devices:
            try:
                ours = Side(minigrad).run_twice(operation, case, cotangent, direction)
                theirs = run_torch(operation, case, cotangent, direction, device)
                rough = None
                if is_cuda(device):
                    rough = run_torch(operation, case, cotangent, direction, device, True)
            except Exception as error:  # whatever goes wrong is what has to be reported
                note = f"{type(error).__name__}: {error}"
                rows.append(failure(name, note, case=case.name, dtype=dtype.name, device=device))
                continue
            seconds = None
            if timed and not case.refusal:
                seconds = time_twice(operation, case, cotangent, direction, device)
            for key, quantity in quantities.items():
                known = sure[key]
                names = (name, case.name, dtype.name, key)
                row = judged(
                    names,
                    np.where(known, ours[key], 0),
                    np.where(known, theirs[key], 0),
                    quantity,
                    difference=case.refusal or next(iter(case.differences.values()), ""),
                )
                if rough is not None:
                    row = with_tf32(row, np.where(known, rough[key], 0), quantity)
                left_out = int(known.size - known.sum())
                if left_out and not row.note:
                    row = replace(row, note=f"{left_out} elements next to a kink are left out")
                row = timing.with_seconds(row, seconds)
                rows.append(replace(row, device=device, layout=case.layout.__name__))
    return rows


def time_twice(
    operation: Operation, case: Case, cotangent: Array, direction: Arrays, device: str
) -> timing.Pair:
    """Seconds of an operation with its gradients and with theirs."""
    ours, theirs = (
        side.twice(operation, case, cotangent, direction) for side in timing.sides(device)
    )
    return timing.in_turn(ours, theirs, device)


def run_torch(
    operation: Operation,
    case: Case,
    cotangent: Array,
    direction: Arrays,
    device: str,
    with_rough_products: bool = False,
) -> Arrays:
    """PyTorch's gradients of gradients; NaN where it is known to refuse them."""
    try:
        with tf32(with_rough_products):
            return Side(torch, device).run_twice(operation, case, cotangent, direction)
    except RuntimeError:
        if not case.refusal:
            raise
    found = {f"second_{key}": np.full_like(each, np.nan) for key, each in direction.items()}
    return {**found, COTANGENT: np.full_like(cotangent, np.nan)}


def point_of(operation: Operation, case: Case, dtype: np.dtype[Any]) -> Point:
    """The case's operands, and for each a direction that keeps the signs of its elements."""
    generator = np.random.default_rng(zlib.crc32(case.name.encode()))
    operands = {
        key: each.astype(np.longdouble) if each is not None and each.dtype.kind == "f" else each
        for key, each in case.operands.items()
    }
    direction = {}
    for key, each in case.operands.items():
        if each is not None and key not in case.constants:
            factors = generator.uniform(0.5, 1, each.shape) * generator.choice([-1, 1], each.shape)
            direction[key] = (each * factors).astype(dtype).astype(np.longdouble)
    leaves = Side(minigrad).leaves(case)
    shape = tuple(operation.call(minigrad, leaves, case.attributes)["out"].shape)
    return Point(operands, cotangent_of(case, shape).astype(np.longdouble), direction)


def reference(
    operation: Operation, case: Case, point: Point, dtype: np.dtype[Any]
) -> tuple[dict[str, Quantity], dict[str, Array]]:
    """The exact gradients of gradients, and which of their elements are known."""
    values, doubts = second_derivatives(operation, case, point, dtype)
    generator = np.random.default_rng(7)
    others = (
        second_derivatives(operation, case, point.moved(generator), dtype)[0]
        for _ in range(MOVEMENTS)
    )
    noises = noise_of(values, others)
    unit = np.longdouble(np.finfo(dtype).eps) / 2
    quantities, sure = {}, {}
    first = operation.reference(point.operands, case.attributes, point.cotangent, dtype)
    for key, value in values.items():
        before = first[key.replace("second", "grad") if key != COTANGENT else "out"]
        noise = noises[key] + before.noise + before.roundings * np.abs(before.value)
        known = np.isfinite(value) & (doubts[key] <= unit * noise + spacing(value, dtype))
        sure[key] = known
        noise = np.where(known, noise + doubts[key] / unit, 0)
        quantities[key] = Quantity(np.where(known, value, 0), noise=noise)
    return quantities, sure


def second_derivatives(
    operation: Operation, case: Case, point: Point, dtype: np.dtype[Any]
) -> tuple[Arrays, Arrays]:
    """How the reference changes along the direction, and how uncertain that is."""
    names = {f"grad_{key}": f"second_{key}" for key in point.direction}
    names["out"] = COTANGENT

    def at(distance: Any) -> Arrays:
        operands = {
            key: each + distance * point.direction[key] if key in point.direction else each
            for key, each in point.operands.items()
        }
        found = operation.reference(operands, case.attributes, point.cotangent, dtype)
        return {new: found[old].value for old, new in names.items()}

    nothing = np.zeros((), np.longdouble)
    values, others, sizes = (dict.fromkeys(names.values(), nothing) for _ in range(3))
    for number, (eighth, tenth) in enumerate(zip(EIGHTH, TENTH, strict=True), 1):
        ahead, behind = at(number * STEP), at(-number * STEP)
        for key in values:
            change = (ahead[key] - behind[key]) / STEP
            values[key] = values[key] + tenth * change
            others[key] = others[key] + eighth * change
            size = np.where(change == 0, 0, np.abs(ahead[key]) / STEP)
            sizes[key] = np.maximum(sizes[key], size)
    eps = np.finfo(np.longdouble).eps
    doubts = {key: np.abs(values[key] - others[key]) + 4 * eps * sizes[key] for key in values}
    return {key: np.asarray(each) for key, each in values.items()}, doubts
