"""How large is the gradient at each layer under each recipe, as a picture?"""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minigrad.demo.errors import InputError, reason, shown
from minigrad.demo.training import Result

# Distinguishable with any colour vision, and in print by the marker alone.
STYLES = (("#777777", "o"), ("#E69F00", "s"), ("#009E73", "^"), ("#0072B2", "D"))
SPREAD = 0.08


def check_picture_path(path: Path) -> None:
    """Refuse, before any training, a path where the picture could not be written."""
    if path.suffix.lower() != ".png":
        raise InputError(f"{shown(path)}: the picture is a PNG; give it a name that ends in .png")
    try:
        if path.is_dir():
            raise InputError(f"{shown(path)}: the picture cannot be written: this is a folder")
        if not path.parent.is_dir():
            raise InputError(
                f"{shown(path)}: the picture cannot be written: "
                f"there is no folder {shown(path.parent)}"
            )
        # Permissions, read-only file systems and quotas are all asked by trying.
        with unfinished(path) as trial:
            trial.touch()
    except OSError as error:
        raise cannot_be_written(path, error) from error


def write_picture(path: Path, results: Sequence[Result], data_name: str) -> None:
    """Draw the results and put the PNG in place as a whole, or not at all."""
    content = io.BytesIO()
    draw(results, data_name).savefig(content, format="png", dpi=150)
    try:
        with unfinished(path) as picture:
            picture.write_bytes(content.getvalue())
            os.replace(picture, path)
    except OSError as error:
        raise cannot_be_written(path, error) from error


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Where a file grows until it is whole: beside its place, and removed if left there."""
    temporary = path.with_name(f".minigrad-{os.getpid()}.png")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def cannot_be_written(path: Path, error: OSError) -> InputError:
    """What the operating system had against the picture."""
    return InputError(f"{shown(path)}: the picture cannot be written: {reason(error)}")


def draw(results: Sequence[Result], data_name: str) -> Figure:
    """Two panels side by side: the first epoch, where the start decides, and all epochs."""
    figure = Figure(figsize=(10, 5.4), layout="constrained")
    first, whole = figure.subplots(1, 2, sharey=True)
    layers = results[0].gradient_sizes.shape[1]
    for axes, title in ((first, "First epoch"), (whole, "All epochs")):
        axes.set_xticks(range(1, layers + 1))
        axes.set_title(title, loc="left", fontsize=11)
        axes.set_yscale("log")
        axes.set_xlabel("layer (1 is next to the input)")
        axes.grid(axis="y", which="major", color="#dddddd")
        axes.grid(axis="y", which="minor", color="#f0f0f0")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
    first.set_ylabel("gradient size (root mean square of the weight's gradient)")

    for number, result in enumerate(results):
        sizes = result.gradient_sizes  # (steps, layers)
        draw_recipe(first, number, result, sizes[: result.steps_per_epoch])
        draw_recipe(whole, number, result, sizes)
    # A file's name may hold letters that matplotlib's font lacks, and dollar signs, which would be
    # read as mathematics.
    data_name = data_name.encode("latin-1", "replace").decode("latin-1")
    heading = figure.suptitle(
        f"Gradient size by layer, recipe by recipe ({data_name})", x=0.01, ha="left", fontsize=13
    )
    heading.set_parse_math(False)
    note = "points: medians over the steps; bars: from the 5th to the 95th percentile"
    if not all(can_be_drawn(result.gradient_sizes).all() for result in results):
        note += "\nsteps whose gradient was zero or not finite are left out"
    figure.legend(
        *first.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2 if any(result.scores is None for result in results) else len(results),
        frameon=False,
        title=note,
    )
    return figure


def draw_recipe(axes: Axes, number: int, result: Result, sizes: npt.NDArray[np.float64]) -> None:
    """One recipe's line: a median at each layer, with the range of most steps."""
    colour, marker = STYLES[number % len(STYLES)]
    low, middle, high = (summary(sizes, percent) for percent in (5, 50, 95))
    layers = np.arange(1, len(middle) + 1)
    # Recipes stand a little apart so that their bars can be told from each other.
    places = layers + SPREAD * (number - (len(STYLES) - 1) / 2)
    axes.errorbar(
        places,
        middle,
        yerr=(middle - low, high - middle),
        color=colour,
        marker=marker,
        linewidth=1.8,
        elinewidth=1,
        capsize=2.5,
        label=result.recipe.name + (" (diverged)" if result.scores is None else ""),
    )


def summary(sizes: npt.NDArray[np.float64], percent: float) -> npt.NDArray[np.float64]:
    """A percentile at each layer of those sizes that a logarithmic axis can show."""
    values = [column[can_be_drawn(column)] for column in sizes.T]
    return np.array([np.percentile(v, percent) if v.size else np.nan for v in values])


def can_be_drawn(sizes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which sizes are neither zero nor beyond what a float can hold."""
    return np.isfinite(sizes) & (sizes > 0)
