"""One number along a diagonal, in place: PyTorch's places, histories and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from .agreement import check, operands

SHAPES = npst.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=5)
CUBES = st.sampled_from([(2, 2, 2), (3, 3, 3), (2, 3, 2), (1, 1, 1, 1)])
VALUES = st.sampled_from([0, 5, -1.5, True, float("nan")])


@given(x=operands(SHAPES | CUBES, dtypes=[np.float64]), value=VALUES, wrap=st.booleans())
def test_the_diagonal_is_filled(x, value, wrap):
    check(lambda torch, x: (x * 2).fill_diagonal_(value, wrap), x)
    check(lambda torch, x: x.detach().clone().t_().fill_diagonal_(value, wrap=wrap), x)


@given(x=operands((3, 2)), value=st.sampled_from([2, 0.5, True]))
def test_every_dtype(x, value):
    check(lambda torch, x: x.detach().clone().fill_diagonal_(value), x)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x[0].fill_diagonal_(1), "dimensions must larger than 1"),
        (lambda x: x[None].fill_diagonal_(1), "all dimensions of input must be of equal length"),
        (lambda x: x.fill_diagonal_("a"), "argument 'fill_value' (position 1) must be Number"),
        (lambda x: x.fill_diagonal_(1, wrap=1), "argument 'wrap'"),
    ],
)  # fmt: skip
def test_what_has_no_diagonal_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch.ones(2, 3))
