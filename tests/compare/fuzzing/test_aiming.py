"""Do seeds come to every combination in which an operation may be used?"""

import pytest

pytest.importorskip("torch")

from compare.fuzzing.aiming import aim_of, cells_of
from compare.fuzzing.coverage import Cell, Watch
from compare.fuzzing.drawing import lines_of, program_of
from compare.fuzzing.judge import judge
from minigrad.testing.strategies import OPERATIONS

NAMES = tuple(OPERATIONS)
RELU_ = Cell("relu_", "float32", "contiguous", "plain", "gradient")


def test_seeds_go_through_all_combinations_of_every_operation() -> None:
    cells = cells_of("tanh")
    turns = range(NAMES.index("tanh"), len(cells) * len(NAMES), len(NAMES))
    assert {aim_of(seed) for seed in turns} == set(cells)
    of_floats = 2 * (5 * 6 + 1) * 3  # dtypes · (layouts · values + empty) · modes
    assert len(cells) == of_floats + 2 * 6 * 2  # and whole numbers, plain, without gradients


def test_combinations_are_those_that_an_operation_takes() -> None:
    assert {cell.dtype for cell in cells_of("mm")} == {"float32", "float64", "int64"}
    assert {cell.mode for cell in cells_of("eq")} == {"gradient", "no gradient", "no_grad"}
    assert {cell.mode for cell in cells_of("module(x)")} == {"train", "eval"}
    assert {cell.mode for cell in cells_of("relu_") if cell.dtype == "int64"} == {
        "no gradient",
        "no_grad",
    }
    assert cells_of("rand") == ()


def test_what_repeats_its_memory_is_not_changed_in_place() -> None:
    assert RELU_ in cells_of("relu_")
    assert RELU_._replace(layout="expanded") not in cells_of("relu_")
    assert RELU_._replace(operation="add_", layout="expanded") in cells_of("add_")


def test_most_programs_that_aim_at_a_use_of_tensors_have_it() -> None:
    """All of them could only where an operation takes whatever numbers and shapes there are."""
    aimed = met = 0
    for seed in range(1, 300, 2):
        cell, program = aim_of(seed // 2), program_of(seed)
        if cell is None or program is None:
            continue
        watch = Watch(program)
        judge(lines_of(program), watch)
        aimed += 1
        met += cell in watch.cells
    assert aimed > 120 and met > 0.4 * aimed
