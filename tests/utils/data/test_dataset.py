"""Is a data set its tensors' rows, and does it say what it lacks?"""

from __future__ import annotations

from types import ModuleType

import pytest

import minigrad
from minigrad.utils.data import TensorDataset


def test_a_sample_is_a_row_of_every_tensor() -> None:
    x, y = minigrad.arange(6).reshape(3, 2), minigrad.tensor([1.5, 2.5, 3.5])
    rows = TensorDataset(x, y)
    assert len(rows) == 3
    assert [[each.tolist() for each in rows[i]] for i in (0, -1)] == [[[0, 1], 1.5], [[4, 5], 3.5]]
    assert [each.tolist() for each in rows[1:]] == [[[2, 3], [4, 5]], [2.5, 3.5]]
    with pytest.raises(IndexError):
        rows[3]


def test_tensors_of_different_lengths_are_refused() -> None:
    with pytest.raises(AssertionError, match="Size mismatch between tensors"):
        TensorDataset(minigrad.zeros(3), minigrad.zeros(4))


def test_a_data_set_must_know_its_samples(library: ModuleType) -> None:
    with pytest.raises(NotImplementedError, match="should implement __getitem__"):
        library.Dataset()[0]
