"""Where does a program first give in minigrad what it does not give in PyTorch?

Where numbers differ by no more than roundings explain, PyTorch goes on with minigrad's: so each
line is given the same numbers in both, and a comparison or an order comes out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import torch

import minigrad

from ..judging.judge import Array
from ..sides import one_thread
from .cancelling import size_of_terms
from .rounding import Yardstick, within_ulps, within_ulps_of
from .running import UNKNOWN, Run, Seen, compiled


@dataclass(frozen=True)
class Difference:
    """What differs after a line.

    Parameters
    ----------
    line : its number among the program's, from 0
    source : the line
    kind : an exception, a value, a gradient, names, or a fact as dtype or shape
    path : which variable, or which gradient of one
    mine, theirs : what it is in minigrad and in PyTorch
    beyond : of numbers, which of them differ by more than rounding
    program : its lines up to this one, and its modules as they are printed
    raised : what both say who refuse the line and leave something else behind
    given : the numbers that PyTorch went on with after earlier lines, as minigrad had them
    """

    line: int
    source: str
    kind: str
    path: str
    mine: Any
    theirs: Any
    beyond: Array | None = None
    program: str = ""
    raised: str = ""
    given: dict[int, dict[str, Array]] = field(default_factory=dict)

    def __str__(self) -> str:
        mine, theirs, where = self.mine, self.theirs, ""
        if self.beyond is not None:
            first = tuple(int(each) for each in np.argwhere(self.beyond)[0])
            mine, theirs = mine[first].item(), theirs[first].item()
            where = f" at {first}" if first else ""
        subject = self.path and f" of {self.path}{where}"
        return f"`{self.source}`: {self.kind}{subject} is {told(mine)}, in PyTorch {told(theirs)}"


@dataclass(frozen=True)
class Verdict:
    """What came out of a program.

    Parameters
    ----------
    difference : the first one, if there is any
    lines : how many were compared
    by_rounding : whether rounding had to explain anything
    """

    difference: Difference | None
    lines: int
    by_rounding: bool = False


def told(value: Any) -> str:
    """A value in a sentence."""
    if isinstance(value, Exception):
        return f"{type(value).__name__} ({str(value).splitlines()[0] if str(value) else ''})"
    return "none" if value is None else str(value)


@one_thread()
def judge(
    lines: Sequence[str], watch: Callable[[int, dict[str, Any]], None] | None = None
) -> Verdict:
    """Run a program in both libraries, line by line, until something differs or both raise.

    Parameters
    ----------
    watch : called before each line with its number and with minigrad's variables
    """
    ours, reference = Run(minigrad), Run(torch)
    yardstick = Yardstick(lines)
    judging = _Judging(yardstick, reference)
    given: dict[int, dict[str, Array]] = {}
    for number, (source, code) in enumerate(zip(lines, compiled(lines), strict=True)):
        if watch is not None:
            watch(number, ours.names)
        raised, wanted = ours.do(code), reference.do(code)
        if type(raised).__name__ != type(wanted).__name__:
            if not judging.rounded or not yardstick.ends_elsewhere(number):
                text = "\n".join(lines[: number + 1])
                found = Difference(number, source, "exception", "", raised, wanted, program=text)
                return Verdict(found, number, judging.rounded)
            return Verdict(None, number, True)
        found = judging.compare(number, source, ours.seen(), reference.seen())
        if found is not None:
            text = "\n".join([*lines[: number + 1], reference.modules()])
            refusal = "" if wanted is None else str(wanted)
            found = replace(found, program=text, raised=refusal, given=given)
        else:
            given[number] = judging.handed_over()
            reference.take(given[number])
        if found is not None or wanted is not None or judging.jumped:
            return Verdict(found, number + 1, judging.rounded)
    return Verdict(None, len(lines), judging.rounded)


class _Judging:
    """What both libraries hold after each line, compared."""

    def __init__(self, yardstick: Yardstick, reference: Run) -> None:
        self.yardstick, self.reference = yardstick, reference
        self.rounded = False  # whether something was not within a few ulps
        self.jumped = False  # whether a rounding decided which elements there are
        self.unequal: dict[str, Array] = {}  # minigrad's numbers, where PyTorch's are others

    def handed_over(self) -> dict[str, Array]:
        """The numbers that PyTorch has to go on with after a line."""
        found, self.unequal = self.unequal, {}
        return found

    def compare(
        self, line: int, source: str, ours: dict[str, Seen], reference: dict[str, Seen]
    ) -> Difference | None:
        if ours.keys() != reference.keys():
            only = sorted(ours.keys() ^ reference.keys())
            path = only[0]
            have = ["there" if path in each else None for each in (ours, reference)]
            return Difference(line, source, kind_of(path, "value"), path, *have)
        for path, theirs in reference.items():
            mine = ours[path]
            for name, fact in theirs.facts.items():
                known = mine.facts.get(name)
                if fact != known and UNKNOWN not in (fact, known):
                    if name == "shape" and self.yardstick.changes_shape(line, path):
                        self.rounded = self.jumped = True
                        return None
                    return Difference(line, source, name, path, known, fact)
            beyond = self.beyond(line, source, path, mine.values, theirs.values)
            if beyond is not None and beyond.any():
                kind = kind_of(path, "value")
                return Difference(line, source, kind, path, mine.values, theirs.values, beyond)
        return None

    def beyond(
        self, line: int, source: str, path: str, mine: Array, theirs: Array
    ) -> Array | None:
        """Where numbers of one shape differ by more than rounding; None for nowhere, quickly."""
        if mine.tobytes() == theirs.tobytes():
            return None
        self.unequal[path] = mine
        if within_ulps(mine, theirs):
            return None
        self.rounded = True
        beyond = self.yardstick.beyond(line, path, mine, theirs)
        if beyond.any():
            before = partial(self.yardstick.left_before, line)
            terms = size_of_terms(source, self.reference.names, path, before)
            if terms is not None:
                beyond &= ~within_ulps_of(mine, theirs, terms)
        return beyond


def kind_of(path: str, otherwise: str) -> str:
    return "gradient" if ".grad" in path else otherwise
