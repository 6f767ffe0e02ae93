"""The operations of `ops` under the names and arguments that PyTorch's functional has."""

import math
import warnings

import pytest


def ints(torch, *values):
    return torch.tensor(values, dtype=torch.int64)


RANGE = "RuntimeError: all elements of input should be between 0 and 1"
BCE_ERRORS = [
    (lambda torch: (torch.ones(2), torch.ones(2, 1)), "ValueError: Using a target size "
     "(minigrad.Size([2, 1])) that is different to the input size (minigrad.Size([2])) is "
     "deprecated. Please ensure they have the same size."),
    (lambda torch: (torch.full((2,), 1.5), torch.ones(2)), RANGE),
    (lambda torch: (torch.full((2,), -0.5), torch.ones(2)), RANGE),
    (lambda torch: (torch.full((2,), math.nan), torch.ones(2)), RANGE),
    (lambda torch: (torch.ones(2), torch.full((2,), 3.0)),
     "RuntimeError: all elements of target should be between 0 and 1"),
    (lambda torch: (torch.ones(2), ints(torch, 1, 0)),
     "RuntimeError: Found dtype Long but expected Float"),
    (lambda torch: (torch.ones(2), torch.ones(2, dtype=torch.float64)),
     "RuntimeError: Found dtype Double but expected Float"),
    (lambda torch: (ints(torch, 1, 0), torch.ones(2)),
     "RuntimeError: Found dtype Float but expected Long"),
    (lambda torch: (ints(torch, 1, 0), ints(torch, 1, 0)),
     "NotImplementedError: \"binary_cross_entropy\" not implemented for 'Long'"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), BCE_ERRORS)
def test_what_binary_cross_entropy_refuses(torch, failure, arguments, message):
    assert failure(torch.nn.functional.binary_cross_entropy, *arguments(torch)) == message


@pytest.mark.parametrize("name", ["binary_cross_entropy", "mse_loss"])
@pytest.mark.parametrize("reduction", ["x", None])
def test_a_reduction_has_one_of_three_names(torch, failure, name, reduction):
    loss = getattr(torch.nn.functional, name)
    expected = f"ValueError: {reduction} is not a valid value for reduction"
    assert failure(loss, torch.ones(2), torch.ones(2), reduction=reduction) == expected


@pytest.mark.parametrize("name", ["binary_cross_entropy", "mse_loss"])
def test_the_mean_of_nothing_is_nan_its_sum_zero(torch, name):
    loss = getattr(torch.nn.functional, name)
    assert math.isnan(loss(torch.zeros(0), torch.zeros(0)).item())
    assert loss(torch.zeros(0), torch.zeros(0), reduction="sum").item() == 0.0


def test_a_weight_of_the_cross_entropy_is_broadcast(torch):
    loss = torch.nn.functional.binary_cross_entropy(
        torch.full((2, 2), 0.5, dtype=torch.float64),
        torch.ones(2, 2, dtype=torch.float64),
        weight=torch.tensor([1.0, 3.0], dtype=torch.float64),
        reduction="none",
    )
    row = pytest.approx([math.log(2), 3 * math.log(2)], rel=1e-15)
    assert loss.tolist() == [row, row]


def test_probabilities_of_0_and_1_have_finite_loss_and_gradient(torch):
    x = torch.tensor([0.0, 1.0, 1.0], requires_grad=True)
    y = torch.tensor([1.0, 0.0, 1.0])
    loss = torch.nn.functional.binary_cross_entropy(x, y, reduction="sum")
    loss.backward()
    assert loss.item() == 200.0
    assert x.grad.tolist() == pytest.approx([-1e12, 1e12, 0.0], rel=1e-6)


BROADCAST = (
    "Using a target size (minigrad.Size([2])) that is different to the input size "
    "(minigrad.Size([2, 1])). This will likely lead to incorrect results due to broadcasting. "
    "Please ensure they have the same size."
)


def test_the_squared_error_warns_when_it_broadcasts(torch):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        x, y = torch.tensor([[1.0], [2.0]]), torch.tensor([1.0, 2.0])
        loss = torch.nn.functional.mse_loss(x, y)
    assert loss.item() == 0.5
    assert [str(each.message).replace("torch.", "minigrad.") for each in caught] == [BROADCAST]
    assert caught[0].category is UserWarning and caught[0].filename == __file__


@pytest.mark.filterwarnings("ignore:Using a target size:UserWarning")
def test_what_the_squared_error_refuses(torch, failure):
    mse_loss = torch.nn.functional.mse_loss
    assert failure(mse_loss, torch.ones(2), torch.ones(3)) == (
        "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at "
        "non-singleton dimension 0"
    )
    assert failure(mse_loss, ints(torch, 1), ints(torch, 2)) == (
        "NotImplementedError: \"mse_cpu\" not implemented for 'Long'"
    )
    assert failure(mse_loss, torch.ones(2), torch.ones(2), weight=torch.ones(3)) == (
        "ValueError: Weights and input must have the same size."
    )
    assert (
        failure(mse_loss, torch.ones(2), torch.ones(2), weight=torch.ones(2), reduction="x")
        == "ValueError: Invalid reduction mode: x. Expected one of 'none', 'mean', 'sum'."
    )


@pytest.mark.parametrize(
    ("reduction", "expected"), [("none", [0.25, 0.75]), ("mean", 0.25), ("sum", 1.0)]
)
def test_a_weighted_squared_error_is_divided_by_the_weights(torch, reduction, expected):
    loss = torch.nn.functional.mse_loss(
        torch.full((2,), 0.5), torch.ones(2), weight=torch.tensor([1.0, 3.0]), reduction=reduction
    )
    assert loss.tolist() == expected


def test_the_squared_error_promotes_its_operands(torch):
    mse_loss = torch.nn.functional.mse_loss
    assert mse_loss(torch.ones(2), torch.ones(2, dtype=torch.float64)).dtype == torch.float64
    assert mse_loss(torch.full((2,), 0.5), ints(torch, 1, 2)).item() == 1.25


ACTIVATION_ERRORS = [
    ("relu", lambda torch: torch.ones(2, dtype=torch.bool),
     "RuntimeError: Boolean inputs not supported for relu"),
    ("relu", lambda torch: [1.0],
     "TypeError: relu(): argument 'input' (position 1) must be Tensor, not list"),
    ("elu", lambda torch: ints(torch, 1),
     "NotImplementedError: \"elu_cpu\" not implemented for 'Long'"),
    ("elu", lambda torch: torch.ones(2, dtype=torch.bool),
     "NotImplementedError: \"elu_cpu\" not implemented for 'Bool'"),
    ("elu", lambda torch: [1.0],
     "TypeError: elu(): argument 'input' (position 1) must be Tensor, not list"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wrong", "message"), ACTIVATION_ERRORS)
def test_what_activations_refuse(torch, failure, name, wrong, message):
    assert failure(getattr(torch.nn.functional, name), wrong(torch)) == message


def test_integers_through_activations(torch):
    functional = torch.nn.functional
    assert functional.relu(ints(torch, -1, 2)).tolist() == [0, 2]
    assert functional.relu(ints(torch, -1, 2)).dtype == torch.int64
    assert functional.sigmoid(ints(torch, 0)).tolist() == [0.5]


@pytest.mark.parametrize("name", ["relu", "elu"])
def test_a_leaf_is_not_overwritten(torch, failure, name):
    x = torch.ones(2, requires_grad=True)
    assert failure(getattr(torch.nn.functional, name), x, inplace=True) == (
        "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation."
    )


def test_a_negative_alpha_in_place_has_no_backward(torch, failure):
    elu = torch.nn.functional.elu
    x = torch.tensor([-1.0, 1.0], requires_grad=True)
    elu(x * 2, alpha=-1.0).sum().backward()
    out = elu(x * 2, alpha=-1.0, inplace=True)
    assert out[1].item() == 2.0
    assert failure(out.sum().backward) == (
        "RuntimeError: In-place elu backward calculation is triggered with a negative slope which "
        "is not supported. This is caused by calling in-place forward function with a negative "
        "slope, please call out-of-place version instead."
    )


def test_further_dimensions_of_a_batch_are_one(torch):
    x = torch.arange(24.0).reshape(2, 3, 2, 2)
    out = torch.nn.functional.batch_norm(x, None, None, training=True)
    flat = torch.nn.functional.batch_norm(x.reshape(2, 3, 4), None, None, training=True)
    assert out.shape == (2, 3, 2, 2)
    assert out.reshape(2, 3, 4).tolist() == flat.tolist()
