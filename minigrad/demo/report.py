"""What does the table at the end of the demo say?"""

from collections.abc import Sequence

from rich import box
from rich.table import Table as RichTable
from rich.text import Text

from minigrad.demo.errors import quoted
from minigrad.demo.table import Table
from minigrad.demo.training import Result, Scores

HEADINGS = (
    "train\nloss",
    "test\nloss",
    "accu-\nracy",
    "F1",
    "first\ngrad.",
    "last\ngrad.",
    "ratio",
)


def make_report(results: Sequence[Result], table: Table) -> RichTable:
    """One line for each recipe: how well it learned, and how its gradients fared on the way."""
    # Names come from the user: as Text, nothing in them is taken for a colour or a style.
    report = RichTable(
        title=Text(f"Four recipes on {table.name}"),
        caption=Text(make_caption(results, table)),
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        collapse_padding=True,
        pad_edge=False,
    )
    report.add_column("recipe", no_wrap=True)
    for heading in HEADINGS:
        report.add_column(heading, justify="right")
    for result in results:
        report.add_row(result.recipe.name, *score_cells(result.scores), *gradient_cells(result))
    return report


def make_caption(results: Sequence[Result], table: Table) -> str:
    """What the columns mean, and what a dash means where there is one."""
    caption = (
        "train loss, test loss: binary cross-entropy of the trained network\n"
        f"accuracy, F1: on the test rows; F1 of class 1, {quoted(table.target_name)}\n"
        "first grad., last grad.: root mean square of the weight's gradient at\n"
        "the first and the last layer, median over the steps; ratio: first / last"
    )
    if any(result.scores is None for result in results):
        caption += "\n-: the network diverged (its output became NaN); try a smaller --lr"
    return caption


def score_cells(scores: Scores | None) -> list[str]:
    """Losses, accuracy and F1 of one recipe."""
    if scores is None:
        return ["-"] * 4
    return [
        significant(scores.train_loss, 3),
        significant(scores.test_loss, 3),
        f"{scores.accuracy:.3f}",
        f"{scores.f1:.3f}",
    ]


def gradient_cells(result: Result) -> list[str]:
    """Gradient size at the first and the last layer, and the one as a part of the other."""
    sizes = result.typical_sizes()
    first, last = float(sizes[0]), float(sizes[-1])
    ratio = significant(first / last, 2) if last > 0 else "-"
    return [significant(first, 2), significant(last, 2), ratio]


def significant(value: float, digits: int) -> str:
    """A number to so many significant digits, final zeros included."""
    return "0" if value == 0 else f"{value:#.{digits}g}".removesuffix(".")
