"""Do operands that are broadcast come to kernels as NumPy would broadcast them?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.launch import exchange, observe
from minigrad.primitives import operands
from minigrad.primitives.operands import for_kernels
from minigrad.recording.recorder import Recorder

SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@st.composite
def broadcast(draw: st.DrawFn, shape: tuple[int, ...]) -> np.ndarray:
    """An array that broadcasts to a shape: of some of its dimensions, expanded or turned."""
    own = tuple(draw(st.sampled_from([n, 1])) for n in shape)[draw(st.integers(0, len(shape))) :]
    array = np.arange(1.0, 1 + np.prod(own), dtype=np.float32).reshape(own)
    how = draw(st.sampled_from(["itself", "expanded", "turned"]))
    if how == "expanded":
        return np.lib.stride_tricks.as_strided(
            array,
            shape,
            [0] * (len(shape) - len(own))
            + [0 if n == 1 else step for n, step in zip(own, array.strides, strict=True)],
        )
    return np.asfortranarray(array) if own and how == "turned" else array


@contextmanager
def recording() -> Iterator[None]:
    with exchange:
        observe(Recorder())
        try:
            yield
        finally:
            observe(None)


@pytest.fixture
def recorded() -> Iterator[None]:
    with recording():
        yield


@given(shape=SHAPES, data=st.data())
def test_what_kernels_get_is_what_numpy_broadcasts(
    shape: tuple[int, ...], data: st.DataObject
) -> None:
    given = [data.draw(broadcast(shape)) for _ in range(2)]
    with recording():
        found = for_kernels(given, shape)
    if found is None:
        return
    for before, after in zip(given, found, strict=True):
        assert after.flags.carray
        assert after.size == 1 or after.shape == shape
        assert (np.broadcast_to(after, shape) == np.broadcast_to(before, shape)).all()


@pytest.mark.parametrize("own", [(3,), (2, 1), (1, 3), (), (1, 1), (4, 1, 1), (2, 3)])
def test_rows_columns_and_numbers_are_taken_while_a_step_is_recorded(
    own: tuple[int, ...], recorded: None
) -> None:
    whole, part = np.ones((4, 2, 3)), np.random.default_rng(0).random(own)
    found = for_kernels([whole, np.asarray(part)], whole.shape)
    assert found is not None
    assert (np.broadcast_to(found[1], whole.shape) == part).all()


def test_others_are_left_to_numpy(monkeypatch: pytest.MonkeyPatch, recorded: None) -> None:
    whole = np.ones((4, 2, 3))
    assert for_kernels([whole, np.ones((4, 1, 3))], whole.shape) is None
    assert for_kernels([whole, np.ones((4, 2, 3), np.float32)], whole.shape) is None
    assert for_kernels([np.ones(3, np.int64)] * 2, (3,)) is None
    monkeypatch.setattr(operands, "MOST_WRITTEN_OUT", 23)
    assert for_kernels([whole, np.ones(3)], whole.shape) is None


def test_otherwise_numpy_goes_through_rows_and_what_lies_apart() -> None:
    whole = np.ones((4, 2, 3))
    assert for_kernels([whole, np.ones(3)], whole.shape) is None
    assert for_kernels([whole, whole.T.copy().T], whole.shape) is None
    assert for_kernels([whole, np.ones(1)], whole.shape) is not None
