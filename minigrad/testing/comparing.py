"""Does a subject's gradient agree with differences of its values?

For a direction u of the inputs and a weight v of the outputs, a *cotangent*, two numbers must
agree: v · (J u) from differences, and (Jᵀ v) · u from the gradient. Cotangents are random, never
all ones: the sum of a BatchNorm's outputs is constant, and beside it any gradient looks right.
Where inputs and outputs are small they are also taken one element at a time: the whole Jacobian.
Where they are large, the first product that is wrong is traced to one element.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..tensor import Array
from . import directions
from .complex_steps import NotAnalyticError, complex_derivative, narrowed
from .differences import EPS, NOTHING, Range, derivative_range
from .directions import Direction
from .failure import CheckError
from .findings import Findings, Kink, Wrong
from .halving import Means, of_one_element
from .rounding import compare_rounded
from .subjects import Subject

NOISE = 16  # roundings of the values around, which a derivative of 0 may come to


class Settings(NamedTuple):
    """What a person asked for; see `gradcheck`."""

    seed: int
    rtol: float
    atol: float | None
    step: float | None
    limit: int
    method: str | None
    nondet_tol: float


def compare(
    subject: Subject,
    order: int,
    generator: np.random.Generator,
    settings: Settings,
    size: float,
) -> Findings:
    """Hold every product of the gradient against differences.

    `size` is that of the values of lower orders, whose rounding may show in this one.
    """
    point = subject.point()
    outputs = subject.values()
    _require_same_again(outputs, subject.values(), settings.nondet_tol, "func", "values")
    cotangents = directions.one_by_one(subject.output_names(), outputs, settings.limit)
    cotangents += directions.in_layouts(outputs, generator)
    towards = directions.one_by_one(subject.names, point, settings.limit)
    towards += directions.random("a random direction", point, generator, 2 if towards else 8)
    towards.append(directions.together("all inputs at once", point))
    findings = Findings(order, settings.method)
    with subject.widened():
        centre = _flat(_in_float64(subject, point))
        products = [subject.products(each.arrays) for each in cotangents]
        again = subject.products(cotangents[-1].arrays)
        _require_same_again(products[-1], again, settings.nondet_tol, "the gradient", "numbers")
        slopes = np.stack([_flat(each) for each in products])  # (cotangents, inputs)
        weights = np.stack([each.flat() for each in cotangents])  # (cotangents, outputs)
        ranges = [
            _derivatives(subject, point, centre, each, settings, findings) for each in towards
        ]
        findings.size = max(size, *[each.size for each in ranges])
        usual = max(settings.rtol / 100 * findings.size, NOTHING)
        atol = findings.atol = usual if settings.atol is None else settings.atol
        first: tuple[Direction, Direction] | None = None  # by which, of which, that is wrong
        for direction, found in zip(towards, ranges, strict=True):
            slack = settings.rtol, atol
            wrong = _judge(direction, found, cotangents, slopes, weights, slack, findings)
            if wrong and first is None:
                first = direction, cotangents[wrong[0]]
            if direction.element is not None or towards[0].element is None:
                _note_kinks(direction, found, cotangents, slopes, findings)
        if first is not None:
            means = _means(subject, point, centre, settings, atol, findings)
            findings.wrong[0] = of_one_element(findings.wrong[0], *first, means)
    if not findings.wrong and any(each.dtype == np.float32 for each in (*point, *outputs)):
        compare_rounded(subject, cotangents, products, generator, findings)
    return findings


def _in_float64(subject: Subject, point: Sequence[Array]) -> list[Array]:
    """The values at the point; in float32 differences show nothing."""
    try:
        outputs = subject.values()
    except (RuntimeError, TypeError, ValueError) as error:
        if all(each.dtype == np.float64 for each in point):
            raise
        raise ValueError(
            f"gradcheck: func must also run with its float32 inputs in float64, got {error!r}; is "
            "there another float32 tensor that it uses? Hand that in as one of the inputs"
        ) from error
    if any(each.dtype == np.float32 for each in outputs):
        raise ValueError(
            "gradcheck: func must give float64 where its inputs are float64, got float32: in that "
            "differences show nothing"
        )
    return outputs


def _derivatives(
    subject: Subject,
    point: Sequence[Array],
    centre: Array,
    direction: Direction,
    settings: Settings,
    findings: Findings,
) -> Range:
    """The range of the derivatives of all outputs along a direction."""
    starts = [each.astype(np.float64) for each in point]
    pairs = list(zip(starts, direction.arrays, strict=True))
    magnitude = max(float(np.abs(each[towards != 0]).max(initial=0)) for each, towards in pairs)

    def value(distance: Any) -> Array:
        subject.move([start + distance * towards for start, towards in pairs])
        return _flat(subject.values())

    with subject.moving():
        found = derivative_range(value, centre, settings.step, magnitude)
    if findings.method != "differences" and subject.takes_complex:
        try:
            with subject.moving():
                exact = narrowed(found, complex_derivative(value))
            findings.method = findings.method or "complex"
            return exact
        except NotAnalyticError as error:
            if settings.method == "complex":
                raise ValueError(f"gradcheck: method cannot be 'complex': {error}") from error
            findings.method, findings.not_complex = "differences", str(error)
    return found


def _means(
    subject: Subject,
    point: Sequence[Array],
    centre: Array,
    settings: Settings,
    atol: float,
    findings: Findings,
) -> Means:
    """What traces a wrong product to one element."""

    def differences(by: Direction) -> Range:
        return _derivatives(subject, point, centre, by, settings, findings)

    def gradient(of: Direction) -> Array:
        return _flat(subject.products(of.arrays))

    def judge(by: Direction, found: Range, of: Direction, slopes: Array) -> list[Wrong]:
        alone = Findings(findings.order, findings.method)
        slack = settings.rtol, atol
        _judge(by, found, [of], slopes[None], of.flat()[None], slack, alone)
        return alone.wrong

    return Means(differences, gradient, judge, subject.names, subject.output_names())


def _judge(
    direction: Direction,
    found: Range,
    cotangents: Sequence[Direction],
    slopes: Array,
    weights: Array,
    slack: tuple[float, float],
    findings: Findings,
) -> list[int]:
    """Compare one direction with every cotangent; give the numbers of those that are wrong."""
    rtol, atol = slack
    ends = np.stack([weights * found.low, weights * found.high])  # (2, cotangents, outputs)
    # Each product rounds by itself: what they are off by grows with the root of their number.
    relative = rtol * np.hypot.reduce(np.abs(ends).max(0), axis=1)
    beside = relative + atol
    least, most = ends.min(0).sum(1), ends.max(0).sum(1)
    numeric, error = (least + most) / 2, np.abs(weights) @ found.error
    allowed = error + beside
    with np.errstate(all="ignore"):
        analytic = slopes @ direction.flat()
        gaps = np.abs(analytic - numeric)
        shares = gaps / allowed
        right = (least - beside <= analytic) & (analytic <= most + beside)
    kinked = ((weights != 0) & found.kink).any(1)
    smooth = right & ~kinked
    findings.count += len(cotangents)
    explained = error + relative + NOISE * EPS * findings.size
    findings.by_atol_alone += int((smooth & (gaps > explained)).sum())
    findings.largest_share = max(findings.largest_share, shares[smooth].max(initial=0.0))
    if not found.kink.any():
        half = (found.high - found.low) / 2
        findings.uncertainty = max(findings.uncertainty, float(half.max(initial=0.0)))
    wrong: list[int] = np.flatnonzero(~right).tolist()
    for k in wrong:
        mine, truth, off, may = [float(each[k]) for each in (analytic, numeric, error, allowed)]
        kink = (float(least[k]) + off, float(most[k]) - off) if kinked[k] else None
        of, by = cotangents[k].name, direction.name
        findings.wrong.append(Wrong(of, by, mine, truth, off, may, kink))
    return wrong


def _note_kinks(
    direction: Direction,
    found: Range,
    cotangents: Sequence[Direction],
    slopes: Array,
    findings: Findings,
) -> None:
    """Write down the outputs that have a kink along a direction."""
    elements = {each.element: k for k, each in enumerate(cotangents) if each.element is not None}
    with np.errstate(all="ignore"):
        along = slopes @ direction.flat()
    for output in np.flatnonzero(found.kink).tolist():
        k = elements.get(output)
        of = f"element {output} of the outputs" if k is None else cotangents[k].name
        given = None if k is None else float(along[k])
        low, high = float(found.low[output]), float(found.high[output])
        findings.kinks.append(Kink(of, direction.name, low, high, given))


def _require_same_again(
    first: Sequence[Array], second: Sequence[Array], tolerance: float, who: str, what: str
) -> None:
    """A function with random numbers has no derivative that differences could show."""
    for one, other in zip(first, second, strict=True):
        close = np.isclose(one, other, rtol=0, atol=tolerance, equal_nan=True)
        if not np.all(close):
            at = tuple(np.argwhere(~close)[0].tolist())
            raise CheckError(
                f"{who} gives other {what} when called again at the same point: {one[at]:.6g}, "
                f"then {other[at]:.6g}; seed its random numbers inside, or allow nondet_tol"
            )


def _flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0), *[each.ravel() for each in arrays]])
