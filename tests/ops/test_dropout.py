"""Dropout: what is dropped."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.dropout import definition, dropout

either = pytest.mark.parametrize("function", [dropout, definition])


@either
def test_what_is_dropped_is_multiplied_by_0(function):
    x = torch.tensor([-1.0, math.inf, math.nan, 3.0])
    out = function(x, torch.tensor([0.0, 0.0, 0.0, 1.0]), 0.5).array
    np.testing.assert_array_equal(out, [-0.0, math.nan, math.nan, 6.0])
    assert np.signbit(out[0])
