"""Does every way to shuffle give each integer once, and words their place?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator, filling, permutation


def inside_out(seed: int, n: int) -> list[int]:
    """The shuffle of the longest permutations, written down plainly."""
    words = np.random.RandomState(seed).randint(0, 2**32, 2 * n, np.uint32).tolist()
    order: list[int] = []
    for i in range(n):
        other = ((words[2 * i] << 32) | words[2 * i + 1]) % (i + 1)
        order.append(i)
        order[i] = order[other]
        order[other] = i
    return order


@given(st.integers(0, 2**32 - 1), st.integers(0, 300))
def test_every_way_to_shuffle_gives_its_permutation(seed: int, n: int) -> None:
    generator = Generator()
    plain = generator.manual_seed(seed).permutation(n)
    assert sorted(plain.tolist()) == list(range(n))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permutation, "PYTHON_SHUFFLE", -1)
        patch.setattr(filling, "BLOCK", 64)
        np.testing.assert_array_equal(generator.manual_seed(seed).permutation(n), plain)
        patch.setattr(permutation, "NARROW_SHUFFLE", 0)
        assert generator.manual_seed(seed).permutation(n).tolist() == inside_out(seed, n)
