"""What the output of a layer says it was made by, before backward and after, for any shape."""

import pytest

from minigrad.fused import kernels_enabled

pytestmark = pytest.mark.skipif(
    not kernels_enabled(), reason="definitions have names of their own"
)


@pytest.mark.parametrize(
    ("shape", "bias", "name"),
    [
        ((5, 3), True, "AddmmBackward0"),
        ((5, 3), False, "MmBackward0"),
        ((3,), True, "ViewBackward0"),
        ((3,), False, "SqueezeBackward4"),
        ((2, 5, 3), True, "ViewBackward0"),
        ((2, 5, 3), False, "UnsafeViewBackward0"),
    ],
)
def test_a_linear_layer(torch, shape, bias, name):
    layer = torch.nn.Linear(3, 4, bias=bias)
    output = layer(torch.ones(shape))
    assert f"grad_fn=<{name}>" in repr(output)
    output.sum().backward()
    assert f"grad_fn=<{name}>" in repr(output)


@pytest.mark.parametrize(
    ("shape", "name"),
    [((3,), "DotBackward0"), ((5, 3), "MvBackward0"), ((2, 5, 3), "UnsafeViewBackward0")],
)
def test_a_linear_map_to_one_number_is_no_view(torch, shape, name):
    weight = torch.ones(3, requires_grad=True)
    output = torch.nn.functional.linear(torch.ones(shape), weight)
    assert output.grad_fn.name() == name and output._base is None
    output.mul_(2).sum().backward()
    assert set(weight.grad.tolist()) == {2.0 * output.numel()}


def test_a_linear_layer_with_a_frozen_bias(torch):
    layer = torch.nn.Linear(3, 4)
    layer.bias.requires_grad_(False)
    assert layer(torch.ones(2, 3)).grad_fn.name() == "AddmmBackward0"


@pytest.mark.parametrize(
    ("shape", "name"),
    [((5, 3), "AddmmBackward0"), ((3,), "ViewBackward0"), ((2, 5, 3), "ViewBackward0")],
)
def test_a_linear_map_with_one_bias_for_all_outputs(torch, shape, name):
    bias = torch.tensor([0.5], requires_grad=True)
    output = torch.nn.functional.linear(torch.ones(shape), torch.ones(2, 3), bias)
    assert output.grad_fn.name() == name
    assert set(output.flatten().tolist()) == {3.5}
    output.sum().backward()
    assert bias.grad.tolist() == [output.numel()]


@pytest.mark.parametrize("shape", [(3, 2), (3, 2, 4), (3, 2, 1)])
@pytest.mark.parametrize("training", [True, False])
def test_batch_norm(torch, shape, training):
    output = torch.nn.BatchNorm1d(2).train(training)(torch.ones(shape))
    assert output.grad_fn.name() == "NativeBatchNormBackward0" and output.is_contiguous()


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ((3,), "NllLossBackward0"),
        ((2, 3), "NllLossBackward0"),
        ((2, 3, 4), "ViewBackward0"),
        ((2, 3, 4, 5), "NllLoss2DBackward0"),
    ],
)
def test_losses_of_classes_that_are_not_reduced(torch, shape, name):
    scores = torch.zeros(shape, requires_grad=True)
    targets = torch.zeros(shape[:1] * (len(shape) > 1) + shape[2:], dtype=torch.int64)
    for loss in (torch.nn.functional.cross_entropy, torch.nn.functional.nll_loss):
        assert loss(scores, targets, reduction="none").grad_fn.name() == name
    functional = torch.nn.functional
    smoothed = functional.cross_entropy(scores, targets, reduction="none", label_smoothing=0.1)
    assert smoothed.grad_fn.name() == "AddBackward0"
    probabilities = functional.cross_entropy(scores, scores.detach(), reduction="none")
    assert probabilities.grad_fn.name() == "NegBackward0"


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ((3,), "NllLossBackward0"),
        ((2, 3), "NllLossBackward0"),
        ((2, 3, 4), "NllLoss2DBackward0"),
        ((2, 3, 4, 5), "NllLoss2DBackward0"),
        ((2, 3, 4, 5, 6), "NllLoss2DBackward0"),
    ],
)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_losses_of_classes_in_one_number(torch, shape, name, reduction):
    scores = torch.zeros(shape, requires_grad=True)
    targets = torch.zeros(shape[:1] * (len(shape) > 1) + shape[2:], dtype=torch.int64)
    for loss in (torch.nn.functional.cross_entropy, torch.nn.functional.nll_loss):
        assert loss(scores, targets, reduction=reduction).grad_fn.name() == name


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("reduction", "name"), [("mean", "DivBackward1"), ("sum", "NegBackward0")]
)
def test_a_loss_of_probabilities_of_one_row_or_with_weights(torch, weighted, reduction, name):
    scores = torch.zeros(1, 3, requires_grad=True)
    weight = torch.ones(3, requires_grad=True) if weighted else None
    cross_entropy = torch.nn.functional.cross_entropy
    loss = cross_entropy(scores, torch.ones(1, 3), weight, reduction=reduction)
    assert loss.grad_fn.name() == name
