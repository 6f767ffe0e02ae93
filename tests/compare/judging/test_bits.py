"""Does a single bit count?"""

import numpy as np
import pytest

from compare.judging.bits import same_bits
from compare.row import BITS_EQUAL, FAIL

NAMES = ("data_loader", "case", "float32", "samples")


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        ([1.0, 0.0, np.nan], BITS_EQUAL),
        ([1.0, -0.0, np.nan], FAIL),
        ([1.0 + 2**-23, 0.0, np.nan], FAIL),
        ([1.0, 0.0], FAIL),
    ],
)
def test_only_the_same_bits_are_equal(ours: list[float], verdict: str) -> None:
    theirs = np.array([1.0, 0.0, np.nan], np.float32)
    assert same_bits(NAMES, np.array(ours, np.float32), theirs).verdict == verdict


def test_the_first_different_element_is_named() -> None:
    ours = np.zeros((3, 4), np.float64)
    theirs = ours.copy()
    theirs[1, 2] = theirs[2, 0] = 5.0
    row = same_bits(NAMES, ours, theirs)
    assert (row.where, row.expected, row.note) == ((1, 2), 5.0, "2 of 12 elements differ")
