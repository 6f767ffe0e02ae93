"""Do variations change PyTorch's training, and by no more than a rounding?"""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

pytest.importorskip("torch")

import torch

from compare.trajectories.course import is_rounded
from compare.trajectories.distance import distances
from compare.trajectories.restarts import single_steps
from compare.trajectories.scripts import SCRIPTS
from compare.trajectories.trajectory import train
from compare.trajectories.variation import Variation, neighbours, variations

FINITE = st.floats(-(2.0**100), 2.0**100, width=32)


@given(arrays(np.float32, 5, elements=FINITE), st.integers(0, 9))
def test_neighbours_are_one_number_away(values: np.ndarray, seed: int) -> None:
    moved = neighbours(values, np.random.default_rng(seed))
    assert moved.dtype == np.float32
    down, up = (np.nextafter(values, np.float32(end)) for end in (-np.inf, np.inf))
    assert ((moved == down) | (moved == up)).all()


@pytest.mark.parametrize("kind", ["drift", "single steps"])
@pytest.mark.parametrize("variation", variations(), ids=lambda each: each.name)
def test_each_changes_every_step_a_little(variation: Variation, kind: str) -> None:
    script, steps = SCRIPTS["SGD"], 20
    path = train(torch, script, steps)
    drift, single = (
        partial(train, torch, script, steps),
        partial(single_steps, torch, script, path),
    )
    varied = (drift if kind == "drift" else single)(variation=variation)
    apart = distances(path, varied, "gradient of fc1.weight")
    assert (apart > 0).all()
    assert (apart < 1e-6).all()


def test_float64_is_float64_in_all_that_a_step_computes() -> None:
    for script in SCRIPTS.values():
        wide = train(torch, script, 2, variation=variations()[0])[2]
        computed = {name: each.dtype for name, each in wide.items() if is_rounded(name, each)}
        assert set(computed.values()) == {np.dtype(np.float64)}
