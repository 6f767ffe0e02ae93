"""Which kind of use does a seed aim at, so that no combination is left to chance?

Chance alone comes to the same combinations of operation, dtype, layout, values and mode again and
again. So those that there can be are numbered, and programs take them in turn: inputs are of such
values and dtypes, the first step lays them out in memory, every second one is the operation, and
what it is used on is, where there is a choice, of a kind that the program did not use it on yet.
It need not come about: an operation may refuse such values, or what it needs was not drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, TypeAlias, TypeVar

import numpy as np
from hypothesis import strategies as st

import minigrad
from minigrad import Tensor
from minigrad.dtypes import ALL, dtype, float32, float64
from minigrad.testing.strategies import OPERATIONS, VALUES, Operation, shapes
from minigrad.testing.strategies.shapes import Shape

from .coverage import DTYPES, NONE, Cell, cell_of, dtype_of, mode_of
from .crossing import AXES, combinations, is_possible

Drawn = TypeVar("Drawn")
Shapes: TypeAlias = Callable[[int], st.SearchStrategy[tuple[Shape, ...]]]
Kind: TypeAlias = Callable[[dtype], st.SearchStrategy[Any] | None]
SAMPLES: tuple[Shape, ...] = ((), (1,), (3,), (2, 2), (2, 3), (2, 2, 2))
STRIDE = 7919  # a prime: what is tried one after another lies far apart
MIXED = st.sampled_from((float32, float64, float32, float64, *ALL[2:]))


def kind_of(operation: Operation, operands: Sequence[Any], in_graph: bool) -> Cell:
    """What tells uses in a program apart."""
    return cell_of(operation.name, operands, in_graph)


def aim_of(seed: int) -> Cell | None:
    """What a seed is for: operations in turn, each time another combination of one."""
    names = tuple(OPERATIONS)
    turn, place = divmod(seed, len(names))
    cells = cells_of(names[place])
    return cells[(turn + place) * STRIDE % len(cells)] if cells else None


@cache
def cells_of(name: str) -> tuple[Cell, ...]:
    """The combinations in which an operation may be used, as far as dtypes and modes tell."""
    operation = OPERATIONS[name]
    taken = set(taken_by(operation))
    kinds = {axis: [each for each in found if each != NONE] for axis, found in AXES.items()}
    return tuple(
        cell
        for cell in combinations(name, kinds)
        if (cell.dtype, cell.mode) in taken and is_possible(cell)
        if not (cell.layout == "expanded" and operation.writes and operation.arity == 1)
    )


def taken_by(operation: Operation) -> Iterator[tuple[str, str]]:
    """Dtypes and modes of the tensors, out of some plain ones, that an operation takes."""
    tensors = operation.arity - operation.modules
    if operation.modules and tensors:
        yield from itertools.product(DTYPES, ("train", "eval"))
    elif tensors:
        for operands in itertools.product(plain_tensors(), repeat=tensors):
            if operation.fits(*operands):
                for in_graph in (True, False):
                    yield dtype_of(operands), mode_of(operands, in_graph)


@cache
def plain_tensors() -> tuple[Tensor, ...]:
    """Of each dtype; of floats those without a gradient, leaves that have one, and results."""
    found = []
    for shape, of in itertools.product(SAMPLES, ALL):
        found.append(minigrad.ones(shape, dtype=of))
        if of.is_floating_point:
            leaf = minigrad.ones(shape, dtype=of, requires_grad=True)
            leaf.grad = minigrad.ones(shape, dtype=of)
            found += [leaf, leaf * 0.5]
    return tuple(found)


def steps_towards(cell: Cell, table: list[str]) -> list[str]:
    """What programs draw from: every second step is what is aimed at."""
    return [*table, *[cell.operation] * len(table)]


def dtypes_towards(cell: Cell) -> st.SearchStrategy[dtype]:
    """Of inputs."""
    return MIXED if cell.dtype == "mixed" else st.just(getattr(minigrad, cell.dtype))


def values_towards(cell: Cell) -> Sequence[str] | Kind:
    """Of inputs: numbers of the kind alone, or mixed with others."""
    return NUMBERS[cell.values]


@cache
def extreme(of: dtype) -> st.SearchStrategy[Any] | None:
    """Numbers whose squares overflow, alone or mixed with usual ones."""
    if not of.is_floating_point:
        return None
    largest = float(np.finfo(of.numpy).max)
    large = st.sampled_from([largest, -largest, largest / 2, -largest / 8])
    return st.booleans().flatmap(lambda alone: large if alone else large | VALUES["normal"](of))


NUMBERS: dict[str, Sequence[str] | Kind] = {
    "plain": ("few bits", "ties", "normal"),
    "negative zero": ("signed zeros", "few bits"),
    "subnormal": ("subnormal", "normal"),
    "extreme": extreme,
    "infinite": ("infinities", "normal"),
    "NaN": ("NaN", "normal"),
}


def is_wide(x: Tensor, dims: Sequence[int], least: int) -> bool:
    """Whether it has one of some numbers of dimensions and is not narrow along the last ones."""
    return x.ndim in dims and min(x.shape[-2:]) >= least


# The first step, which lays memory out: a view, or one of a copy, which may be changed in place.
LAYING = {
    "transposed": Operation(
        "transposed", ("{0}.t()", "{0}.clone().t()"), partial(is_wide, dims=(2,), least=2)
    ),
    "every second": Operation(
        "every second",
        ("{0}[..., ::2]", "{0}.clone()[..., ::2]"),
        partial(is_wide, dims=(1, 2, 3), least=3),
    ),
    "expanded": Operation("expanded", ("{0}.expand(2, *{0}.shape)",)),
}


def first_towards(cell: Cell) -> Operation:
    """What the first step is."""
    return LAYING.get(cell.layout, OPERATIONS["clone"])


def shapes_towards(cell: Cell, usual: Shapes) -> Shapes:
    """Of inputs: such as can be laid out so, and once in eight times what they usually are."""
    of_one: st.SearchStrategy[Shape]
    if cell.layout == "number":
        of_one = st.just(())
    elif cell.layout == "empty":
        of_one = shapes(3, 3, min_dims=1).map(lambda shape: (*shape[:-1], 0))
    elif cell.layout == "transposed":
        of_one = shapes(2, 4, min_dims=2, min_side=2)
    elif cell.layout == "every second":
        of_one = shapes(3, 4, min_dims=1, min_side=3)
    else:
        return usual
    return lambda count: rarely(usual(count), of_one.map(lambda shape: (shape,) * count))


def rarely(
    one: st.SearchStrategy[Drawn], usual: st.SearchStrategy[Drawn]
) -> st.SearchStrategy[Drawn]:
    """Once in eight times the first."""
    return st.integers(0, 7).flatmap(lambda number: usual if number else one)


def gradients_towards(cell: Cell) -> st.SearchStrategy[bool]:
    """Whether inputs want gradients."""
    return st.booleans() if cell.mode == "no_grad" else st.just(cell.mode != "no gradient")
