"""What is no probability is refused, and so are targets of another size."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.losses.probabilities import OUTSIDE, check_probabilities
from minigrad.ops import binary_cross_entropy


@pytest.mark.parametrize("bad", [-1e-30, 1.0000001, math.nan, math.inf, -math.inf])
def test_the_first_that_is_outside_is_named(bad):
    good, outside = np.array([0.0, 1.0, -0.0, 0.5]), np.array([0.5, bad])
    check_probabilities(good, good)
    for p, target, status in ((outside, good, 1), (good, outside, 2), (outside, outside, 1)):
        with pytest.raises(RuntimeError, match=str(OUTSIDE[status])):
            check_probabilities(p, target)


def test_a_target_of_another_size():
    with pytest.raises(ValueError, match=r"Size\(\[2\]\)\) that is different .*Size\(\[2, 1\]\)"):
        binary_cross_entropy(torch.ones(2, 1), torch.ones(2))
