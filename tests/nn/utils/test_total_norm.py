"""How long are several tensors together, as if they were one vector?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.nn.utils import get_total_norm

pieces = st.lists(
    st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=6), min_size=1, max_size=4
)


@given(pieces, st.sampled_from([1, 2, 2.5, 4, np.inf, -np.inf]))
def test_it_is_the_norm_of_all_elements(pieces, order):
    tensors = [minigrad.tensor(each, dtype=minigrad.float64) for each in pieces]
    expected = np.linalg.norm(np.concatenate(pieces), order)
    assert get_total_norm(tensors, order).item() == pytest.approx(expected, rel=1e-12)


def test_its_order_0_counts_the_tensors_that_are_not_0(torch):
    tensors = [torch.tensor([1.0, 2.0]), torch.zeros(3), torch.ones(1)]
    assert torch.nn.utils.get_total_norm(tensors, 0).item() == 2.0


def test_its_dtype_is_the_widest(torch):
    one, other = torch.ones(2), torch.ones(2, dtype=torch.float64)
    assert torch.nn.utils.get_total_norm([one]).dtype == torch.float32
    assert torch.nn.utils.get_total_norm([one, other]).dtype == torch.float64
    assert torch.nn.utils.get_total_norm([]).dtype == torch.float32


def test_squares_beyond_float32_do_not_make_it_infinite():
    assert get_total_norm(minigrad.tensor([3e30, -4e30])).item() == pytest.approx(5e30)
    assert get_total_norm(minigrad.tensor([3e-30, 4e-30])).item() == pytest.approx(5e-30)


def test_integers_have_none(torch, failure):
    assert failure(torch.nn.utils.get_total_norm, torch.tensor([3])) == (
        "RuntimeError: linalg.vector_norm: Expected a floating point or complex tensor as input. "
        "Got Long"
    )


def test_none_has_none(torch):
    with pytest.raises(RuntimeError, match=r"None|defined"):
        torch.nn.utils.get_total_norm([torch.ones(2), None])
