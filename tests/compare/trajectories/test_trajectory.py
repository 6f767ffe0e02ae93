"""Does a script pass through the same tensors again, from wherever on its way it starts?"""

from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch

import minigrad
from compare.row import PASS
from compare.trajectories.distance import first_difference
from compare.trajectories.outcome import compare
from compare.trajectories.restarts import single_steps
from compare.trajectories.scripts import SCRIPTS, Script
from compare.trajectories.trajectory import train

STEPS = 40


@pytest.mark.parametrize("library", [minigrad, torch], ids=["minigrad", "torch"])
@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_single_steps_along_the_path_are_the_path(library: Any, script: Script) -> None:
    path = train(library, script, STEPS)
    for there, again in zip(path, single_steps(library, script, path), strict=True):
        assert first_difference(there, again) is None


@pytest.mark.parametrize("library", [minigrad, torch], ids=["minigrad", "torch"])
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "SGD, schedule"])
def test_a_single_step_depends_on_nothing_but_what_it_is_given(library: Any, name: str) -> None:
    """After one step elsewhere, a step from the middle of the path is the path's."""
    path = train(library, SCRIPTS[name], 21)
    *_, elsewhere, again = single_steps(library, SCRIPTS[name], [path[0], path[20], path[21]])
    assert first_difference(path[20], elsewhere) is not None
    assert first_difference(path[21], again) is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_minigrad_trains_as_pytorch_does(name: str) -> None:
    (found,) = compare(STEPS, [name])
    outcome = found.outcome
    assert (outcome.start, outcome.parting, outcome.single_parting) == (None, None, None)
    assert (outcome.compiled, outcome.note, outcome.verdict) == (None, "", PASS)
    assert outcome.largest is not None
    assert outcome.largest.ratio > 0  # they are not one library


def test_every_kind_of_tensor_is_compared() -> None:
    moment = train(minigrad, SCRIPTS["Adam"], 1)[1]
    expected = ["generator", "features", "labels", "learning rate", "bn1.running_mean"]
    expected += ["bn1.running_var", "bn1.num_batches_tracked", "loss", "gradient of fc3.bias"]
    expected += ["gradient of fc1.weight", "exp_avg of fc1.weight", "exp_avg_sq of fc1.weight"]
    expected += ["step of fc3.bias", "fc1.weight"]
    assert set(expected) <= set(moment)
    places = [list(moment).index(name) for name in ("labels", "loss", "gradient of fc3.bias",
              "gradient of fc1.weight", "exp_avg of fc1.weight", "fc1.weight")]  # fmt: skip
    assert places == sorted(places)
