"""Which program does a seed stand for?

A seed gives bytes, and Hypothesis makes choices of bytes: no example depends on another one, so
any program can be had again by its number alone. It is as long as Hypothesis and the table of
operations are the same; what is kept of a difference is therefore its script.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from functools import cache

from hypothesis import HealthCheck, given, settings, strategies as st

from minigrad.dtypes import ALL, float32, float64
from minigrad.testing import Program
from minigrad.testing.strategies import (
    OPERATIONS,
    VALUES,
    broadcastable_shapes,
    programs,
    shapes,
)
from minigrad.testing.strategies.shapes import Shape

BYTES = 8192  # more than the longest program asks for
PLAIN = ("few bits", "ties", "normal")
LONGEST = 12
# Chosen more often than others: views, what differentiates, and what needs something before it.
FAVOURED = {
    4: "T mT transpose permute [key] expand narrow select diagonal unsqueeze squeeze view unbind",
    6: "backward(retain) backward(create) grad grad(create) .grad retain_grad requires_grad_",
    8: "nn.Linear nn.BatchNorm1d nn.Dropout nn.Sequential train weight",
    20: "module(x) loss(x,y)",
}
DTYPES = st.sampled_from((float32, float32, float64, float64, *ALL[2:]))


def _table() -> list[str]:
    favoured = [name for times, names in FAVOURED.items() for name in names.split() * times]
    return [*OPERATIONS, *favoured]


def _shapes(count: int) -> st.SearchStrategy[tuple[Shape, ...]]:
    """Shapes that broadcast, or the same one for all: rows of several numbers, as layers take."""
    same = shapes(3, 4, min_dims=2, min_side=2) | shapes(2, 4, min_dims=2, min_side=2)
    return broadcastable_shapes(count, 3, 3) | same.map(lambda shape: (shape,) * count)


@cache
def _strategy() -> st.SearchStrategy[Program]:
    """Half of the programs on plain numbers, a quarter on special ones, a quarter invalid."""
    table = _table()

    def some(values: tuple[str, ...], **options: bool) -> st.SearchStrategy[Program]:
        return programs(
            table,
            dtypes=DTYPES,
            values=values,
            shapes=_shapes,
            max_instructions=LONGEST,
            backward=False,
            **options,
        )

    plain, special = some(PLAIN), some(tuple(VALUES))
    return st.integers(0, 7).flatmap(
        lambda kind: plain if kind < 4 else special if kind < 6 else some(PLAIN, invalid=True)
    )


@cache
def _maker() -> Callable[[bytes], Program | None]:
    drawn: list[Program] = []

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_strategy())
    def keep(program: Program) -> None:
        drawn.append(program)

    def made(choices: bytes) -> Program | None:
        drawn.clear()
        keep.hypothesis.fuzz_one_input(choices)
        return drawn[0] if drawn else None

    return made


def program_of(seed: int) -> Program | None:
    """The program of a seed; None for the few that ask for more choices than there are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _maker()(random.Random(seed).randbytes(BYTES))


def lines_of(program: Program) -> list[str]:
    """What a program does, a statement each, the library called `torch`."""
    return lines_of_script(program.script())


def lines_of_script(script: str) -> list[str]:
    """The statements of a script, but for its first import, comments and its docstring."""
    body = script.split('"""')[-1]
    return [
        line for line in body.splitlines() if line and not line.startswith(("#", "import torch"))
    ]
