"""How far has the fuzzing come, and how does the next run know?

All that runs add up to is one file, written whole or not at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..report.files import write_text
from .block import Block, Found, Kind
from .coverage import Cell

VERSION = 2
BLOCK = 50  # programs that a process runs before it tells of them
Seeds = tuple[int, int]  # from, to


@dataclass
class State:
    """What all runs have met so far.

    Parameters
    ----------
    next_seed : the first that nobody was given
    open : seeds that were given out and not answered: an interrupted run leaves them
    seconds : how long all runs took
    growth : after how many programs how many kinds of use were met
    crashes : seeds at which a process ended or the judge failed, and what is known of it
    """

    next_seed: int = 0
    open: list[Seeds] = field(default_factory=list)
    programs: int = 0
    lines: int = 0
    by_rounding: int = 0
    seconds: float = 0.0
    growth: list[tuple[int, int]] = field(default_factory=list)
    cells: Counter[Cell] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    crashes: dict[int, str] = field(default_factory=dict)

    def take(self, given: Collection[Seeds], target: int | None) -> Seeds | None:
        """The next seeds to run: some that are open and nobody has, or new ones.

        Parameters
        ----------
        given : seeds that processes have at the moment
        target : how many programs shall have run at the end; None for no end
        """
        under_way = sum(end - start for start, end in given)
        left = BLOCK if target is None else min(BLOCK, target - self.programs - under_way)
        if left <= 0:
            return None
        for place, (start, end) in enumerate(self.open):
            if (start, end) not in given:
                middle = min(end, start + left)
                rest = [(middle, end)] if middle < end else []
                self.open[place : place + 1] = [(start, middle), *rest]
                return start, middle
        seeds = self.next_seed, self.next_seed + left
        self.next_seed += left
        self.open.append(seeds)
        return seeds

    def answered(self, seeds: Seeds, block: Block) -> None:
        """Add what came out of some seeds."""
        self.open.remove(seeds)
        self.programs += block.programs
        self.lines += block.lines
        self.by_rounding += block.by_rounding
        self.cells.update(block.cells)
        self.growth.append((self.programs, len(self.cells)))
        self.explained.update(block.explained)
        self.crashes |= block.failed
        known = {each.kind: each for each in self.found}
        for each in block.found:
            if each.kind in known:
                known[each.kind].count += 1
            else:
                self.found.append(each)
                known[each.kind] = each
        for kind, count in block.again.items():
            if kind in known:
                known[kind].count += count

    def crashed(self, seeds: Seeds, seed: int, text: str) -> None:
        """A process ended at a seed: the others of its block are still to be run."""
        self.open.remove(seeds)
        self.programs += 1
        self.crashes[seed] = text
        self.open += [
            each for each in ((seeds[0], seed), (seed + 1, seeds[1])) if each[0] < each[1]
        ]

    def kinds(self) -> list[Kind]:
        """Of differences that are known."""
        return [each.kind for each in self.found]


def write_state(path: Path, state: State) -> None:
    """Write it all, in one step."""
    content = {
        "version": VERSION,
        **{name: value for name, value in vars(state).items() if name not in ("cells", "found")},
        "found": [vars(each) for each in state.found],
        "cells": [[*cell, count] for cell, count in state.cells.items()],
    }
    write_text(path, json.dumps(content) + "\n")


def read_state(path: Path) -> State:
    """What a run before has written; a ValueError says what is wrong with the file."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("version") != VERSION:
            raise ValueError("of another version")
        for name in ("open", "growth"):
            content[name] = [tuple(each) for each in content[name]]
        content["cells"] = Counter({Cell(*cell): count for *cell, count in content["cells"]})
        content["explained"] = Counter(content["explained"])
        content["crashes"] = {int(seed): text for seed, text in content["crashes"].items()}
        content["found"] = [
            Found(**{**each, "kind": tuple(each["kind"])}) for each in content["found"]
        ]
        return State(**content)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"{path} is not a state of the fuzzing: {error}") from None
