"""On which shapes and dtypes operations are drawn, and on which they are not."""

import pytest

import minigrad as torch
from minigrad.testing.strategies import OPERATIONS

from .drawn import drawn

KINDS = {"f": torch.float32, "d": torch.float64, "i": torch.int64, "b": torch.bool}


def tensor(described):
    """A tensor by its sizes and its dtype's letter: "2,3" and "2,3 i"; "()" has no sizes."""
    sizes, _, kind = described.partition(" ")
    shape = () if sizes == "()" else tuple(map(int, sizes.split(",")))
    return torch.zeros(shape, dtype=KINDS[kind or "f"])


FITTING = {
    "matmul": ["2,3 / 3,2", "3 / 3", "3 / 3,2", "2,3 / 3", "2,2,3 / 3,2", "1,2,3 / 5,3,2",
               "4,1,2,3 / 5,3,2", "2,3 i / 3,2 i"],
    "mm": ["2,3 / 3,4", "0,3 / 3,1"],
    "bmm": ["2,3,4 / 2,4,5"],
    "mv": ["2,3 / 3"],
    "dot": ["3 / 3", "0 / 0"],
    "outer": ["3 / 2", "8 / 8"],
    "addmm": ["4 / 2,3 / 3,4", "() / 2,3 / 3,4"],
    "functional.linear": ["3 / 2,3", "5,4,3 / 2,3"],
    "functional.batch_norm": ["2,3", "2,0"],
    "functional.mse_loss": ["2,3 / 2,3", "() / ()"],
    "functional.cross_entropy": ["2,3"],
    "long": ["2 i", "2 b"],
    "type_as": ["2 i / 3"],
    "item": ["()", "1,1"],
    "unflatten": ["2", "2,3,4"],
    "T": ["2,3"],
    "mT": ["2,3", "4,2,3"],
    "t": ["()", "2", "2,3"],
    "unsqueeze": ["2,1,1"],
    "expand": ["()", "12"],
    "expand_as": ["2 / 2", "1 / 5,3", "() / 2", "1,1 / 3,2"],
    "view_as": ["2,3 / 6"],
    "reshape_as": ["2,3 / 3,2"],
    "cat": ["2,3 / 4,3", "0 / 2"],
    "cat(dim)": ["2,3 / 2,3"],
    "stack": ["() / ()", "2,3 / 2,3"],
    "vstack": ["2,3 / 1,3", "3 / 3", "() / ()"],
    "hstack": ["2 / 2"],
    "split": ["4,4", "1"],
    "flip": ["0"],
    "diag": ["2", "2,3"],
    "diagonal": ["2,3", "4,2,3"],
    "tril": ["2,3"],
    "repeat": ["3"],
    "where": ["3 b / 3 / 1", "() b / 3 i / 3"],
    "masked_fill": ["2,3 / 3 b"],
    "isclose": ["3 / 1"],
    "minus": ["2 i"],
    "invert": ["2 i", "2 b"],
    "[key]": ["2,3"],
    "[mask]": ["2,3 / 2,3 b"],
    "gather": ["3,4"],
    "scatter_add": ["3,4 / 3,4"],
    "masked_select": ["2,3 / 3 b"],
}  # fmt: skip
UNFIT = {
    "matmul": ["2,3 / 2,3", "() / 3", "3 / ()", "3 / 2", "3,2 b / 2,3 b", "2,3 / 3,2 d",
               "2,2,3 / 3,3,2", "2,3 / 2"],
    "mm": ["2,3 / 2,3", "3 / 3", "2,2,3 / 3,2", "2,3 / 3,2 d", "2,3 b / 3,2 b"],
    "bmm": ["2,3,4 / 3,4,5", "2,3,4 / 2,3,4", "2,4 / 4,2"],
    "mv": ["2,3 / 2", "3 / 3", "2,3 / 3,1", "2,3 / 3 d"],
    "dot": ["3 / 2", "3 b / 3 b", "2,3 / 3"],
    "outer": ["9 / 8", "3,1 / 2", "3 / 2 i"],
    "addmm": ["3 / 2,3 / 3,4", "4 d / 2,3 / 3,4", "2,4 / 2,3 / 3,4", "4 / 2,3 / 4,3"],
    "functional.linear": ["2 / 2,3", "() / 2,3", "3 / 3", "3 i / 2,3 i", "3 / 1,2,3"],
    "functional.batch_norm": ["1,3", "3", "2,3 i", "2,3,1"],
    "functional.mse_loss": ["2,3 / 3", "3 i / 3 i", "3 / 3 d"],
    "functional.cross_entropy": ["3", "2,0", "2,3 i", "2,3,1"],
    "long": ["2"],
    "type_as": ["2 / 2 i"],
    "item": ["2", "0"],
    "unflatten": ["()", "2,0", "1,1,1,1"],
    "T": ["2", "4,2,3"],
    "mT": ["2"],
    "t": ["1,1,1"],
    "unsqueeze": ["1,1,1,1"],
    "expand": ["13", "0", "1,1,1,1"],
    "expand_as": ["2 / 3", "2,1 / 2,3", "1,1 / 3"],
    "view_as": ["2,3 / 5"],
    "reshape_as": ["2,3 / 5"],
    "cat": ["2,3 / 2,4", "() / ()", "2,3 / 3", "13 / 2"],
    "cat(dim)": ["2,3 / 5,3", "() / ()"],
    "stack": ["2,3 / 3,2"],
    "vstack": ["2,3 / 2,4", "2 / 3"],
    "hstack": ["2 / 3"],
    "split": ["5", "()", "2,0"],
    "flip": ["()"],
    "diag": ["()", "1,2,3", "13"],
    "diagonal": ["2"],
    "tril": ["2"],
    "repeat": ["()", "13"],
    "where": ["3 / 3 / 3", "3 b / 2 / 3", "2 b / 3 / 3"],
    "masked_fill": ["2,3 / 3", "2,3 / 2 b"],
    "isclose": ["3 / 3 i", "3 / 2", "3 i / 3 i"],
    "minus": ["2 b"],
    "invert": ["2"],
    "[key]": ["()", "2,0"],
    "[mask]": ["2,3 / 3 b", "2,3 / 2,3"],
    "gather": ["13", "()", "2,0"],
    "scatter_add": ["3,4 / 4,3", "3 b / 3 b", "3 / 3 d"],
    "masked_select": ["2,3 / 3", "2,3 / 2 b"],
}  # fmt: skip


def fits(name, described):
    return bool(OPERATIONS[name].fits(*map(tensor, described.split(" / "))))


@pytest.mark.parametrize("name", FITTING)
def test_an_operation_is_drawn_on_these_and_not_on_those(name):
    assert [each for each in FITTING[name] if not fits(name, each)] == []
    assert [each for each in UNFIT[name] if fits(name, each)] == []


MATRIX, ROWS = torch.zeros(2, 3), torch.zeros(3, 1)
ARGUMENTS = {
    ("reshape", "shape"): (MATRIX, {(6,), (1, 6), (6, 1), (3, 2), (2, 3), (-1,), (-1, 1)}),
    ("permute", "dims"): (MATRIX, {(0, 1), (1, 0)}),
    ("unsqueeze", "dim"): (MATRIX, {*range(-3, 3)}),
    ("expand", "shape"): (ROWS, {
        (*front, rows, columns) for front in [(), (1,), (2,)] for rows in (3, -1)
        for columns in (1, 2, -1)}),
    ("broadcast_to", "shape"): (MATRIX, {(2, 3), (2, 2, 3)}),
    ("tile", "counts"): (MATRIX, {(i, j) for i in range(3) for j in range(3)}),
    ("repeat_interleave", "count"): (MATRIX, {0, 1, 2}),
    ("split", "size"): (MATRIX, {1, 2, 3}),
    ("unflatten", "dim"): (MATRIX, {0, 1}),
    ("unflatten", "sizes"): (MATRIX, {(1, -1), (-1, 1)}),
    ("roll", "count"): (MATRIX, {*range(-2, 3)}),
    ("tril", "offset"): (MATRIX, {-1, 0, 1}),
    ("number **", "number"): (MATRIX, {2, 0, 1, 3, 0.5, -1, -0.5, 1.5}),
    ("bitwise_left_shift", "number"): (tensor("3 i"), {0, 1, 2, 3}),
    ("functional.elu", "number"): (MATRIX, {0.5, 1.0, 0.0, 2.0}),
    ("functional.softplus(beta)", "beta"): (MATRIX, {1.0, 0.5, 2.0}),
    ("functional.softplus(beta)", "threshold"): (MATRIX, {20.0, 1.0}),
    ("functional.mse_loss", "reduction"): (MATRIX, {"mean", "sum", "none"}),
    ("functional.cross_entropy", "target"): (MATRIX, {(i, j) for i in range(3) for j in range(3)}),
    ("select", "place"): (MATRIX, {
        *((0, at) for at in range(-2, 2)), *((1, at) for at in range(-3, 3))}),
    ("narrow", "part"): (MATRIX, {
        (dim, start, length) for dim, side in enumerate((2, 3)) for start in range(side)
        for length in range(side - start + 1)}),
}  # fmt: skip


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_an_argument_is_drawn_from_all_of_these(name, argument):
    given, expected = ARGUMENTS[name, argument]
    tensors = [given] * OPERATIONS[name].arity
    found = drawn(OPERATIONS[name].arguments(*tensors)[argument])
    assert {tuple(each) if isinstance(each, list) else each for each in found} == expected


def test_whole_numbers_are_raised_to_whole_powers():
    found = drawn(OPERATIONS["number **"].arguments(tensor("3 i"))["number"])
    assert {*found} == {0, 1, 2, 3}


def test_which_dtypes_hold_the_values():
    everything = {*KINDS.values()}
    for kind in KINDS:
        found = {*drawn(OPERATIONS["to(dtype)"].arguments(tensor(f"2 {kind}"))["dtype"])}
        assert found == (everything - {torch.int64} if kind in "fd" else everything)
