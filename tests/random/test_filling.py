"""Are arrays of every layout filled as they lie in memory?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from minigrad.random import filling


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_the_order_is_that_of_the_addresses(shape: list[int], data: st.DataObject) -> None:
    whole = np.zeros([2 * n for n in shape], np.int64)
    array = whole[tuple(slice(None, None, data.draw(st.sampled_from([1, 2]))) for _ in shape)]
    array = array.transpose(data.draw(st.permutations(range(len(shape)))))

    def draw(out: np.ndarray) -> None:
        assert out.flags.c_contiguous
        out[...] = np.arange(1, out.size + 1).reshape(out.shape)

    filling.fill(array, draw)
    in_memory = whole.reshape(-1)
    assert in_memory[in_memory > 0].tolist() == list(range(1, array.size + 1))
    assert sorted(array.flat) == list(range(1, array.size + 1))
