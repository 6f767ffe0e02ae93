"""What does one run of the fuzzing do besides running programs?"""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from . import cases, workers
from .block import still_differs
from .state import State, write_state

WRITTEN_EVERY = 20.0  # seconds between two states that are written
COLUMNS = (
    TextColumn("programs"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
    TextColumn("{task.description}"),
)


class Session:
    """One run: it goes on from a state, shows how far it is, and leaves a state.

    Parameters
    ----------
    state : what runs before have met, added to
    path : where it is written; None for nowhere
    programs, seconds : how many to run, and how long; None for no end
    folder : where differences are kept
    """

    def __init__(
        self,
        state: State,
        path: Path | None,
        programs: int | None,
        seconds: float | None,
        folder: Path = cases.FOLDER,
    ) -> None:
        self.state, self.path, self.programs, self.seconds = state, path, programs, seconds
        self.folder = folder
        self.kept: list[Path] = []
        self.known = 0  # of those found, how many are kept as scripts
        self.before = state.programs, state.seconds
        self.started = self.written = time.monotonic()

    def run(self, processes: int, runner: workers.Runner = workers.run_block) -> None:
        """Run it; whatever ends it, the state is written."""
        self.state.found = [each for each in self.state.found if still_differs(each)]
        self.known = len(self.state.found)
        until = None if self.seconds is None else self.started + self.seconds
        try:
            with Progress(*COLUMNS, console=Console(stderr=True), transient=True) as progress:
                task = progress.add_task("", total=self.programs)

                def told() -> None:
                    self.note()
                    done = self.state.programs - self.before[0]
                    text = f"{len(self.state.cells):,} kinds of use, {self.troubles()} unexplained"
                    progress.update(task, completed=done, description=text)

                workers.run(self.state, processes, self.programs, until, told, runner)
        finally:
            self.note(last=True)

    def troubles(self) -> int:
        return len(self.state.found) + len(self.state.crashes)

    def note(self, last: bool = False) -> None:
        """Keep what is new; write the state, if it is time."""
        for found in self.state.found[self.known :]:
            self.kept.append(cases.keep(found, self.folder))
        self.known = len(self.state.found)
        now = time.monotonic()
        self.state.seconds = self.before[1] + now - self.started
        if self.path is not None and (last or now - self.written > WRITTEN_EVERY):
            write_state(self.path, self.state)
            self.written = now
