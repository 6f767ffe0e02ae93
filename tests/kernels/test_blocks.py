"""Do the parts that a matrix is cut into cover it, each element once?"""

import subprocess
import sys

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
    assert blocks == set(range(blocks_of(shape)[0] if columns else 0))


@given(rows=st.integers(1, 10**7), columns=st.integers(1, 10**5))
def test_there_are_few_blocks_and_only_the_last_may_be_short(rows, columns):
    shape = rows, columns
    blocks, rows = blocks_of(shape)
    assert 1 <= blocks <= MOST_BLOCKS
    assert rows >= ROWS and (blocks - 1) * rows < shape[0] <= blocks * rows


def test_python_asks_without_having_anything_compiled():
    """`Inner` has what is called from Python compiled, which takes half a second."""
    script = "import minigrad; minigrad.nn.BatchNorm1d(2)(minigrad.ones(3, 2)); "
    script += "from minigrad.kernels import blocks; print('for_python' in vars(blocks.blocks_of))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.strip() == "False", found.stderr
