"""Which program does a seed stand for?

A seed gives bytes, and Hypothesis makes choices of bytes: no example depends on another one, so
any program can be had again by its number alone. It is as long as Hypothesis and the table of
operations are the same; what is kept of a difference is therefore its script.
"""

from __future__ import annotations

import itertools
import random
import warnings
from collections.abc import Callable
from functools import cache

from hypothesis import HealthCheck, given, settings, strategies as st

from minigrad.dtypes import ALL, float32, float64
from minigrad.testing import Program
from minigrad.testing.strategies import (
    OPERATIONS,
    broadcastable_shapes,
    programs,
    shapes,
)
from minigrad.testing.strategies.shapes import Shape

from .aiming import (
    aim_of,
    dtypes_towards,
    first_towards,
    gradients_towards,
    kind_of,
    shapes_towards,
    steps_towards,
    values_towards,
)
from .coverage import Cell

BYTES = 8192  # more than the longest program asks for
PLAIN = ("few bits", "ties", "normal")
# The first is mixed with one of the others, which operations on plain numbers hardly give.
SPECIAL = ("normal", "extreme", "subnormal", "signed zeros", "infinities", "NaN", "near kinks")
LONGEST = 12
# Chosen more often than others: views, what differentiates, what fits few operands, and what
# needs something before it.
FAVOURED = {
    4: "T mT transpose permute [key] narrow select diagonal unsqueeze squeeze view unbind"
    " nn.BCELoss nn.CrossEntropyLoss nn.NLLLoss optim.SGD(momentum) optim.Adam optim.Adagrad",
    5: "mv mm bmm dot outer matmul addmm_ where masked_fill masked_select functional.linear"
    " addmm(beta,alpha) functional.linear(bias) optim.SGD(module) optim.Adam(module)"
    " register_forward_pre_hook register_forward_hook register_full_backward_hook",
    9: "addmm weight zero_grad .grad nn.Dropout nn.Sequential nn.MSELoss",
    12: "backward(retain) backward(create) grad grad(create) retain_grad requires_grad_",
    16: "nn.Linear nn.BatchNorm1d train",
    50: "module(x) loss(x,y) loss(p,q) loss(x,classes) step",
}
# What programs begin with: the rest of them can take memory in another order or with gaps.
BEGINNING = "transpose mT permute [key] narrow select diagonal expand expand broadcast_to exp add"
DTYPES = st.sampled_from((float32, float32, float64, float64, *ALL[2:]))


def _table() -> list[str]:
    favoured = [name for times, names in FAVOURED.items() for name in names.split() * times]
    return [*OPERATIONS, *favoured]


def _shapes(count: int) -> st.SearchStrategy[tuple[Shape, ...]]:
    """Shapes that broadcast; one for all: rows of several numbers, as layers take; factors."""
    same = shapes(3, 4, min_dims=2, min_side=2) | shapes(2, 4, min_dims=2, min_side=2)
    several = broadcastable_shapes(count, 3, 3)
    kinds = [several, same.map(lambda shape: (shape,) * count), _factors(count)]
    return st.sampled_from((0, 0, 0, 1, 1, 1, 2)).flatmap(kinds.__getitem__)


@st.composite
def _factors(draw: Callable[..., int], count: int) -> tuple[Shape, ...]:
    """Shapes of which each can be multiplied by the next one, as matrices, batches, vectors."""
    sides = [draw(st.integers(1, 3)) for _ in range(count + 1)]
    matrices = list(itertools.pairwise(sides))
    front = draw(st.sampled_from([(), (2,)]))
    if draw(st.booleans()) and not front:
        return (*matrices[:-1], (sides[-2],))
    return tuple((*front, *each) for each in matrices)


@cache
def _strategy() -> st.SearchStrategy[Program]:
    """A third of the programs on plain numbers, almost half on special ones, others invalid."""
    table = _table()

    def some(values: tuple[str, ...], **options: bool) -> st.SearchStrategy[Program]:
        return programs(
            table,
            dtypes=DTYPES,
            values=values,
            shapes=_shapes,
            max_instructions=LONGEST,
            backward=False,
            beginning=BEGINNING.split(),
            **options,
        )

    kinds = [some(PLAIN), some(SPECIAL), some(PLAIN, invalid=True)]
    return st.sampled_from((0, 0, 0, 1, 1, 1, 1, 2)).flatmap(kinds.__getitem__)


def _aimed(cell: Cell) -> st.SearchStrategy[Program]:
    """Programs that are likely to use an operation in a given way."""
    return programs(
        steps_towards(cell, _table()),
        dtypes=dtypes_towards(cell),
        values=values_towards(cell),
        shapes=shapes_towards(cell, _shapes),
        max_instructions=LONGEST,
        backward=False,
        requires_grad=gradients_towards(cell),
        beginning=[first_towards(cell)],
        kind_of=kind_of,
    )


@cache
def _maker() -> Callable[[bytes, Cell | None], Program | None]:
    drawn: list[Program] = []
    aims: list[Cell | None] = []

    @st.composite
    def program(draw: Callable[..., Program]) -> Program:
        cell = aims[-1]
        return draw(_strategy() if cell is None else _aimed(cell))

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(program())
    def keep(program: Program) -> None:
        drawn.append(program)

    def made(choices: bytes, cell: Cell | None) -> Program | None:
        drawn.clear()
        aims[:] = [cell]
        keep.hypothesis.fuzz_one_input(choices)
        return drawn[0] if drawn else None

    return made


def program_of(seed: int) -> Program | None:
    """The program of a seed; None for the few that ask for more choices than there are.

    Every second one aims at a kind of use.
    """
    turn, aimed = divmod(seed, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cell = aim_of(turn) if aimed else None
        return _maker()(random.Random(seed).randbytes(BYTES), cell)


def lines_of(program: Program) -> list[str]:
    """What a program does, a statement each, the library called `torch`."""
    return lines_of_script(program.script())


def lines_of_script(script: str) -> list[str]:
    """The statements of a script, but for its first import, comments and its docstring."""
    body = script.split('"""')[-1]
    return [
        line for line in body.splitlines() if line and not line.startswith(("#", "import torch"))
    ]
