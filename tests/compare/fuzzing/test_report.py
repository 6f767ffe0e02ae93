"""Does the report say how much is left to meet?"""

from collections import Counter
from io import StringIO

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from rich.console import Console

from compare.fuzzing.coverage import Cell
from compare.fuzzing.crossing import Crossing, crossings
from compare.fuzzing.report import (
    chance_of_a_new_one,
    crossed,
    crossing_table,
    growth,
    what_is_left,
)
from compare.fuzzing.state import State


def test_the_chance_of_a_new_kind_is_what_uses_met_once_say() -> None:
    assert chance_of_a_new_one(Counter()) == "0 %"
    assert chance_of_a_new_one(Counter(a=1, b=1, c=6)) == "25 %"
    assert chance_of_a_new_one(Counter(a=2, b=3)) == "0 %"


def test_it_is_told_for_what_uses_are_told_apart_by_as_well() -> None:
    cells = Counter(
        {
            Cell("exp", "float32", "contiguous", "plain", "gradient"): 1,
            Cell("exp", "float32", "transposed", "plain", "gradient"): 1,
            Cell("exp", "float64", "contiguous", "NaN", "gradient"): 2,
        }
    )
    assert what_is_left(cells) == (
        "The next use of an operation is of a new kind with a probability of 50 %, by dtype alone "
        "0 %, by layout alone 25 %, by values alone 0 %, by mode alone 0 %"
    )


def test_how_many_the_last_programs_met_first_is_told() -> None:
    cells = Counter({Cell(name, *["none"] * 3, "train"): 2 for name in ("a", "b", "c")})
    state = State(programs=100, cells=cells, growth=[(50, 1), (90, 2), (100, 3)])
    assert growth(state).endswith("0 of them once; the last tenth of the programs, 10, met 1 new")
    assert growth(State()).endswith("the last tenth of the programs, 0, met 0 new")


LONG = "functional.binary_cross_entropy_with_logits"
MET = Counter(
    {
        Cell("exp", "float32", "contiguous", "plain", "gradient"): 5,
        Cell("exp", "float32", "transposed", "NaN", "no_grad"): 1,
        Cell("exp", "float64", "empty", "plain", "gradient"): 2,
        Cell("bitwise_not", "bool", "number", "plain", "no gradient"): 3,
        Cell("randn", "none", "none", "none", "no gradient"): 4,
    }
)


def test_combinations_are_those_of_the_kinds_that_an_operation_was_met_with() -> None:
    """Of float32 and float64, three layouts, two kinds of values, two modes, no NaN is empty."""
    of = {each.operation: each for each in crossings(MET)}
    assert (of["exp"].uses, of["exp"].met, of["exp"].reachable) == (8, 3, 2 * (2 * 2 + 1) * 2)
    assert dict(of["exp"].least)["expanded"] == 0 and of["exp"].least[-1][1] == 7
    # Numbers that are no floats are neither special, nor do they have gradients.
    assert (of["bitwise_not"].met, of["bitwise_not"].reachable) == (1, 1)
    assert "NaN" not in dict(of["bitwise_not"].least)
    assert of["randn"] == Crossing("randn", 4, 1, 1, [("no gradient", 4)])


def test_several_operands_may_be_what_no_tensor_is() -> None:
    """One is empty, another NaN."""
    (add,) = crossings(Counter([Cell("add", "float32", "empty", "NaN", "gradient")]))
    assert (add.met, add.reachable, add.share) == (1, 1, 1.0)


@pytest.mark.parametrize("width", [80, 120])
def test_each_operation_is_a_line_on_any_terminal(width: int) -> None:
    console = Console(width=width, record=True, file=StringIO())
    cells = Counter({cell._replace(operation=LONG): count for cell, count in MET.items()})
    console.print(crossing_table(MET + cells))
    lines = console.export_text().splitlines()
    assert len(lines) == 2 + 4 and all(len(line) <= width for line in lines)
    (exp,) = [line for line in lines if line.startswith("exp ")]
    assert exp.split()[1:4] == ["8", "3", "20"] and "every second 0, expanded 0" in exp
    assert any(line.startswith(LONG[:20]) for line in lines)


def test_what_was_met_least_is_said_in_a_sentence() -> None:
    assert crossed(MET) == (
        "That is 23 % of the 22 that each operation's own kinds cross to; the fewest of "
        "exp (3 of 20), bitwise_not (1 of 1), randn (1 of 1)"
    )
    assert crossed(Counter()) == (
        "That is 0 % of the 0 that each operation's own kinds cross to; the fewest of nothing"
    )
