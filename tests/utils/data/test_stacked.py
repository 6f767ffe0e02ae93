"""How do data sets of as many samples each become one, with a sample of each in a sample?"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


class Doubling:
    """Samples that can be had several at once."""

    def __init__(self, missing: int = 0) -> None:
        self.missing = missing
        self.asked: list[Any] = []

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int) -> int:
        return 2 * index

    def __getitems__(self, indices: list[int]) -> list[int]:
        self.asked.append(list(indices))
        return [2 * index for index in indices][self.missing :]


def test_a_sample_has_a_sample_of_each(library: ModuleType) -> None:
    stacked = library.StackDataset("abc", [1, 2, 3])
    assert len(stacked) == 3 and stacked[1] == ("b", 2)
    assert stacked.__getitems__([2, 0]) == [("c", 3), ("a", 1)]
    named = library.StackDataset(letter="abc", number=[1, 2, 3])
    assert len(named) == 3 and named[1] == {"letter": "b", "number": 2}
    assert named.__getitems__([2]) == [{"letter": "c", "number": 3}]


def test_a_part_that_can_is_asked_for_several_samples_at_once(library: ModuleType) -> None:
    part = Doubling()
    loader = library.DataLoader(library.StackDataset(part, [0, 1, 2]), batch_size=2)
    batches = [[each.tolist() for each in batch] for batch in loader]
    assert batches == [[[0, 2], [0, 1]], [[4], [2]]] and part.asked == [[0, 1], [2]]


def test_what_cannot_be_stacked(library: ModuleType) -> None:
    stack = library.StackDataset
    with pytest.raises(ValueError, match="both types are given"):
        stack([1], x=[1])
    with pytest.raises(ValueError, match="At least one dataset should be passed"):
        stack()
    with pytest.raises(ValueError, match="Size mismatch between datasets"):
        stack([1], [1, 2])
    with pytest.raises(ValueError, match="Size mismatch between datasets"):
        stack(x=[1], y=[1, 2])
    with pytest.raises(ValueError, match=r"output size mismatch\. Expected 2, got 1"):
        stack(Doubling(missing=1)).__getitems__([0, 1])
