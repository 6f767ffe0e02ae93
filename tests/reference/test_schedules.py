"""Schedulers set PyTorch's learning rates: those recorded, and live where PyTorch is installed."""

import io
import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

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
    known = set(minigrad.optim.lr_scheduler.__all__) - {"LRScheduler", "_LRScheduler"}
    assert known == {name.split()[0] for name in NAMES}


@settings(max_examples=10)
@given(names=st.lists(st.sampled_from(CHAINABLE), min_size=2, max_size=3))
def test_schedulers_in_a_chain(names):
    torch = pytest.importorskip("torch")
    ours = RECORDER["course"](minigrad, names, "SGD")
    assert ours == RECORDER["course"](torch, names, "SGD")


@pytest.mark.parametrize("name", NAMES)
def test_a_schedule_goes_on_from_a_file(name):
    """Saved and loaded halfway, with the optimiser."""
    make, advance = RECORDER["CASES"][name], RECORDER["advance"]
    optimizer = RECORDER["two_groups"](minigrad, "SGD")
    scheduler = make(minigrad.optim.lr_scheduler, optimizer)
    for epoch in range(45):
        advance(optimizer, [scheduler], epoch)
    file = io.BytesIO()
    saved = {"optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
    minigrad.save({**saved, "epoch": 45}, file)
    file.seek(0)
    loaded = minigrad.load(file)
    other = RECORDER["two_groups"](minigrad, "SGD")
    resumed = make(minigrad.optim.lr_scheduler, other)
    other.load_state_dict(loaded["optimizer"])
    resumed.load_state_dict(loaded["scheduler"])
    for epoch in range(loaded["epoch"], 120):
        advance(optimizer, [scheduler], epoch)
        advance(other, [resumed], epoch)
        assert RECORDER["settings_of"](other) == RECORDER["settings_of"](optimizer)
    assert resumed.state_dict() == scheduler.state_dict()
