"""Broadcasting is NumPy's rule, and summing to a shape is its transpose."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad as torch
from minigrad.broadcast import broadcast_shape, sum_to_shape


@given(npst.mutually_broadcastable_shapes(num_shapes=2, min_side=0))
def test_shapes_that_fit(drawn):
    a, b = drawn.input_shapes
    assert broadcast_shape(a, b) == broadcast_shape(b, a) == np.broadcast_shapes(a, b)


@given(st.lists(st.lists(st.integers(0, 3), max_size=3).map(tuple), min_size=2, max_size=2))
def test_shapes_that_may_not_fit(shapes):
    try:
        expected = np.broadcast_shapes(*shapes)
    except ValueError:
        with pytest.raises(RuntimeError, match=r"The size of tensor a \(\d\) must match the size"):
            broadcast_shape(*shapes)
    else:
        assert broadcast_shape(*shapes) == expected


def test_the_message_names_sizes_and_dimension():
    expected = (
        r"The size of tensor a \(3\) must match the size of tensor b \(4\) at non-singleton "
        "dimension 1"
    )
    with pytest.raises(RuntimeError, match=expected):
        torch.ones(2, 3) + torch.ones(2, 4)


@st.composite
def stretched(draw):
    """A shape, and one that it broadcasts to."""
    result = draw(npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
    kept = result[draw(st.integers(0, len(result))) :]
    return tuple(draw(st.sampled_from([1, size])) for size in kept), result


@given(stretched(), st.integers(0, 2**32))
def test_summing_is_the_transpose(drawn, seed):
    """<broadcast(u), v> = <u, sum_to_shape(v)>"""
    shape, result = drawn
    draw = np.random.default_rng(seed)
    u, v = draw.standard_normal(shape), draw.standard_normal(result)
    summed = sum_to_shape(torch.tensor(v), shape)
    assert summed.shape == shape
    np.testing.assert_allclose(
        (np.broadcast_to(u, result) * v).sum(), (u * summed.array).sum(), atol=1e-9
    )
