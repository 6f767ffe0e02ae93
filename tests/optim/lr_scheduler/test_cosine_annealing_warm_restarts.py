"""Restarts: PyTorch's rates at whatever epochs are asked for, and its refusals."""

import pytest
from hypothesis import given, strategies as st

import minigrad

EPOCHS = st.lists(st.none() | st.integers(0, 40) | st.floats(0, 40), max_size=12)


def course(library, epochs, **settings):
    """The rate, and how far the fall is, after each step."""
    optimizer = library.optim.SGD([library.ones(1)], lr=0.1)
    kind = library.optim.lr_scheduler.CosineAnnealingWarmRestarts
    scheduler = kind(optimizer, **settings)
    found = []
    for epoch in epochs:
        optimizer.step()
        scheduler.step(epoch)
        found.append((scheduler.get_last_lr(), scheduler.T_cur, scheduler.T_i))
    return [*found, scheduler.last_epoch]


@given(
    epochs=EPOCHS,
    first=st.integers(1, 5),
    longer=st.integers(1, 3),
    lowest=st.sampled_from([0.0, 0.01]),
)
def test_steps_to_any_epoch(epochs, first, longer, lowest):
    torch = pytest.importorskip("torch")
    settings = {"T_0": first, "T_mult": longer, "eta_min": lowest}
    assert course(minigrad, epochs, **settings) == course(torch, epochs, **settings)


@pytest.mark.parametrize(
    ("settings", "epoch", "message"),
    [
        ({"T_0": 0}, None, "Expected positive integer T_0, but got 0"),
        ({"T_0": 1.5}, None, "Expected positive integer T_0, but got 1.5"),
        ({"T_0": 2, "T_mult": 0.5}, None, "Expected integer T_mult >= 1, but got 0.5"),
        ({"T_0": 2, "eta_min": "0"}, None, "Expected float or int eta_min, but got 0 of type"),
        ({"T_0": 2}, -1, "Expected non-negative epoch, but got -1"),
    ],
)
def test_what_is_no_setting_is_refused(torch, failure, settings, epoch, message):
    assert failure(course, torch, [epoch], **settings).startswith(f"ValueError: {message}")
