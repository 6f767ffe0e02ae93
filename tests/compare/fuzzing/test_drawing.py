"""Do programs come to what is rare by itself?"""

from collections import Counter

import pytest

pytest.importorskip("torch")

from compare.fuzzing.block import run_block
from compare.fuzzing.coverage import LAYOUTS, NONE, VALUES, Cell, Watch
from compare.fuzzing.drawing import lines_of
from compare.fuzzing.judge import judge
from minigrad import float32
from minigrad.testing import Input, Instruction, Program

IN_GAPS_OR_ANOTHER_ORDER = ("transposed", "every second", "expanded")
SPECIAL = VALUES[1:-1]


@pytest.fixture(scope="module")
def cells() -> Counter[Cell]:
    """Uses of operations on tensors by some programs."""
    found = run_block(range(240)).cells
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


@pytest.mark.parametrize(("source", "mode"), [("{0}({1})", "train"), ("{0}.eval()({1})", "eval")])
def test_a_module_that_is_called_in_evaluation_is_counted_there(source: str, mode: str) -> None:
    a = Input("a", (1, 1), float32, [[0.5]])
    made = Instruction("nn.Dropout", "torch.nn.Dropout(0.5)", (), results=("b",))
    called = Instruction("module(x)", source, ("b", "a"), results=("c",))
    watch = Watch(Program((a,), (made, called)))
    judge(lines_of(watch.program), watch)
    assert [cell.mode for cell in watch.cells if cell.operation == "module(x)"] == [mode]


def test_what_needs_something_before_it_is_met_soon(cells: Counter[Cell]) -> None:
    met = {cell.operation for cell in cells}
    assert {"module(x)", "loss(x,y)", "backward(retain)", "grad", "matmul", "addmm"} <= met
