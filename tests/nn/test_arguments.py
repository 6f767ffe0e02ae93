"""Which arguments do the functions of `functional` refuse, and in which words?"""

import pytest

EXPANDED = (
    "RuntimeError: The expanded size of the tensor (3) must match the existing size (4) at "
    "non-singleton dimension 1.  Target sizes: [2, 3].  Tensor sizes: [4]"
)
DTYPES = "RuntimeError: self and mat2 must have the same dtype, but got Double and Float"


@pytest.mark.parametrize("shape", [(2, 2), (1, 2, 2)])
def test_a_bias_of_the_wrong_size_or_dtype(torch, failure, shape):
    linear, x, weight = torch.nn.functional.linear, torch.zeros(*shape), torch.zeros(3, 2)
    assert failure(linear, x, weight, torch.zeros(4)) == EXPANDED
    assert failure(linear, x, weight, torch.zeros(3, dtype=torch.float64)) == DTYPES
    assert failure(linear, x, weight, [1.0]) == (
        "TypeError: linear(): argument 'bias' (position 3) must be Tensor, not list"
    )
    assert failure(linear, x, [1.0]) == (
        "TypeError: linear(): argument 'weight' (position 2) must be Tensor, not list"
    )


@pytest.mark.parametrize("shape", [(1,), (), (2, 3)])
def test_a_bias_that_broadcasts_is_added(torch, shape):
    bias = torch.ones(shape)
    out = torch.nn.functional.linear(torch.zeros(2, 2), torch.zeros(3, 2), bias)
    assert out.tolist() == [[1.0] * 3] * 2


@pytest.mark.parametrize("wrong", ["x", None])
def test_alpha_is_a_number(torch, failure, wrong):
    assert failure(torch.nn.functional.elu, torch.zeros(1), wrong) == (
        "TypeError: elu(): argument 'alpha' (position 2) must be Number, "
        f"not {type(wrong).__name__}"
    )
    assert torch.nn.functional.elu(torch.tensor([-1000.0]), 2).tolist() == [-2.0]


def test_a_weight_of_the_cross_entropy_has_no_gradient(torch, failure):
    loss, ones = torch.nn.functional.binary_cross_entropy, torch.ones(2)
    assert failure(loss, ones, ones, weight=torch.ones(2, requires_grad=True)) == (
        "RuntimeError: The function 'binary_cross_entropy' is not differentiable with respect to "
        "argument 'weight'. This input cannot have requires_grad True."
    )


def test_a_weight_of_the_cross_entropy_may_have_another_dtype(torch):
    half = torch.full((2,), 0.5)
    weight = torch.tensor([1.0, 3.0], dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy(half, torch.ones(2), weight=weight)
    assert loss.dtype == torch.float32
    assert loss.item() == pytest.approx(1.3862944, rel=1e-6)
