"""How does the deviation grow, beside what rounding explains, as a picture?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..report.files import write_whole
from .course import MULTIPLE
from .lines import Lines, lines_of, stretch
from .outcome import Found
from .report import first

COLUMNS = 3


@dataclass(frozen=True)
class Style:
    """How one way of training is drawn: it can also be told from the other in grey."""

    name: str
    line: str
    band: str
    width: float
    limit: str


DRIFT = Style("trained from one start", "#0b3c6f", "#8ab8de", 1.5, "--")
SINGLE = Style("single steps from where PyTorch was", "#8f2d0a", "#fbe0c8", 1.1, ":")


def write_picture(path: Path, found: Sequence[Found], title: str) -> None:
    """Draw what there is and put the PNG in place as a whole, or not at all."""
    content = io.BytesIO()
    draw(found, title).savefig(content, format="png", dpi=130)
    write_whole(path, content.getvalue())


def draw(found: Sequence[Found], title: str) -> Figure:
    """A panel for each script that could be compared, and one that says what is drawn."""
    drawn = [each for each in found if each.drift is not None]
    rows = -(-(len(drawn) + 1) // COLUMNS)
    figure = Figure(figsize=(4.2 * COLUMNS, 2.6 * rows + 0.8), layout="constrained")
    panels = list(figure.subplots(rows, COLUMNS, squeeze=False).flat)
    for panel, each in zip(panels, drawn, strict=False):
        draw_script(panel, each)
    for panel in panels[len(drawn) :]:
        panel.set_axis_off()
    explain(panels[len(drawn)])
    figure.suptitle(f"How far training deviates: {title}", x=0.01, ha="left", fontsize=13)
    each_point = stretch(max((each.outcome.steps for each in drawn), default=1))
    note = f"; each point is the largest of {each_point} steps" if each_point > 1 else ""
    figure.supxlabel(f"step{note}", fontsize=10)
    parted = any(each.outcome.parting or each.outcome.single_parting for each in drawn)
    others = ", or of what parted" if parted else ""
    figure.supylabel(f"largest difference of an element of any weight{others}", fontsize=10)
    return figure


def draw_script(panel: Axes, found: Found) -> None:
    """Both ways of training a script, and where the first of them parts."""
    assert found.drift is not None and found.single is not None
    parting = first(found.outcome.parting, found.outcome.single_parting)
    title = found.outcome.script
    if parting is not None:
        title += f"\n{parting.tensor}, parted at step {parting.step}"
        panel.axvline(parting.step, color="black", linewidth=1.2, linestyle=":")
    for course, style in ((found.single, SINGLE), (found.drift, DRIFT)):
        draw_course(panel, lines_of(course, parting), style)
    panel.set_yscale("log")
    panel.set_title(title, loc="left", fontsize=10)
    panel.grid(axis="y", color="#dddddd", linewidth=0.6)
    panel.set_axisbelow(True)
    panel.set_xlim(1, max(2, found.outcome.steps))
    panel.tick_params(labelsize=8)
    panel.spines[["top", "right"]].set_visible(False)


def draw_course(panel: Axes, lines: Lines, style: Style) -> None:
    """A line for minigrad, a band for PyTorch's variations, and what would be too much."""
    steps, width = lines.steps, style.width
    panel.fill_between(
        steps, lines.nearest, lines.furthest, color=style.band, linewidth=0, step="post"
    )
    panel.step(steps, lines.limit, style.limit, where="post", color=style.line, linewidth=1)
    panel.step(steps, lines.deviation, where="post", color=style.line, linewidth=width)


def explain(panel: Axes) -> None:
    """What is what, where there is no script."""
    entries: list[tuple[Any, str]] = []
    for style in (DRIFT, SINGLE):
        line = Line2D([], [], color=style.line, linewidth=2 * style.width)
        limit = Line2D([], [], color=style.line, linewidth=1, linestyle=style.limit)
        entries += [
            (line, f"minigrad, {style.name}"),
            (Patch(color=style.band), "PyTorch from itself, a rounding changed"),
            (limit, f"too far: {MULTIPLE:g} times its largest"),
        ]
    entries.append((Line2D([], [], linestyle=""), "gaps in lines: equal to the bit"))
    handles, labels = zip(*entries, strict=True)
    panel.legend(handles, labels, loc="center left", frameon=False, fontsize=9)
