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


@pytest.mark.parametrize(
    "call, text",
    [
        (lambda f, x: f.layer_norm(x, None), "layer_norm(): argument 'normalized_shape' "
                                             "(position 2) must be tuple of ints, not NoneType"),
        (lambda f, x: f.layer_norm(x, ["a"]), "layer_norm(): argument 'normalized_shape' "
                                              "(position 2) must be tuple of ints, but found"),
        (lambda f, x: f.layer_norm(x, (2**70,)), "layer_norm(): argument 'normalized_shape' "
                                                 "failed to unpack the object at pos 1 with"),
        (lambda f, x: f.batch_norm(x, x, x, training=None), "batch_norm(): argument 'training' "
                                                            "(position 6) must be bool, not None"),
        (lambda f, x: f.dropout(x, training=1), "dropout(): argument 'train' (position 3) must be "
                                                "bool, not int"),
        (lambda f, x: f.relu_("x"), "relu_(): argument 'input' (position 1) must be Tensor, not"),
        (lambda f, x: f.relu("x", inplace=True), "relu_(): argument 'input' (position 1) must be"),
        (lambda f, x: f.elu_(None), "elu_(): argument 'input' (position 1) must be Tensor, not"),
        (lambda f, x: f.selu_(None), "selu_(): argument 'input' (position 1) must be Tensor, not"),
        (lambda f, x: f.leaky_relu_(1), "leaky_relu_(): argument 'input' (position 1) must be Te"),
        (lambda f, x: f.silu(1, inplace=True), "silu_(): argument 'input' (position 1) must be"),
    ],
)  # fmt: skip
def test_arguments_of_a_wrong_type(torch, failure, call, text):
    assert failure(call, torch.nn.functional, torch.ones(2, 2)).startswith(f"TypeError: {text}")


@pytest.mark.parametrize("wrong", [None, 1.0, [1.0, 2.0]])
def test_what_has_no_norm_is_not_normalized(torch, wrong):
    with pytest.raises(AttributeError, match="object has no attribute 'norm'"):
        torch.nn.functional.normalize(wrong)
