"""In what order does the demo check, train, report and draw?"""

from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from minigrad.demo.errors import InputError
from minigrad.demo.picture import check_picture_path, write_picture
from minigrad.demo.recipes import RECIPES
from minigrad.demo.report import make_report
from minigrad.demo.split import Split, split_table
from minigrad.demo.table import Table, breast_cancer, read_table
from minigrad.demo.training import Result, Settings, train


def compare_recipes(
    csv: Path | None,
    target: str | None,
    test_fraction: float,
    settings: Settings,
    picture: Path,
) -> None:
    """Everything that can be wrong with the input is found before the first training step."""
    check_picture_path(picture)
    table = choose_table(csv, target)
    split = split_table(table, test_fraction, settings.seed)
    results = train_all(split, settings)
    write_picture(picture, results, table.name)

    console = Console()
    console.print(make_report(results, table))
    console.print(
        f"{len(split.train_x)} training rows, {len(split.test_x)} test rows, "
        f"{len(table.columns)} columns"
    )
    console.print(f"The picture of the gradients is in {picture}", markup=False, soft_wrap=True)


def choose_table(csv: Path | None, target: str | None) -> Table:
    """The user's table where there is one, and else the data that come with scikit-learn."""
    if csv is None:
        if target is not None:
            raise InputError("--target names a column of --csv, and there is no --csv")
        return breast_cancer()
    if target is None:
        raise InputError("--csv needs --target, the name of the column to predict")
    return read_table(csv, target)


def train_all(split: Split, settings: Settings) -> list[Result]:
    """Train under each recipe in turn, with a progress bar for each where somebody can see it."""
    widest = max(len(recipe.name) for recipe in RECIPES)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("epochs, {task.fields[state]}"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    results = []
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bars = [
            progress.add_task(
                recipe.name.ljust(widest), total=settings.epochs, start=False, state="waiting"
            )
            for recipe in RECIPES
        ]
        for recipe, bar in zip(RECIPES, bars, strict=True):
            progress.start_task(bar)
            result = train(recipe, split, settings, partial(show_epoch, progress, bar))
            if result.scores is None:
                progress.update(bar, state="diverged")
            progress.stop_task(bar)
            results.append(result)
    return results


def show_epoch(progress: Progress, bar: TaskID, loss: float) -> None:
    """One epoch more on a recipe's bar."""
    progress.update(bar, advance=1, state=f"loss {loss:.3f}")
