"""Does the table say how each recipe did, in a width that any terminal has?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from rich.console import Console

from minigrad.demo.recipes import RECIPES
from minigrad.demo.report import make_report, significant
from minigrad.demo.table import breast_cancer
from minigrad.demo.training import Result, Scores


def printed(results):
    console = Console(width=80)
    with console.capture() as capture:
        console.print(make_report(results, breast_cancer()))
    return capture.get()


def make_result(recipe, first, last, scores):
    sizes = np.array([[first, 1.0, last]] * 3)
    return Result(recipe, scores, sizes, steps_per_epoch=3)


def test_each_recipe_has_its_numbers_in_the_order_of_the_headings():
    text = printed(
        [
            make_result(RECIPES[0], 0.0123, 0.5, Scores(0.68751, 62.6764, 0.9231, 0.8)),
            make_result(RECIPES[3], 1.2e-21, 3.0e-20, Scores(0.0351, 0.118, 1.0, 0.0)),
            make_result(RECIPES[1], 0.0, 0.0, None),
        ]
    )
    rows = [line.split() for line in text.splitlines()]
    assert "default init, ReLU 0.688 62.7 0.923 0.800 0.012 0.50 0.025".split() in rows
    assert "Kaiming, ELU, BatchNorm 0.0351 0.118 1.000 0.000 1.2e-21 3.0e-20 0.040".split() in rows
    assert "Kaiming, ReLU - - - - 0 0 -".split() in rows
    assert "-: the network diverged" in text
    assert "…" not in text


def test_without_a_divergence_none_is_explained():
    text = printed([make_result(RECIPES[0], 0.1, 0.5, Scores(0.1, 0.2, 0.9, 0.8))])
    assert "F1 of class 1, 'benign'" in text
    assert "diverged" not in text


@given(value=st.floats(1e-30, 1e30), digits=st.integers(1, 6))
def test_rounding_keeps_so_many_digits(value, digits):
    text = significant(value, digits)
    assert float(text) == pytest.approx(value, rel=0.5 * 10.0 ** (1 - digits) * (1 + 1e-9))
    assert len(text.partition("e")[0].replace(".", "").lstrip("0")) == digits


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (12.0, "12"), (0.01, "0.010")])
def test_zeros_at_the_end_are_kept_and_a_lone_point_is_not(value, text):
    assert significant(value, 2) == text
