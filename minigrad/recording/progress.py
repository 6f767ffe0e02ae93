"""The progress bar of an epoch, where somebody asked for one and can see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any


@contextmanager
def shown(progress: bool, loader: Any) -> Iterator[Callable[[int], None]]:
    """Context: a function that is told how many batches are done; no bar is left behind."""
    if not progress:
        yield lambda count: None
        return
    try:
        from rich.console import Console
        from rich.progress import Progress
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "epoch: progress=True needs rich, which is not installed; pip install rich, or leave "
            "progress=True out",
            name=error.name,
        ) from None
    console = Console(stderr=True)
    somewhere = console.is_terminal or console.is_jupyter
    with Progress(console=console, transient=True, disable=not somewhere) as bar:
        total = None
        with suppress(TypeError):  # of a stream nobody knows how long it is
            total = len(loader)
        task = bar.add_task("epoch", total=total)
        yield lambda count: bar.advance(task, count)
