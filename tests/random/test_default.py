"""Does the package speak of one generator where none is given?"""

from __future__ import annotations

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
