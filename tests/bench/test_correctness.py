"""Is one wrong loss found, whichever it is?"""

import math

import pytest
from hypothesis import given, strategies as st

from bench.correctness import LOSSES, TOLERANCE, complaint, relative_differences

RIGHT = [1.0 / (1 + step) for step in range(LOSSES)]


def test_equal_losses_are_right() -> None:
    assert complaint(RIGHT, RIGHT) == ""


@given(
    st.integers(0, LOSSES - 1), st.sampled_from([1 + 1.1 * TOLERANCE, 2, -1, math.nan, math.inf])
)
def test_the_first_wrong_loss_is_named(position: int, factor: float) -> None:
    losses = [*RIGHT[:position], *(each * factor for each in RIGHT[position:])]
    assert complaint(losses, RIGHT).startswith(f"wrong result: step {position + 1}, ")
    assert complaint(losses, RIGHT).endswith(f" against {RIGHT[position]:.8g}")


@given(st.lists(st.floats(0.1, 10), min_size=1), st.floats(-0.9 * TOLERANCE, 0.9 * TOLERANCE))
def test_rounding_is_accepted_and_reported(losses: list[float], part: float) -> None:
    found = [each * (1 + part) for each in losses]
    assert complaint(found, losses) == ""
    assert max(relative_differences(found, losses)) == pytest.approx(abs(part), abs=1e-12)


def test_a_missing_loss_is_wrong() -> None:
    assert complaint(RIGHT[:-1], RIGHT) == "wrong result: step 20, nothing against 0.05"
