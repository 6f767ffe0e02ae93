"""Which pictures show what was measured?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot
from matplotlib.ticker import FuncFormatter, NullFormatter

from .contenders import CONTENDERS, TORCH
from .found import Found
from .report import LABELS, duration
from .rounds import Outcomes

COLOURS = dict(
    zip(
        (each.name for each in CONTENDERS),
        ("#5b5b5b", "#b08d57", "#7fb3d5", "#1f5f99", "#d0743c"),
        strict=True,
    )
)


def draw(found: Found, folder: Path) -> list[Path]:
    """Pictures of what was measured; the files there are now."""
    folder.mkdir(exist_ok=True)
    drawn = []
    named = {name: ratios(outcomes) for name, outcomes in found.workloads.items()}
    compared = {name: each for name, each in named.items() if each}
    if compared:
        drawn.append(save(draw_ratios(compared), folder / "ratios.png"))
    if found.growth:
        drawn.append(save(draw_growth(found), folder / "growth.png"))
    return drawn


def ratios(outcomes: Outcomes) -> dict[str, float]:
    """How many times as fast as PyTorch's eager step each other contender's is."""
    known = outcomes.get(TORCH.name)
    if known is None or not known.seconds:
        return {}
    theirs = median(known.seconds)
    return {
        name: theirs / median(each.seconds)
        for name, each in outcomes.items()
        if each.seconds and name != TORCH.name
    }


def draw_ratios(compared: dict[str, dict[str, float]]) -> Any:
    """A panel for each way of training, in it a group of bars for each network."""
    split = {name: name.rpartition("-") for name in compared}
    networks = list(dict.fromkeys(network for network, _, _ in split.values()))
    kinds = list(dict.fromkeys(kind for _, _, kind in split.values()))
    present = {name for each in compared.values() for name in each}
    names = [each.name for each in CONTENDERS if each.name in present]
    figure, panels = pyplot.subplots(
        1,
        len(kinds),
        figsize=(3.4 * len(kinds) + 1.2, 1.4 + len(networks) * (0.2 + 0.16 * len(names))),
        layout="constrained",
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for panel, kind in zip(panels[0], kinds, strict=True):
        groups = [compared.get(f"{network}-{kind}", {}) for network in networks]
        draw_bars(panel, groups, names)
        panel.set_title(kind)
    everything = [value for each in compared.values() for value in each.values()]
    panels[0][0].set(
        xscale="log",
        xlim=(min(1.0, *everything) / 2.5, max(1.0, *everything) * 2.5),
        ylim=(len(networks) - 0.5, -0.5),
        yticks=range(len(networks)),
        yticklabels=networks,
    )
    panels[0][0].xaxis.set_major_formatter(FuncFormatter(lambda value, place: f"{value:g}"))
    panels[0][0].xaxis.set_minor_formatter(NullFormatter())
    figure.supxlabel("times as fast as PyTorch eager (log scale)", fontsize=10)
    lines, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside upper center", ncols=len(names), frameon=False)
    return figure


def draw_bars(panel: Any, groups: Sequence[dict[str, float]], names: Sequence[str]) -> None:
    """Bars that begin at 1, PyTorch's eager step, each with its figure."""
    height = 0.8 / len(names)
    for index, name in enumerate(names):
        shift = (index - (len(names) - 1) / 2) * height
        places = [row + shift for row, each in enumerate(groups) if name in each]
        values = [each[name] for each in groups if name in each]
        lengths = [value - 1 for value in values]
        colour = COLOURS[name]
        panel.barh(places, lengths, height * 0.92, left=1, color=colour, label=LABELS[name])
        for place, value in zip(places, values, strict=True):
            side, distance = ("left", 3) if value >= 1 else ("right", -3)
            panel.annotate(
                f"{value:.3g}",
                (value, place),
                (distance, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=7,
            )
    panel.axvline(1, color=COLOURS[TORCH.name], linewidth=1)
    panel.spines[["top", "right"]].set_visible(False)


def draw_growth(found: Found) -> Any:
    """Time of a step against each size, a curve for each contender."""
    series = list(dict.fromkeys(each[0] for each in found.growth))
    figure, panels = pyplot.subplots(
        1,
        len(series),
        figsize=(3.6 * len(series) + 0.6, 3.6),
        layout="constrained",
        squeeze=False,
        sharey=True,
    )
    for panel, name in zip(panels[0], series, strict=True):
        points = [(size, outcomes) for grows, size, outcomes in found.growth if grows == name]
        for contender in points[0][1]:
            timed = [
                (size, median(outcomes[contender].seconds))
                for size, outcomes in points
                if outcomes[contender].seconds
            ]
            if timed:
                sizes, times = zip(*timed, strict=True)
                panel.plot(
                    sizes, times, "o-", ms=4, color=COLOURS[contender], label=LABELS[contender]
                )
        panel.set(xscale="log", yscale="log", xlabel=name, title=f"growth with {name}")
        label_sizes(panel, [size for size, _ in points])
        panel.yaxis.set_major_formatter(FuncFormatter(lambda value, place: duration(value)))
        panel.yaxis.set_minor_formatter(NullFormatter())
        panel.grid(alpha=0.25)
    panels[0][0].set_ylabel("a training step")
    lines, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside upper center", ncols=len(labels), frameon=False)
    return figure


def label_sizes(panel: Any, sizes: Sequence[int]) -> None:
    """The sizes that were measured on the horizontal axis, instead of powers of ten."""
    panel.set_xticks(sizes, [str(size) for size in sizes], rotation=45, fontsize=8)
    panel.minorticks_off()


def save(figure: Any, path: Path) -> Path:
    """Write a picture in one step: it is whole, or as it was."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".png")
    os.close(handle)
    try:
        figure.savefig(temporary, dpi=130)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    finally:
        pyplot.close(figure)
    return path
