"""Does the comparison compare: every operation, its kernel, and would it see a mistake?"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import minigrad
from compare import cases, timing
from compare.comparison import AROUND, RANDOM, SCALARS, compare, names
from compare.row import BITS_EQUAL, FAIL, KNOWN_DIFFERENCE, PASS, Row
from compare.subjects import modules
from compare.subjects.operations import compare_operation
from minigrad import fused
from minigrad.fused import registry


@pytest.mark.parametrize("name", names())
def test_minigrad_has_pytorchs_numbers(name: str) -> None:
    rows = list(compare([name]))
    assert rows
    assert [row for row in rows if row.verdict == FAIL] == []


@pytest.mark.parametrize("name", list(registry))
def test_every_fused_operation_has_cases_in_both_dtypes(name: str) -> None:
    operation = cases.find([name])[name]
    assert operation is not None, f"compare/cases/{name}.py is missing"
    for dtype in (np.dtype(np.float32), np.dtype(np.float64)):
        found = list(operation.cases(dtype))
        assert {case.layout.__name__ for case in found} == {"contiguous", "transposed", "strided"}
        described = [case.name for case in found]
        assert len(set(described)) == len(described)


def test_an_operation_without_cases_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry, "conv2d", registry["elu"])
    (row,) = compare(["conv2d"])
    assert row.verdict == FAIL
    assert "compare/cases/conv2d.py" in row.note


@pytest.mark.parametrize("name", ["leaky_relu", "adagrad", *SCALARS, *AROUND, *RANDOM])
def test_every_row_can_tell_how_long_its_call_takes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modules, "ACTIVATIONS", {"ELU": modules.ACTIVATIONS["ELU"]})
    monkeypatch.setattr(modules, "LOSSES", {"BCELoss": modules.LOSSES["BCELoss"]})
    monkeypatch.setattr(timing, "ROUNDS", 1)
    rows = list(compare([name], timed=True))
    assert {row.verdict for row in rows} <= {PASS, BITS_EQUAL, KNOWN_DIFFERENCE}
    assert rows and all(row.seconds and row.torch_seconds for row in rows)


def test_no_time_is_taken_unless_it_is_asked_for() -> None:
    assert not any(row.seconds for row in compare(["adagrad", "groups", "samplers"]))


def test_a_module_is_made_once_for_all_its_timed_calls() -> None:
    made = []

    def make(nn: object, operands: object, attributes: object) -> Callable[[int], int]:
        made.append(nn)
        return abs

    call, operands = modules.call_of(make, 1), {"x": -2}
    assert [call(minigrad, operands, {}) for _ in range(3)] == [{"out": 2}] * 3
    call(minigrad, {"x": -2}, {})
    assert made == [minigrad.nn] * 2


def some_rows(name: str) -> list[Row]:
    return list(compare_operation(name, ["cpu"]))


@pytest.mark.parametrize("name", list(registry))
def test_a_definition_in_the_kernels_place_fails(name: str) -> None:
    with fused.use_definitions():
        rows = some_rows(name)
    assert {row.verdict for row in rows} == {FAIL}
    assert all("the kernel did not run" in row.note for row in rows)


def changed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with its first array a little larger: by 10 parts in a million."""

    def change(*operands: Any) -> Any:
        first, *others = function(*operands)
        return (first * first.dtype.type(1 + 1e-5), *others)

    return change


@pytest.mark.parametrize("part", ["compute", "gradient"])
@pytest.mark.parametrize("name", list(registry))
def test_a_slightly_wrong_kernel_fails(
    name: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = registry[name]
    monkeypatch.setattr(operation, part, changed(getattr(operation, part)))
    rows = [row for row in some_rows(name) if row.verdict == FAIL]
    wanted = "out" if part == "compute" else f"grad_{next(iter(first_case(name).operands))}"
    assert {row.dtype for row in rows} == {"float32", "float64"}
    assert wanted in {row.quantity for row in rows}


def first_case(name: str) -> Any:
    operation = cases.find([name])[name]
    assert operation is not None
    return next(operation.cases(np.dtype(np.float32)))


@pytest.mark.parametrize("name", cases.COMPOSED)
def test_so_does_a_slightly_wrong_function_without_a_kernel(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library: Any = minigrad if hasattr(minigrad, name) else minigrad.nn.functional
    right = getattr(library, name)
    wrong = lambda *given, **options: right(*given, **options) * (1 + 1e-5)  # noqa: E731
    monkeypatch.setattr(library, name, wrong)
    rows = [row for row in compare([name]) if row.verdict == FAIL]
    assert {row.dtype for row in rows} == {"float32", "float64"}
    assert {row.order for row in rows} == {0, 1, 2}


def test_an_exception_is_a_failed_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*operands: Any) -> Any:
        raise ZeroDivisionError("no luck")

    monkeypatch.setattr(registry["relu"], "compute", broken)
    rows = some_rows("relu")
    assert {row.verdict for row in rows} == {FAIL}
    assert all("ZeroDivisionError: no luck" in row.note for row in rows)


@pytest.mark.parametrize("name", RANDOM)
def test_random_numbers_have_equal_bits(name: str) -> None:
    assert {row.verdict for row in compare([name])} == {BITS_EQUAL}
