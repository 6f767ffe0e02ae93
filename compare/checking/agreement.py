"""Are results as near to the reference as rounding lets them be?

A float64 evaluation of the reference is what both are held against. An error, in ulp of the dtype,
may be half an ulp for the result's rounding, and what roundings on the way may add up to, which
shows in how the reference moves where each of its operations is a little off (`roundings`); or as
much as the reference's own error in that dtype, in units of that bound.

What is lost inside one operation of the reference shows in how far it is off in float32 at points
nearby: three times the largest is allowed, in float64 as many ulp, as the formula is the same. So
no tolerance is set by hand: where nothing cancels a few ulp are allowed, and where much does, as
much as that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..judging.judge import Array, Quantity, bound, errors, strains
from . import roundings
from .evaluation import Results
from .roundings import noise_of

ROUNDING = "what roundings in the reference's operations come to"
LICENCE = "the reference's own error in this dtype"
NEARBY = "three times the reference's error in float32 nearby"
TIMES = 3
EQUAL = "whole numbers and bools must be equal"


@dataclass(frozen=True)
class Agreement:
    """One result in one dtype: its element that is the most of what is allowed away.

    Parameters
    ----------
    error, reference_error, allowed : in ulp; None where there is nothing to measure
    wrong : how many elements are further off than allowed, of `size`
    note : what differs that is no number: a shape, a dtype
    """

    name: str
    dtype: str
    passed: bool
    error: float | None = None
    reference_error: float | None = None
    allowed: float | None = None
    where: tuple[int, ...] = ()
    given: float | None = None
    reference: float | None = None
    truth: float | None = None
    wrong: int = 0
    size: int = 0
    reason: str = ""
    note: str = ""

    @property
    def strain(self) -> float:
        """The error as a part of what is allowed."""
        if not self.error or not self.allowed:
            return 0.0 if self.passed else float("inf")
        return self.error / self.allowed


def agreements(
    ours: Results,
    theirs: Results,
    truth: Results,
    others: Sequence[Results],
    nearby: Results,
    dtype: str,
) -> Iterator[Agreement]:
    """How all results agree with the reference's.

    Parameters
    ----------
    theirs : what the reference gives in this dtype
    truth : what it gives in float64
    others : the same, with roundings
    nearby : how far off the reference is around there; see `errors_nearby`
    """
    floats = {name: each for name, each in truth.items() if each.dtype.kind == "f"}
    with np.errstate(all="ignore"):
        noises = {
            name: noise_of(each, [other[name] for other in others])
            for name, each in floats.items()
        }
        for name, alone in _beside_sums(floats):
            noises[name] = noises[name] + roundings.TIMES * np.abs(alone).max(initial=0.0)
        for name, reference in theirs.items():
            if name not in ours:
                yield Agreement(name, dtype, False, note="it is missing")
                continue
            given = ours[name]
            if (given.shape, given.dtype) != (reference.shape, reference.dtype):
                shapes = [f"{each.dtype} {list(each.shape)}" for each in (given, reference)]
                yield Agreement(name, dtype, False, note=" instead of ".join(shapes))
            elif name in floats:
                around = nearby.get(name, np.zeros(given.shape))
                yield of_floats(name, given, reference, truth[name], noises[name], around)
            else:
                yield of_others(name, given, reference, dtype)
        for name in sorted(ours.keys() - theirs.keys()):
            yield Agreement(name, dtype, False, note="the reference has none")


def _beside_sums(floats: Results) -> Iterator[tuple[str, Array]]:
    """Gradients of sums, with those along other cotangents: so large is what cancels in a sum.

    Where a reference computes them in one operation, roundings around that do not show it.
    """
    for name in floats:
        alone = name.replace(" of a sum", "")
        if alone != name:
            yield name, floats[alone]


def errors_nearby(pairs: Sequence[Sequence[Results]]) -> Results:
    """The largest errors in ulp of results in float32, beside the same in float64."""
    found: Results = {}
    for narrow, wide in pairs:
        for name, truth in wide.items():
            if truth.dtype.kind == "f" and narrow[name].shape == truth.shape:
                off = errors(narrow[name], Quantity(truth))
                off = np.where(np.isfinite(off), off, 0.0)
                known = found.get(name, np.zeros(off.shape))
                found[name] = np.maximum(known, off) if known.shape == off.shape else known
    return found


def of_floats(
    name: str, given: Array, reference: Array, truth: Array, noise: Array, nearby: Array
) -> Agreement:
    dtype = given.dtype
    if given.size == 0:
        return Agreement(name, dtype.name, True, 0.0, 0.0, 0.0, reason=ROUNDING)
    quantity = Quantity(truth, noise=noise)
    if dtype == np.float64:  # of which the truth is rounded itself
        quantity = Quantity(truth, noise=2 * noise, floor=1.0)
    found, of_reference = errors(given, quantity), errors(reference, quantity)
    limit = np.broadcast_to(bound(quantity, dtype, False), found.shape)
    licence = strains(of_reference, limit)
    licence = max(1.0, float(licence.max(where=np.isfinite(licence), initial=0.0)))
    granted = own = limit * licence
    if nearby.shape == granted.shape:
        granted = np.maximum(own, TIMES * nearby)
    same = (given == reference) | (np.isnan(given) & np.isnan(reference))
    strain = np.where(same, 0.0, strains(found, granted))
    wrong = strain > 1
    reason = LICENCE if licence > 1 else ROUNDING
    at = np.unravel_index(int(strain.argmax()), found.shape)
    return Agreement(
        name,
        dtype.name,
        passed=not wrong.any(),
        error=float(found[at]),
        reference_error=float(of_reference[at]),
        allowed=float(granted[at]),
        where=tuple(map(int, at)),
        given=float(given[at]),
        reference=float(reference[at]),
        truth=float(truth[at]),
        wrong=int(wrong.sum()),
        size=given.size,
        reason=reason if granted[at] == own[at] else NEARBY,
    )


def of_others(name: str, given: Array, reference: Array, dtype: str) -> Agreement:
    wrong = given != reference
    at = np.unravel_index(int(wrong.argmax()), wrong.shape) if wrong.size else ()
    return Agreement(
        name,
        dtype,
        passed=not wrong.any(),
        where=tuple(map(int, at)),
        given=given[at].item() if wrong.size else None,
        reference=reference[at].item() if wrong.size else None,
        wrong=int(wrong.sum()),
        size=given.size,
        reason=EQUAL,
    )
