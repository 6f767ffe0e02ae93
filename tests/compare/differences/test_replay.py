"""Does each program show a difference, and can it be run by itself?"""

import pytest

pytest.importorskip("torch")

import torch

import minigrad
from compare.differences.replay import NOT_RUN, PROGRAMS, answer, names, replay


def test_every_program_shows_a_difference_on_the_cpu() -> None:
    found = replay(["cpu"])
    assert [each.name for each in found] == names()
    absent = {each.name for each in found if not each.is_there}
    # These hang on the instructions that PyTorch finds: its GELU is right without AVX-512.
    assert absent <= {"sigmoid_by_position", "softplus_by_length", "gelu_of_infinity"}
    assert {each.given["PyTorch cuda"] for each in found} == {NOT_RUN}


def test_one_can_be_chosen_and_has_its_code_and_issue() -> None:
    (found,) = replay(["cpu"], ["elu_gradient_at_nan"])
    assert found.given["minigrad"] == "nan, nan"
    assert found.given["PyTorch cpu"] == "nan, 1"
    assert "functional.elu(x).backward" in found.code
    assert found.issue == "https://github.com/pytorch/pytorch/issues/195075"


def test_that_no_issue_is_known_is_said() -> None:
    (found,) = replay(["cpu"], ["sigmoid_subnormal"])
    assert found.issue == "no issue known to us"


def test_minigrad_depends_neither_on_position_nor_on_length() -> None:
    for program in PROGRAMS:
        if "_by_position" in program.__name__ or "_by_length" in program.__name__:
            first, second = answer(program, minigrad, "cpu").split(", ")
            assert first == second


def test_what_is_refused_is_an_answer() -> None:
    def refuse(library: object, device: str) -> object:
        raise ValueError("no")

    assert answer(refuse, torch, "cpu") == "ValueError"
