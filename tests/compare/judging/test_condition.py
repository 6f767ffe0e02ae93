"""Does the noise follow from how a result moves?"""

import numpy as np
import pytest

pytest.importorskip("torch")

from compare.judging.condition import MOVEMENTS, ROUNDINGS, moved, noise_of


def test_a_difference_of_large_numbers_has_noise_of_their_size() -> None:
    generator = np.random.default_rng(0)
    a, b = np.full(100, 1e6, np.longdouble), np.full(100, 1e6 - 1, np.longdouble)
    others = (
        {"out": moved(a, generator) - moved(b, generator), "product": moved(a, generator) * b}
        for _ in range(MOVEMENTS)
    )
    noise = noise_of({"out": a - b, "product": a * b}, others)
    assert 0.9e6 * ROUNDINGS < np.median(noise["out"]) < 2e6 * ROUNDINGS
    assert np.median(noise["product"]) < 2.5 * ROUNDINGS * 1e12


def test_what_does_not_move_has_the_roundings_of_its_own_size() -> None:
    value = np.array([2.0], np.longdouble)
    assert noise_of({"out": value}, [{"out": value}] * MOVEMENTS)["out"] == (ROUNDINGS + 4) * 2
