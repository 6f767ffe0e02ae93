"""What do trajectories look like in a browser? A table, and a drawing for each script.

Drawings are SVG in the page's own colours, from the parts that `report.plots` has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from markupsafe import escape

from ..judging.judge import Array
from ..report.content import Section
from ..report.plots import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Scale,
    axis_titles,
    drawing,
    horizontal_tick,
    superscript,
    vertical_tick,
)
from ..row import FAIL
from .lines import Lines, lines_of
from .outcome import Found
from .report import EXPLANATION, cells, failures, first

HEAD = ("steps", "first bits", "first parting", "drift", "single steps", "compiled bits")
KEYS = (
    '<span class="ours"><span class="key"></span> minigrad</span>, trained from one start',
    '<span class="theirs"><span class="key"></span> PyTorch from itself</span>, a rounding '
    "changed: the band",
    "dashed: too far",
)


def section(found: Sequence[Found]) -> Section:
    """The trajectories in the three forms of a report."""
    outcomes = [each.outcome for each in found]
    said = [f"{each.script}: {line}" for each in outcomes for line in failures(each)]
    failed = sum(each.verdict == FAIL for each in outcomes)
    text = f"{len(outcomes)} scripts: {len(outcomes) - failed} pass, {failed} {FAIL}"
    figures = "".join(
        f"<figure><figcaption>{escape(each.outcome.script)}</figcaption>{plot(each)}</figure>"
        for each in found
        if each.drift is not None
    )
    body = (
        f"<p>{escape(EXPLANATION)}</p>{table(found)}"
        + "".join(f'<p class="fail">{escape(line)}</p>' for line in said)
        + f'<p class="quiet">{"; ".join(KEYS)}. Lines have gaps where all is equal to the bit.</p>'
        + f'<div class="plots">{figures}</div>'
    )
    data = [{**asdict(each), "verdict": each.verdict} for each in outcomes]
    return Section("Trajectories", "\n".join([text, *said]), body, data, failed > 0)


def table(found: Sequence[Found]) -> str:
    """A line for each script; the verdict is seen on a narrow screen too."""
    head = "".join(f"<th>{name}</th>" for name in ("script", "verdict", *HEAD))
    lines = []
    for each in found:
        verdict = each.outcome.verdict
        script, *others = [f"<td>{escape(text)}</td>" for text in cells(each.outcome)]
        judged = f'<td class="verdict {verdict.lower()}">{verdict}</td>'
        lines.append(f"<tr>{script}{judged}{''.join(others)}</tr>")
    return f'<div class="scroll"><table><tr>{head}</tr>{"".join(lines)}</table></div>'


def plot(found: Found) -> str:
    """The largest difference of an element of a weight, or of what parted, at each step."""
    assert found.drift is not None
    outcome = found.outcome
    lines = lines_of(found.drift, first(outcome.parting, outcome.single_parting))
    x, y, exponents = scales(lines, outcome.steps)
    band = [*points(x, y, lines.steps, lines.furthest)]
    band += reversed(points(x, y, lines.steps, lines.nearest))
    parts = [f'<polygon class="band" points="{" ".join(band)}"/>']
    every = max(1, math.ceil(len(exponents) / 7))  # more numbers would touch each other
    parts += [
        horizontal_tick(y(10.0**each), f"10{superscript(each)}") for each in exponents[::every]
    ]
    steps = dict.fromkeys((1, max(1, outcome.steps // 2), outcome.steps))
    parts += [vertical_tick(x(each), str(each)) for each in steps]
    parts.append(polyline("even", points(x, y, lines.steps, lines.limit)))
    known = np.isfinite(lines.deviation)
    for piece in np.split(np.arange(len(known)), np.flatnonzero(~known)):
        piece = piece[known[piece]]
        parts.append(polyline("ours", points(x, y, lines.steps[piece], lines.deviation[piece])))
    parts += axis_titles("step", "largest difference of a weight")
    return drawing(parts, f"How far {outcome.script} deviates from PyTorch")


def scales(lines: Lines, steps: int) -> tuple[Scale, Scale, list[int]]:
    """Where steps and differences lie, and the powers of ten that are there."""
    values = np.concatenate([lines.deviation, lines.nearest, lines.limit])
    values = values[np.isfinite(values) & (values > 0)]
    least = math.floor(math.log10(values.min(initial=1.0)))
    most = max(math.ceil(math.log10(values.max(initial=1e-16))), least + 1)

    def x(step: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (step - 1) / max(1, steps - 1)

    def y(value: float) -> float:
        share = (math.log10(max(value, 10.0**least)) - least) / (most - least)
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    return x, y, list(range(least, most + 1))


def points(x: Scale, y: Scale, steps: Array, values: Array) -> list[str]:
    return [f"{x(step):.1f},{y(value):.1f}" for step, value in zip(steps, values, strict=True)]


def polyline(kind: str, places: Sequence[str]) -> str:
    return f'<polyline class="{kind}" points="{" ".join(places)}"/>'
