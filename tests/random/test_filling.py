"""Are arrays of every layout filled as they lie in memory, in pieces that do not show?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator, filling


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_the_order_is_that_of_the_addresses(shape: list[int], data: st.DataObject) -> None:
    whole = np.zeros([2 * n for n in shape], np.int64)
    array = whole[tuple(slice(None, None, data.draw(st.sampled_from([1, 2]))) for _ in shape)]
    array = array.transpose(data.draw(st.permutations(range(len(shape)))))
    drawn = iter(range(1, array.size + 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "BLOCK", 5)
        filling.fill(array, lambda count: np.array([next(drawn) for _ in range(count)]))
    in_memory = whole.reshape(-1)
    assert in_memory[in_memory > 0].tolist() == list(range(1, array.size + 1))
    assert sorted(array.flat) == list(range(1, array.size + 1))


@given(st.integers(0, 99), st.integers(16, 200), st.sampled_from(["float32", "float64"]))
def test_long_arrays_are_filled_piece_by_piece_with_the_same_numbers(
    seed: int, size: int, dtype: str
) -> None:
    def everything() -> list[np.ndarray]:
        generator = Generator().manual_seed(seed)
        arrays = [np.zeros(size, dtype) for _ in range(3)]
        arrays.append(np.zeros((size, 2), dtype)[:, 0])
        generator.uniform(arrays[0], -1.0, 3.0)
        generator.normal(arrays[1])
        generator.random(arrays[2])
        generator.normal(arrays[3])
        return arrays

    expected = everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "BLOCK", 16)
        for a, b in zip(everything(), expected, strict=True):
            np.testing.assert_array_equal(a, b)
