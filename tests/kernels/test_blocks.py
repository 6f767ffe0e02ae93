"""Do the parts that a matrix is cut into cover it, each element once?"""

import numpy as np
from hypothesis import example, given, strategies as st

from minigrad.kernels.blocks import MOST_BLOCKS, ROWS, blocks_of, part, parts_of


@given(rows=st.integers(0, 3000), columns=st.integers(0, 600))
@example(rows=100_000, columns=2)
def test_each_element_is_in_one_part(rows, columns):
    shape = rows, columns
    times, blocks = np.zeros(shape, np.int8), set()
    for k in range(parts_of(shape)):
        block, (first, last), (begin, end) = part(k, shape)
        times[first:last, begin:end] += 1
        blocks.add(block)
    assert (times == 1).all()
    assert blocks == set(range(blocks_of(shape) if columns else 0))


@given(rows=st.integers(1, 10**7), columns=st.integers(1, 10**5))
def test_there_are_few_blocks_and_only_the_last_may_be_short(rows, columns):
    shape = rows, columns
    assert 1 <= blocks_of(shape) <= MOST_BLOCKS
    if blocks_of(shape) > 1:
        _, (first, last), _ = part(0, shape)
        assert last - first >= ROWS
