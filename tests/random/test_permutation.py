"""Does every way to shuffle give each integer once, and words their place?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator, permutation


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


def swapped(seed: int, n: int) -> list[int]:
    """The shuffle of all others."""
    order = list(range(n))
    for i, word in enumerate(np.random.RandomState(seed).randint(0, 2**32, n, np.uint32)[:-1]):
        other = i + int(word) % (n - i)
        order[i], order[other] = order[other], order[i]
    return order


@given(st.integers(0, 2**32 - 1), st.integers(0, 1300))
def test_each_way_to_shuffle_gives_its_permutation(seed: int, n: int) -> None:
    generator = Generator()
    assert generator.manual_seed(seed).permutation(n).tolist() == swapped(seed, n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permutation, "NARROW_SHUFFLE", 0)
        assert generator.manual_seed(seed).permutation(n).tolist() == inside_out(seed, n)
