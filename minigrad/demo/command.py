"""Which commands does `minigrad` have, with which options, and how do they end?"""

from enum import StrEnum
from math import inf
from pathlib import Path
from typing import Annotated

import typer

import minigrad
from minigrad.demo.errors import InputError

app = typer.Typer(
    help="A tensor engine with automatic differentiation that follows PyTorch.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DEFAULT_PICTURE = Path("minigrad-demo.png")


class OptimizerName(StrEnum):
    """The optimisers to choose from."""

    sgd = "sgd"
    adam = "adam"


def show_version(wanted: bool) -> None:
    """Print the version and stop, where it is asked for."""
    if wanted:
        typer.echo(f"minigrad {minigrad.__version__}")
        raise typer.Exit


def check_lr(value: float) -> float:
    """A learning rate is a positive, finite number."""
    if not 0 < value < inf:
        raise typer.BadParameter(f"{value} is not a positive number")
    return value


def check_fraction(value: float) -> float:
    """A part of the rows, neither next to nothing nor nearly all."""
    if not 0.01 <= value <= 0.99:
        raise typer.BadParameter(f"{value} is not between 0.01 and 0.99")
    return value


@app.callback()
def minigrad_command(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A tensor engine with automatic differentiation that follows PyTorch."""


@app.command()
def demo(
    csv: Annotated[
        Path | None,
        typer.Option(help="Your own table: numbers under a header. Needs --target."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="The column of --csv to predict, of zeros and ones.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often each row is seen.")] = 50,
    batch_size: Annotated[int, typer.Option(min=2, help="Rows in a batch.")] = 32,
    lr: Annotated[float, typer.Option(callback=check_lr, help="Learning rate.")] = 0.01,
    optimizer: Annotated[OptimizerName, typer.Option(help="Update rule.")] = OptimizerName.sgd,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="Seed of split, weights and batches.")
    ] = 0,
    test_fraction: Annotated[
        float, typer.Option(callback=check_fraction, help="Part of the rows kept for the test.")
    ] = 0.25,
    compiled: Annotated[
        bool,
        typer.Option("--compiled/--eager", help="Record the training step and replay it, or not."),
    ] = True,
    picture: Annotated[
        Path, typer.Option(help="Where to write the picture, a PNG.")
    ] = DEFAULT_PICTURE,
) -> None:
    """Compare four recipes against unstable gradients.

    A network of three linear layers is trained under each. Each recipe adds one step to the one
    before: PyTorch's default initialisation with ReLU; Kaiming initialisation; ELU; BatchNorm.
    Without --csv the data are scikit-learn's breast cancer data. A table at the end shows how well
    each network learned and how large its gradients were; a picture shows the gradients layer by
    layer.
    """
    try:
        # Imported here, so that help and refusals of options do not wait for it.
        from minigrad.demo.comparison import compare_recipes
        from minigrad.demo.training import Settings

        settings = Settings(epochs, batch_size, lr, optimizer.value, seed, compiled)
        compare_recipes(csv, target, test_fraction, settings, picture)
    except InputError as error:
        typer.echo(f"minigrad: {error}", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        typer.echo("minigrad: interrupted", err=True)
        raise typer.Exit(130) from None
