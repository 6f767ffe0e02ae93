"""Does the package speak of one generator where none is given?"""

from __future__ import annotations

from minigrad import random


def test_the_module_functions_speak_of_the_default_generator() -> None:
    state = random.default_generator.get_state()
    try:
        assert random.manual_seed(3) is random.default_generator
        assert random.initial_seed() == 3
        assert random.seed() == random.initial_seed() != 3
    finally:
        random.default_generator.set_state(state)
