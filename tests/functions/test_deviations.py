"""Variances and standard deviations: PyTorch's corrections, warnings and gradients."""

import warnings

import pytest
from hypothesis import assume, given, strategies as st

from .agreement import check, operands
from .dimensions import DIM, DIMS, both_ways


@pytest.mark.parametrize("name", ["var", "std"])
@given(x=operands(), dim=DIMS, correction=st.sampled_from([0, 1, 2, -1, 0.5, 3, True, None]))
def test_corrections(name, x, dim, correction):
    assume(dim != ())
    both_ways(name, x, dim=dim, correction=correction)


@pytest.mark.parametrize("name", ["var", "std"])
@given(x=operands(), dim=DIM, unbiased=st.booleans())
def test_unbiased(name, x, dim, unbiased):
    check(lambda torch, x: getattr(torch, name)(x, unbiased), x)
    check(lambda torch, x: getattr(x, name)(dim, unbiased), x)
    check(lambda torch, x: getattr(torch, name)(x, dim, unbiased=unbiased, keepdim=True), x)
    check(lambda torch, x: getattr(torch, name)(x, None, unbiased, True), x)
    check(lambda torch, x: getattr(torch, name)(x, unbiased=unbiased, keepdim=True), x)


@pytest.mark.parametrize("name", ["var", "std"])
def test_unbiased_alone_is_no_dimension_and_goes_by_position(torch, name):
    x = torch.tensor([[1.0, 3.0]])
    call = getattr(x, name)
    assert call(True) == call(unbiased=True) == call(None, True) == call(correction=1)
    for wrong in (
        lambda: call(dim=True),
        lambda: call(True, dim=0),
        lambda: call(True, unbiased=True),
        lambda: call(True, keepdim=True),
        lambda: call(unbiased=True, keepdim=False),
        lambda: call(1, dim=1),
        lambda: call(1, True, False, 0),
        lambda: call(1, None),
        lambda: call(1, 1),
        lambda: call(1, True, correction=None),
    ):
        with pytest.raises(TypeError):
            wrong()


def test_no_result_is_warned_of_as_no_element_is(torch):
    with pytest.warns(UserWarning, match="degrees of freedom is <= 0."):
        assert torch.ones(5, 0).var(0).shape == (0,)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        torch.ones(5, 0).var(0, correction=-1)


@pytest.mark.parametrize("name", ["var", "std"])
def test_one_element_has_no_deviation(torch, name):
    with pytest.warns(UserWarning, match=rf"{name}\(\): degrees of freedom is <= 0. Correction"):
        assert getattr(torch.ones(1), name)().isnan()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert getattr(torch.ones(1), name)(correction=0).item() == 0.0


def test_numbers_beyond_the_dtype_are_nothing_to_warn_of(torch):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert torch.tensor([1e30, -1e30]).var().item() == torch.inf
        x = torch.tensor([1.0], requires_grad=True)
        slopes = torch.tensor([torch.inf, -torch.inf])
        x[[0, 0]].backward(slopes)
        index = torch.tensor([0, 0])
        assert x.grad.isnan().all() and torch.zeros(1).scatter_add(0, index, slopes).isnan().all()
