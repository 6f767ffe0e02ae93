"""Drawings of errors as SVG, which a page holds without loading anything.

Colours are classes that the page's style sheet gives, so that drawings follow light and dark.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from markupsafe import escape

from ..row import Row
from .numbers import number

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 92, 34, 14, 56  # room for labels as large as on a narrow screen
LEAST, MOST = 1e-2, 1e9  # ulp: the range of the scatter plot; what is outside lies on its edge
CEILING = 3.0  # ulp: the height of a profile
SMALLEST, GREATEST = 2.0**-40, 2.0**10  # |x| in a profile: beyond, errors are as at its ends
NAMED = (-30, -10, 10)  # the powers of two that a profile names; more would touch each other
Scale = Callable[[float], float]


def scatter(rows: Iterable[Row]) -> str:
    """A dot for each row: PyTorch's largest error across, minigrad's up."""

    def share(value: float) -> float:
        clipped = min(max(value, LEAST), MOST)
        return math.log(clipped / LEAST) / math.log(MOST / LEAST)

    x, y = scales(share)
    parts = [line(x(LEAST), y(LEAST), x(MOST), y(MOST), "even")]
    for tick in (1e-2, 1.0, 1e2, 1e4, 1e6, 1e8):
        named = "≤ 0.01" if tick == LEAST else f"10{superscript(round(math.log10(tick)))}"
        parts += [vertical_tick(x(tick), named), horizontal_tick(y(tick), named)]
    parts += axis_titles("PyTorch's largest error, ulp", "minigrad's, ulp")
    for row in rows:
        if row.error is None or row.torch_error is None or not row.torch_error < math.inf:
            continue
        said = f"{row.operation} {row.dtype} {row.quantity}, PyTorch on {row.device}: "
        said += f"{number(row.error)} beside {number(row.torch_error)} ulp ({row.verdict})"
        kind = row.verdict.lower().replace(" ", "-")
        parts.append(
            f'<circle class="dot {kind}" cx="{x(row.torch_error):.1f}" cy="{y(row.error):.1f}" '
            f'r="4"><title>{escape(said)}</title></circle>'
        )
    return drawing(parts, "minigrad's largest errors beside PyTorch's")


def profile(row: Row) -> str:
    """The largest error for each power of two, negative numbers on the left, small ones inside."""
    inside = (each for each in row.profile if SMALLEST <= abs(each[0]) <= GREATEST)
    ordered = sorted(inside, key=position)
    places = {position(each): number for number, each in enumerate(ordered)}
    count = max(len(ordered) - 1, 1)
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    points = [LEFT + width * number / count for number in range(len(ordered))]

    def y(value: float) -> float:
        return TOP + height * (1 - min(value, CEILING) / CEILING)

    parts = [horizontal_tick(y(tick), f"{tick:g}") for tick in (0, 0.5, 1, 1.5, 2, 2.5)]
    parts.append(horizontal_tick(y(CEILING), "≥ 3"))
    for sign in (-1.0, 1.0):
        for exponent in (-30, -20, -10, 0, 10):
            start = sign * 2.0**exponent
            shown = f"{'−' if sign < 0 else ''}2{superscript(exponent)}"
            if (key := position((start, 0, 0))) in places:
                named = shown if exponent in NAMED else ""
                parts.append(vertical_tick(points[places[key]], named))
    for kind, index in (("theirs", 2), ("ours", 1)):
        path = " ".join(
            f"{x:.1f},{y(each[index]):.1f}" for x, each in zip(points, ordered, strict=True)
        )
        parts.append(f'<polyline class="{kind}" points="{path}"/>')
    parts += axis_titles("x, by powers of two", "largest error, ulp")
    return drawing(parts, f"Errors of {row.operation}, {row.quantity}, by the size of x")


def position(point: Sequence[float]) -> tuple[float, float]:
    """What sorts numbers by size, -0 before 0."""
    return point[0], math.copysign(1, point[0])


def superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def scales(share: Scale) -> tuple[Scale, Scale]:
    """Where values lie across and up, from which part of the range they are at."""
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    return lambda v: LEFT + width * share(v), lambda v: TOP + height * (1 - share(v))


def line(x0: float, y0: float, x1: float, y1: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'


def vertical_tick(x: float, text: str) -> str:
    return (
        line(x, TOP, x, HEIGHT - BOTTOM, "grid")
        + f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 26}" text-anchor="middle">{text}</text>'
    )


def horizontal_tick(y: float, text: str) -> str:
    return (
        line(LEFT, y, WIDTH - RIGHT, y, "grid")
        + f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
    )


def axis_titles(across: str, up: str) -> list[str]:
    middle = TOP + (HEIGHT - TOP - BOTTOM) / 2
    return [
        f'<text x="{LEFT + (WIDTH - LEFT - RIGHT) / 2}" y="{HEIGHT - 6}" '
        f'text-anchor="middle">{escape(across)}</text>',
        f'<text transform="translate(18 {middle}) rotate(-90)" '
        f'text-anchor="middle">{escape(up)}</text>',
    ]


def drawing(parts: Sequence[str], title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        + "".join(parts)
        + "</svg>"
    )
