"""What fuzzing has found once stays mended, or known."""

import pytest

pytest.importorskip("torch")

import re
from pathlib import Path

from compare.fuzzing import cases
from compare.fuzzing.explanations import EXPLANATIONS, explanation_of
from compare.fuzzing.judge import judge

SUPPORTED = (Path(__file__).parents[3] / "SUPPORTED.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", cases.names())
def test_what_was_found_is_no_difference_any_more_or_a_known_one(name: str) -> None:
    difference = judge(cases.lines(name)).difference
    assert difference is None or explanation_of(difference) is not None, str(difference)


@pytest.mark.parametrize("explanation", EXPLANATIONS, ids=lambda each: each.row)
def test_an_explanation_is_a_row_that_users_can_read(explanation: object) -> None:
    assert re.search(rf"^\| {re.escape(explanation.row)}", SUPPORTED, re.M)  # type: ignore[attr-defined]
