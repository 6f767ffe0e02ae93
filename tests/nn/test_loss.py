"""The losses as modules."""

import math

import numpy as np
import pytest

from minigrad.fused import kernels_enabled


def test_printed_forms(torch, printed):
    assert printed(torch.nn.BCELoss(reduction="sum")) == "BCELoss()"
    assert printed(torch.nn.MSELoss()) == "MSELoss()"


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [("none", [1.0, 9.0]), ("mean", 5.0), ("sum", 10.0)],
)
def test_mean_squared_error(torch, reduction, expected):
    loss = torch.nn.MSELoss(reduction=reduction)
    assert loss(torch.tensor([1.0, 2.0]), torch.tensor([2.0, -1.0])).tolist() == expected


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [
        ("none", [math.log(4), 3 * math.log(4 / 3)]),
        ("mean", math.log(4) / 2 + 3 * math.log(4 / 3) / 2),
        ("sum", math.log(4) + 3 * math.log(4 / 3)),
    ],
)
def test_weighted_binary_cross_entropy(torch, reduction, expected):
    weight = torch.tensor([1.0, 3.0], dtype=torch.float64)
    loss = torch.nn.BCELoss(weight=weight, reduction=reduction)
    probabilities = torch.tensor([0.25, 0.25], dtype=torch.float64)
    target = torch.tensor([1.0, 0.0], dtype=torch.float64)
    assert loss(probabilities, target).tolist() == pytest.approx(expected, rel=1e-14)
    assert [name for name, _ in loss.named_buffers()] == ["weight"]


def test_a_weight_is_a_tensor(torch, failure):
    assert failure(torch.nn.BCELoss, weight=[1.0, 2.0]) == (
        "TypeError: cannot assign 'list' object to buffer 'weight' "
        "(minigrad Tensor or None required)"
    )


@pytest.mark.parametrize("name", ["BCELoss", "MSELoss"])
def test_a_reduction_is_looked_at_when_it_is_needed(torch, failure, name):
    loss = getattr(torch.nn, name)(reduction="average")
    expected = "ValueError: average is not a valid value for reduction"
    assert failure(loss, torch.ones(2), torch.ones(2)) == expected


@pytest.mark.parametrize("name", ["BCELoss", "BCEWithLogitsLoss", "MSELoss", "HuberLoss"])
def test_a_target_is_a_tensor(torch, name):
    """NumPy's arrays have a size as well, which is no method."""
    loss = getattr(torch.nn, name)()
    with pytest.raises(TypeError):
        loss(torch.ones(2), np.ones(2))
    with pytest.raises(AttributeError, match="'list' object has no attribute 'size'"):
        loss(torch.ones(2), [1.0, 1.0])


def test_a_weight_of_a_call_is_a_tensor(torch, failure):
    functional = torch.nn.functional
    for loss in (functional.binary_cross_entropy, functional.mse_loss, functional.huber_loss):
        text = failure(loss, torch.ones(2), torch.ones(2), weight=[1.0, 2.0])
        assert text == "AttributeError: 'list' object has no attribute 'size'"


@pytest.mark.skipif(not kernels_enabled(), reason="definitions have names of their own")
@pytest.mark.parametrize(
    ("reduction", "name"),
    [("mean", "MeanBackward0"), ("sum", "SumBackward0"), ("none", "AbsBackward0")],
)
def test_what_is_printed_of_absolute_differences(torch, reduction, name):
    x = torch.ones(2, requires_grad=True)
    loss = torch.nn.L1Loss(reduction=reduction)(x, torch.zeros(2))
    assert f"grad_fn=<{name}>" in repr(loss)
