"""Do programs come to what is rare by itself?"""

from collections import Counter

import pytest

pytest.importorskip("torch")

from compare.fuzzing.block import run_block
from compare.fuzzing.coverage import LAYOUTS, NONE, VALUES, Cell

IN_GAPS_OR_ANOTHER_ORDER = ("transposed", "every second", "expanded")
SPECIAL = VALUES[1:-1]


@pytest.fixture(scope="module")
def cells() -> Counter[Cell]:
    """Uses of operations on tensors by some programs."""
    found = run_block(range(100)).cells
    return Counter({cell: count for cell, count in found.items() if cell.layout != NONE})


def share(cells: Counter[Cell], field: str, kinds: tuple[str, ...]) -> float:
    met = sum(count for cell, count in cells.items() if getattr(cell, field) in kinds)
    return met / cells.total()


def test_many_operands_have_gaps_or_another_order_in_memory(cells: Counter[Cell]) -> None:
    assert share(cells, "layout", IN_GAPS_OR_ANOTHER_ORDER) > 0.12


def test_every_layout_and_kind_of_values_is_met_soon(cells: Counter[Cell]) -> None:
    for field, kinds in (("layout", LAYOUTS), ("values", VALUES)):
        for kind in kinds[:-1]:
            assert share(cells, field, (kind,)) > 0.002, kind
    assert share(cells, "values", SPECIAL) > 0.1
