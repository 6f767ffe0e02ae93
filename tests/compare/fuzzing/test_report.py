"""Does the report say how much is left to meet?"""

from collections import Counter

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare.fuzzing.coverage import Cell
from compare.fuzzing.report import chance_of_a_new_one, what_is_left


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
