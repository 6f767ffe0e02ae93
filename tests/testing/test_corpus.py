"""The checker fails every wrong gradient of the corpus, and passes every right one."""

import numpy as np
import pytest

from minigrad.tensor import tensor_of
from minigrad.testing import corpus, score
from minigrad.testing.__main__ import main

WRONG = [(theme, case) for theme, cases in corpus.WRONG.items() for case in cases]
RIGHT = [(theme, case) for theme, cases in corpus.RIGHT.items() for case in cases]


def without_an_element_at_a_time(case):
    return case._replace(options={**case.options, "limit": 0, "seed": 1})


def test_the_score_is_printed_and_is_full(capsys):
    assert main() == 0
    printed = capsys.readouterr().out
    assert printed.count(" 100 %\n") == 2
    assert f"{len(WRONG)} of {len(WRONG)}   100 %" in printed


def test_a_miss_is_named():
    rows = [score.Row("kinks", 4, ["relu: a slope"]), score.Row("signs", 4, [])]
    lines = score.table("wrong gradients that fail", rows)
    assert "    missed: relu: a slope" in lines and lines[-1].endswith(" 7 of 8   87.5 %")


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [case for _, case in WRONG], ids=[f"{theme}-{case.name}" for theme, case in WRONG]
)
def test_random_directions_alone_find_it_as_well(case):
    case = without_an_element_at_a_time(case)
    assert not case.check()
    assert case.check_correct()


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [case for _, case in RIGHT], ids=[f"{theme}-{case.name}" for theme, case in RIGHT]
)
def test_random_directions_alone_pass_it_as_well(case):
    assert without_an_element_at_a_time(case).check()


def test_names_are_for_one_case_each():
    names = [case.name for _, case in (*WRONG, *RIGHT)]
    assert len(set(names)) == len(names)
    assert len(WRONG) >= 40


@pytest.mark.parametrize(
    "case", corpus.WRONG["layouts and dtypes"][:4], ids=lambda case: case.name
)
def test_faults_of_layout_are_right_in_contiguous_memory(case):
    (x,) = case.inputs()
    contiguous = tensor_of(np.ascontiguousarray(x.detach().numpy()), requires_grad=True)
    planted = case._replace(inputs=lambda: [contiguous])
    with pytest.MonkeyPatch.context() as patch:  # cotangents in memory's order alone
        patch.setattr("minigrad.testing.directions._with_gaps", lambda array: array)
        assert planted.check()


def test_faults_of_second_order_are_right_in_the_first():
    for case in corpus.WRONG["second order"]:
        assert case._replace(options={"order": case.options["order"] - 1}).check()


def test_faults_of_float32_are_right_in_float64():
    found = [case for _, case in WRONG if "float32" in case.name]
    assert len(found) >= 3
    for case in found:
        wide = [x.detach().double().requires_grad_() for x in case.inputs()]
        assert case._replace(inputs=lambda wide=wide: wide).check()


@pytest.mark.parametrize("seed", range(10))
def test_ties_are_kept_by_moving_all_at_once(seed):
    (case,) = [case for _, case in WRONG if case.name.startswith("amax: equal ones")]
    assert not case._replace(options={"seed": seed}).check()


@pytest.mark.parametrize("seed", [1, 4])
def test_where_rounding_shows_no_seed_makes_it_a_fault(seed):
    cases = [case for _, case in RIGHT if "batch_norm" in case.name]
    assert len(cases) >= 5
    for case in cases:
        for limit in (0, 64):
            result = case._replace(options={**case.options, "seed": seed, "limit": limit}).check()
            assert result, f"{case.name}: {result}"
