"""How many of the combinations that an operation can be met in have been met?

Those that it can be met in are what the kinds that it was met with cross to: each of its dtypes
with each of its layouts, kinds of values and modes, but for what no tensor is. Several operands
can be more than one tensor is, and what they were is counted as well.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from minigrad.testing.strategies import OPERATIONS

from .coverage import DTYPES, LAYOUTS, MODES, NONE, VALUES, Cell

AXES = {"dtype": DTYPES, "layout": LAYOUTS, "values": VALUES, "mode": MODES}
FLOATS = ("float32", "float64", "mixed")


@dataclass(frozen=True)
class Crossing:
    """What one operation was met in.

    Parameters
    ----------
    uses : how often it was used
    met : in how many combinations
    reachable : how many there are of the kinds that it was met with
    least : kinds by how often it was met with them, the rarest first; those never met as well,
        where its dtypes have them
    """

    operation: str
    uses: int
    met: int
    reachable: int
    least: list[tuple[str, int]]

    @property
    def share(self) -> float:
        return self.met / self.reachable


def crossings(cells: Counter[Cell]) -> list[Crossing]:
    """Those of all operations that were used, in the order of the table of operations."""
    of_each: defaultdict[str, Counter[Cell]] = defaultdict(Counter)
    for cell, count in cells.items():
        of_each[cell.operation][cell] = count
    return [crossing(name, of_each[name]) for name in OPERATIONS if name in of_each]


def crossing(operation: str, cells: Counter[Cell]) -> Crossing:
    """That of one operation."""
    counts: Counter[tuple[str, str]] = Counter()
    for cell, count in cells.items():
        counts.update({(field, getattr(cell, field)): count for field in AXES})
    used = {field: [kind for kind in AXES[field] if counts[field, kind]] for field in AXES}
    crossed = combinations(operation, used)
    reachable = sum(each in cells or is_possible(each) for each in crossed)
    return Crossing(operation, cells.total(), len(cells), reachable, least(used, counts))


def combinations(operation: str, kinds: dict[str, list[str]]) -> Iterator[Cell]:
    """All that some kinds of each axis cross to."""
    for each in itertools.product(*(kinds[field] for field in AXES)):
        yield Cell(operation, *each)


def is_possible(cell: Cell) -> bool:
    """Whether one tensor can be that: only floats have special values and gradients."""
    nothing = [each == NONE for each in (cell.dtype, cell.layout, cell.values)]
    if any(nothing):
        return all(nothing)
    if cell.dtype not in FLOATS:
        return cell.values == VALUES[0] and cell.mode != "gradient"
    return cell.values == VALUES[0] or cell.layout != "empty"


def least(used: dict[str, list[str]], counts: Counter[tuple[str, str]]) -> list[tuple[str, int]]:
    """Kinds of layouts, values and modes, the rarest first, and how often each was met."""
    floats = any(dtype in FLOATS for dtype in used["dtype"])
    possible = {"dtype": used["dtype"], "layout": LAYOUTS, "mode": used["mode"]}
    possible["values"] = VALUES if floats else VALUES[:1]
    if used["dtype"] == [NONE]:
        possible |= used
    found = [
        (kind, counts[field, kind])
        for field, kinds in possible.items()
        for kind in kinds
        if kind != NONE
    ]
    return sorted(found, key=lambda each: each[1])
