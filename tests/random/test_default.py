"""Does the package speak of one generator where none is given?"""

from __future__ import annotations

import io
from typing import Any

import pytest

import minigrad
from minigrad import random
from minigrad.random.default import chosen


def test_the_module_functions_speak_of_the_default_generator() -> None:
    state = random.default_generator.get_state()
    try:
        assert random.manual_seed(3) is random.default_generator
        assert random.initial_seed() == 3
        assert random.seed() == random.initial_seed() != 3
    finally:
        random.default_generator.set_state(state)


def test_a_generator_is_chosen_or_refused() -> None:
    given = random.Generator()
    assert chosen(given, "f") is given and chosen(None, "f") is random.default_generator
    expected = r"randperm\(\): argument 'generator' must be minigrad\.Generator, not int"
    with pytest.raises(TypeError, match=expected):
        minigrad.randperm(3, generator=0)  # type: ignore[arg-type]


def test_a_stream_is_saved_and_brought_back(torch: Any) -> None:
    torch.randn(3)
    state = torch.get_rng_state()
    drawn = torch.randn(5).tolist()
    file = io.BytesIO()
    torch.save({"rng": state}, file)
    file.seek(0)
    torch.set_rng_state(torch.load(file)["rng"].cpu())
    assert torch.randn(5).tolist() == drawn
    twin = torch.Generator().set_state(state).clone_state()
    assert torch.randn(5, generator=twin).tolist() == drawn
    assert twin.device == torch.device("cpu")


@pytest.mark.parametrize("enabled", [True, False])
def test_a_fork_leaves_the_stream_where_it_was(torch: Any, enabled: bool) -> None:
    state = torch.random.get_rng_state()
    with pytest.raises(ValueError), torch.random.fork_rng(enabled=enabled):
        torch.rand(3)
        raise ValueError
    assert torch.equal(torch.random.get_rng_state(), state) == enabled


def test_what_is_no_state_is_refused(torch: Any) -> None:
    state = torch.get_rng_state()
    for wrong in (3, torch.zeros(632), state[:-1]):
        with pytest.raises((TypeError, RuntimeError)):
            torch.set_rng_state(wrong)
    assert torch.equal(torch.get_rng_state(), state)
