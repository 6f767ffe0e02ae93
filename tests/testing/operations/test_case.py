"""Two results are the same if they are to the bit, and of one dtype and shape."""

import numpy as np
import pytest

from minigrad.testing.operations.case import assert_same, same_bits

ONE = np.array([1.0, 0.0, np.nan])
OTHERS = {
    "another dtype": ONE.astype(np.float32),
    "another shape": ONE.reshape(1, 3),
    "another sign of 0": np.array([1.0, -0.0, np.nan]),
    "a number in place of NaN": np.array([1.0, 0.0, 0.0]),
    "the next number": np.array([np.nextafter(1.0, 2), 0.0, np.nan]),
    "nothing": None,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_differs_is_not_the_same_whichever_comes_first(name):
    other = OTHERS[name]
    for first, second in ((ONE, other), (other, ONE)):
        assert not same_bits(first, second)
        with pytest.raises(AssertionError, match="the gradient of x moves"):
            assert_same({"x": first}, {"x": second}, "moves")


def test_the_same_bits_are_the_same():
    for each in (*OTHERS.values(), np.array([-(2**63), 2**63 - 1]), np.zeros((0, 3))):
        again = None if each is None else each.copy()
        assert same_bits(each, again)
        assert_same({"out": each}, {"out": again}, "moves")
