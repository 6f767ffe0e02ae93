"""Schedulers set PyTorch's learning rates: those recorded, and live where PyTorch is installed."""

import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad

RECORDER = runpy.run_path(str(Path(__file__).with_name("record_schedules.py")))
RECORDED = json.loads(RECORDER["RECORDED"].read_text())
NAMES = list(RECORDER["CASES"])
CHAINABLE = [
    "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "LinearLR", "ConstantLR",
    "ReduceLROnPlateau",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_settings_are_those_recorded(name):
    assert RECORDER["recorded"](minigrad, name) == RECORDED[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_recorded_is_what_torch_sets(name):
    torch = pytest.importorskip("torch")
    assert RECORDER["recorded"](torch, name) == RECORDED[name]


def test_every_scheduler_is_recorded():
    known = set(minigrad.optim.lr_scheduler.__all__) - {"LRScheduler"}
    assert known == {name.split()[0] for name in NAMES}


@settings(max_examples=10)
@given(names=st.lists(st.sampled_from(CHAINABLE), min_size=2, max_size=3))
def test_schedulers_in_a_chain(names):
    torch = pytest.importorskip("torch")
    ours = RECORDER["course"](minigrad, names, "SGD")
    assert ours == RECORDER["course"](torch, names, "SGD")
