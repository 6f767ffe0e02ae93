"""The losses of probabilities and classes as modules: each is its function, called as it says."""

import pytest

from minigrad.fused import kernels_enabled

SCORES = [[2.0, 1.0, 0.0], [0.0, 0.5, -1.0], [3.0, 0.0, 0.0]]
WEIGHT = [1.0, 2.0, 0.5]


def test_printed_forms_and_state(torch, printed):
    nn, weight = torch.nn, torch.tensor(WEIGHT)
    modules = [
        nn.BCELoss(weight), nn.BCEWithLogitsLoss(weight, pos_weight=weight), nn.NLLLoss(weight),
        nn.CrossEntropyLoss(weight, label_smoothing=0.5),
    ]  # fmt: skip
    assert [printed(each) for each in modules] == [
        "BCELoss()", "BCEWithLogitsLoss()", "NLLLoss()", "CrossEntropyLoss()",
    ]  # fmt: skip
    assert [list(each.state_dict()) for each in modules] == [
        ["weight"], ["weight", "pos_weight"], ["weight"], ["weight"],
    ]  # fmt: skip
    assert all(not list(each.parameters()) for each in modules)
    assert modules[1].double().pos_weight.dtype == torch.float64


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("name", ["NLLLoss", "CrossEntropyLoss"])
def test_losses_of_classes(torch, name, reduction):
    x, target, weight = torch.tensor(SCORES), torch.tensor([0, 2, 1]), torch.tensor(WEIGHT)
    function = {"NLLLoss": "nll_loss", "CrossEntropyLoss": "cross_entropy"}[name]
    arguments = {"ignore_index": 2, "reduction": reduction}
    if name == "CrossEntropyLoss":
        arguments["label_smoothing"] = 0.25
    loss = getattr(torch.nn, name)(weight, **arguments)
    expected = getattr(torch.nn.functional, function)(x, target, weight, **arguments)
    assert loss(x, target).tolist() == expected.tolist()
    assert loss.ignore_index == 2 and loss.reduction == reduction


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_the_loss_of_logits(torch, reduction):
    x, target, weight = torch.tensor(SCORES), torch.full((3, 3), 0.25), torch.tensor(WEIGHT)
    loss = torch.nn.BCEWithLogitsLoss(weight, reduction=reduction, pos_weight=weight * 2)
    expected = torch.nn.functional.binary_cross_entropy_with_logits(
        x, target, weight, pos_weight=weight * 2, reduction=reduction
    )
    assert loss(x, target).tolist() == expected.tolist()


@pytest.mark.parametrize("name", ["BCELoss", "BCEWithLogitsLoss"])
def test_a_target_that_is_no_tensor(torch, failure, name):
    assert failure(getattr(torch.nn, name)(), torch.ones(1), None) == (
        "AttributeError: 'NoneType' object has no attribute 'size'"
    )


@pytest.mark.parametrize("name", ["BCELoss", "BCEWithLogitsLoss", "NLLLoss", "CrossEntropyLoss"])
def test_arguments_of_pytorchs_past_choose_the_reduction(torch, name):
    with pytest.warns(UserWarning, match="please use reduction='sum' instead"):
        assert getattr(torch.nn, name)(size_average=False).reduction == "sum"
    with pytest.warns(UserWarning, match="please use reduction='none' instead"):
        assert getattr(torch.nn, name)(reduce=False).reduction == "none"


@pytest.mark.skipif(not kernels_enabled(), reason="definitions have names of their own")
@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "NllLossBackward0"),
        ({"reduction": "sum"}, "NllLossBackward0"),
        ({"reduction": "none", "weight": WEIGHT}, "NllLossBackward0"),
        ({"label_smoothing": 0.1}, "AddBackward0"),
    ],
)
def test_what_is_printed_of_a_loss_of_classes(torch, options, name):
    """As tutorials show it: `tensor(1.0986, grad_fn=<NllLossBackward0>)`."""
    options = {key: torch.tensor(v) if key == "weight" else v for key, v in options.items()}
    x = torch.zeros(2, 3, requires_grad=True)
    loss = torch.nn.CrossEntropyLoss(**options)(x, torch.tensor([0, 1]))
    assert f"grad_fn=<{name}>" in repr(loss)
    loss.sum().backward()
    assert f"grad_fn=<{name}>" in repr(loss)


@pytest.mark.skipif(not kernels_enabled(), reason="definitions have names of their own")
@pytest.mark.parametrize(
    ("reduction", "name"),
    [("mean", "DivBackward1"), ("sum", "NegBackward0"), ("none", "NegBackward0")],
)
def test_what_is_printed_of_a_loss_of_probabilities(torch, reduction, name):
    x = torch.zeros(2, 4, requires_grad=True)
    loss = torch.nn.CrossEntropyLoss(reduction=reduction)(x, torch.full((2, 4), 0.25))
    assert f"grad_fn=<{name}>" in repr(loss)
