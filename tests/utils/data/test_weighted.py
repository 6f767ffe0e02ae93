"""Which indices come, if each has a weight?"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.utils.data import WeightedRandomSampler

weights = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 10)), min_size=1, max_size=30)


@given(weights, st.integers(1, 60), st.booleans(), st.integers(0, 2**40))
def test_the_indices_are_pytorchs(
    weights: list[float], count: int, replacement: bool, seed: int
) -> None:
    torch = pytest.importorskip("torch")
    possible = sum(weight > 0 for weight in weights)
    if not possible:
        weights, possible = [*weights, 1.0], 1
    count = count if replacement else min(count, possible)
    drawn = []
    for library in (minigrad, torch):
        sampler = library.utils.data.WeightedRandomSampler(weights, count, replacement)
        library.manual_seed(seed)
        drawn.append([list(sampler), list(sampler), library.rand(2).tolist()])
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("replacement", [True, False])
def test_indices_come_as_often_as_their_weights_say(replacement: bool) -> None:
    minigrad.manual_seed(0)
    weights = np.array([0.5, 0.0, 3.0, 1.5])
    if replacement:
        drawn = list(WeightedRandomSampler(weights, 20000))
    else:  # the first of several
        sampler = WeightedRandomSampler(weights, 2, replacement=False)
        drawn = [next(iter(sampler)) for _ in range(20000)]
    counts = np.bincount(drawn, minlength=4) / len(drawn)
    np.testing.assert_allclose(counts, weights / 5, atol=0.012)


def test_without_replacement_what_weighs_nothing_comes_last() -> None:
    drawn = list(WeightedRandomSampler([0.0, 1.0, 0.0, 2.0], 4, replacement=False))
    assert set(drawn[:2]) == {1, 3} and set(drawn) == {0, 1, 2, 3}


INVALID = "invalid multinomial distribution "
REFUSED: list[tuple[list[float], int, bool, str]] = [
    ([1.0, 2.0], 3, False, "cannot sample n_sample > prob_dist.size(-1) samples without replac"),
    ([0.0, 0.0], 3, True, INVALID + "(sum of probabilities <= 0)"),
    ([0.0, 0.0], 1, False, INVALID + "(sum of probabilities <= 0)"),
    ([], 2, True, INVALID + "(sum of probabilities <= 0)"),
    ([1.0, -1.0], 2, True, INVALID + "(encountering probability entry < 0)"),
    ([1.0, float("nan")], 2, True, INVALID + "(encountering probability entry < 0)"),
    ([1.0, float("inf")], 2, True, INVALID + "(encountering probability entry = infinity or NaN)"),
    ([1.0, -1.0], 2, False, "probability tensor contains either `inf`, `nan` or element < 0"),
    ([1.0, float("inf")], 1, True, "probability tensor contains either `inf`, `nan` or element"),
]


@pytest.mark.parametrize(("weights", "count", "replacement", "message"), REFUSED)
def test_what_is_no_distribution_is_refused(
    library: ModuleType, weights: Any, count: int, replacement: bool, message: str
) -> None:
    sampler = library.WeightedRandomSampler(weights, count, replacement)
    with pytest.raises(RuntimeError) as caught:
        list(sampler)
    assert str(caught.value).startswith(message)
