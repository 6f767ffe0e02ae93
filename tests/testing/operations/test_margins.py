"""What lies beside a kernel's operands is looked at, whatever is written there."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.kernels.kernel import Flat, Scalar, kernel
from minigrad.testing.duties.margins import FILLS, MARGIN, Guarding

PLACES = st.integers(-MARGIN, MARGIN - 1)


@kernel(writes=("out",))
def write_at(out: Flat, place: Scalar, number: Scalar) -> None:
    out[int(place)] = number


@given(place=PLACES, number=st.floats(), size=st.integers(1, 5))
def test_one_number_beside_an_operand_is_found_whatever_it_is(place, number, size):
    index = place + size if place >= 0 else place - size  # to which Python's way adds the size
    operands = np.zeros(size), float(index), number
    with pytest.raises(AssertionError, match=f"write_at.* writes beyond an operand of {size}"):
        for fill in FILLS:
            Guarding(fill).launched(write_at, operands)
