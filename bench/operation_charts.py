"""Which picture shows how near single operations come to what the machine can do?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .charts import COLOURS, pyplot, save
from .operation_report import shares
from .operation_times import COLUMNS, Times
from .rates import Rates

ACROSS = 4


def draw(measured: Sequence[Times], rates: Rates, folder: Path) -> list[Path]:
    """A panel for each operation, its share of the rate against the size."""
    folder.mkdir(exist_ok=True)
    found = [(each, reached) for each in measured if (reached := shares(each, rates))]
    names = list(dict.fromkeys(each.operation for each, _ in found))
    if not names:
        return []
    down = -(-len(names) // ACROSS)
    figure, panels = pyplot.subplots(
        down,
        ACROSS,
        figsize=(11, 1.0 + 1.75 * down),
        layout="constrained",
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    places = list(panels.flat)
    for panel, name in zip(places, names, strict=False):
        points = [
            (each.rows * COLUMNS, reached) for each, reached in found if each.operation == name
        ]
        draw_shares(panel, points)
        panel.set_title(name if name != "linear" else "linear (of BLAS)", fontsize=8.5)
    highest = max(max(reached) for _, reached in found)
    places[0].set_ylim(0, 105 * max(1.0, highest))
    for panel in places[len(names) :]:
        panel.set_axis_off()
    figure.supxlabel("elements", fontsize=10)
    figure.supylabel("share of the memory's bandwidth, as a copy has it", fontsize=10)
    lines, labels = places[0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside upper center", ncols=2, frameon=False)
    return [save(figure, folder / "operations.png")]


def draw_shares(panel: Any, points: Sequence[tuple[int, Any]]) -> None:
    sizes = [size for size, _ in points]
    for index, (label, name) in enumerate((("forward", "minigrad.compile"), ("back", "jax.jit"))):
        values = [100 * reached[index] for _, reached in points]
        panel.plot(sizes, values, "o-", ms=3, lw=1.2, color=COLOURS[name], label=label)
    panel.axhline(100, color="#5b5b5b", linewidth=0.8, linestyle=":")
    panel.set_xscale("log")
    panel.yaxis.set_major_formatter(lambda value, place: f"{value:.0f}%")
    panel.grid(alpha=0.25)
    panel.tick_params(labelsize=8)
