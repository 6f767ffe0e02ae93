"""Which arguments do the functions of `functional` refuse, and in which words?"""

import pytest


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
