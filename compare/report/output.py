"""Where does a report go, and what becomes of it if it cannot be printed there?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


class Output(Console):
    """A console whose reader may go away: what is left to print then goes nowhere."""

    def on_broken_pipe(self) -> None:
        silence()


@contextmanager
def output(parser: argparse.ArgumentParser) -> Iterator[Output]:
    """Standard output, to print a report to; where that fails, one line says why."""
    try:
        yield Output(highlight=False)
    except OSError as error:
        silence()
        parser.error(f"standard output: {error.strerror}")


def silence() -> None:
    """Send what is still to be printed nowhere, so that Python ends without a complaint."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
