"""Do gradients go through steps of optimisers that are differentiable, as PyTorch's do?"""

from __future__ import annotations

import numpy as np
import pytest

import minigrad
from minigrad import optim
from minigrad.testing import gradcheck

RULES = {
    "SGD": ("SGD", {}),
    "SGD, decay, negated": ("SGD", {"weight_decay": 0.1, "maximize": True}),
    "SGD, momentum": ("SGD", {"momentum": 0.9, "dampening": 0.3}),
    "SGD, Nesterov": ("SGD", {"momentum": 0.9, "nesterov": True, "weight_decay": 0.2}),
    "Adam": ("Adam", {}),
    "AdamW": ("AdamW", {"weight_decay": 0.1, "maximize": True}),
    "RMSprop": ("RMSprop", {}),
    "RMSprop, momentum": ("RMSprop", {"momentum": 0.9, "weight_decay": 0.1}),
    "Adagrad": ("Adagrad", {}),
    "Adagrad, decay": ("Adagrad", {"lr_decay": 0.1, "weight_decay": 0.1}),
}
# PyTorch changes in place what a second step through these looks at, and refuses the gradient.
REFUSED_BY_PYTORCH = {
    "Adam, amsgrad": ("Adam", {"weight_decay": 0.1, "amsgrad": True}),
    "RMSprop, centred": ("RMSprop", {"centered": True}),
}
ALL = {**RULES, **REFUSED_BY_PYTORCH}
CUT_OFF = {"SGD, momentum", "SGD, Nesterov"}


def through_steps(torch, name, settings):
    """Parameters after three steps, and their gradient by where they began and by the slopes."""
    begin = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64, requires_grad=True)
    slopes = [
        torch.tensor([0.3 * k, 0.2, -0.1 - k], dtype=torch.float64, requires_grad=True)
        for k in (1, 2, 3)
    ]
    param = begin.clone()
    optimizer = getattr(torch.optim, name)([param], lr=0.1, differentiable=True, **settings)
    for slope in slopes:
        param.grad = slope * (1 + begin**2)
        optimizer.step()
    weights = torch.tensor([1.0, 2.0, -3.0], dtype=torch.float64)
    found = torch.autograd.grad((param * weights).sum(), [begin, *slopes], allow_unused=True)
    state = optimizer.state_dict()["state"]
    values = [each for _, each in sorted(state.get(0, {}).items()) if torch.is_tensor(each)]
    return [None if each is None else each.detach().numpy() for each in (param, *found, *values)]


@pytest.mark.parametrize("rule", RULES)
def test_gradients_go_through_steps_as_in_pytorch(rule):
    torch = pytest.importorskip("torch")
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)  # in which it counts steps, and corrects by the count
    try:
        expected = through_steps(torch, *RULES[rule])
    finally:
        torch.set_default_dtype(usual)
    for mine, theirs in zip(through_steps(minigrad, *RULES[rule]), expected, strict=True):
        assert (mine is None) == (theirs is None)
        if theirs is not None:
            np.testing.assert_allclose(mine, theirs, rtol=1e-10)


# The first velocity has no history, as in PyTorch; a difference would see one.
@pytest.mark.parametrize(
    "rule", [*(each for each in RULES if each not in CUT_OFF), *REFUSED_BY_PYTORCH]
)
def test_gradients_through_steps_are_those_of_differences(rule):
    name, settings = ALL[rule]

    def after_steps(begin, slope):
        param = begin.clone()
        optimizer = getattr(optim, name)([param], lr=0.1, differentiable=True, **settings)
        for k in range(3):
            param.grad = slope * (1 + k) + begin**2
            optimizer.step()
        return param

    values = [0.5, -1.0, 2.0], [0.3, 0.2, -1.1]
    inputs = [minigrad.tensor(each, dtype=minigrad.float64).requires_grad_() for each in values]
    assert gradcheck(lambda begin, slope: after_steps(begin, slope), inputs)


def test_a_learning_rate_has_a_gradient():
    lr = minigrad.tensor(0.1, requires_grad=True)
    param = minigrad.tensor([1.0, 2.0], requires_grad=True).clone()
    optimizer = optim.SGD([param], lr=lr, differentiable=True)
    param.grad = minigrad.tensor([3.0, -4.0])
    optimizer.step()
    param.sum().backward()
    assert lr.grad.item() == 1.0


@pytest.mark.parametrize("differentiable", [False, True])
def test_a_velocity_that_was_loaded_as_none_begins(differentiable):
    param = minigrad.ones(2, requires_grad=True).clone().detach()
    optimizer = optim.SGD([param], lr=0.5, momentum=0.9, differentiable=differentiable)
    optimizer.state[param]["momentum_buffer"] = None
    for _ in range(2):
        param.grad = minigrad.ones(2)
        optimizer.step()
    np.testing.assert_allclose(param.tolist(), [1 - 0.5 - 0.5 * 1.9] * 2, rtol=1e-6)


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"])
def test_a_leaf_cannot_be_changed_in_a_graph(name, torch):
    w = torch.ones(2, requires_grad=True)
    w.grad = torch.ones(2)
    optimizer = getattr(torch.optim, name)([w], differentiable=True)
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        optimizer.step()
    assert w.tolist() == [1.0, 1.0]


def test_a_differentiable_step_runs_eagerly_when_it_is_compiled():
    param = minigrad.tensor([1.0, 2.0], requires_grad=True).clone()
    optimizer = optim.Adam([param], differentiable=True)

    @minigrad.compile
    def step(grad):
        param.grad = grad
        optimizer.step()

    for _ in range(3):
        step(minigrad.ones(2))
    assert "an optimiser of its is differentiable" in str(step.program)
    assert optimizer.state[param]["step"].item() == 3


WITHOUT_GRAPH = [
    *((name, "foreach") for name in ("Adam", "AdamW", "RMSprop", "Adagrad")),
    *((name, "capturable") for name in ("Adam", "AdamW", "RMSprop")),
]


@pytest.mark.parametrize(("name", "how"), WITHOUT_GRAPH)
def test_there_is_no_graph_of_several_parameters_at_once_but_of_sgd(torch, name, how):
    with torch.enable_grad():
        x = torch.ones(2, requires_grad=True) * 1
    optimizer = getattr(torch.optim, name)([x], differentiable=True, **{how: True})
    x.grad = torch.ones(2)
    with pytest.raises(AssertionError):
        optimizer.step()
    assert x.tolist() == [1.0, 1.0]
    torch.optim.SGD([x], lr=0.5, differentiable=True, foreach=True).step()
    assert x.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("name", ["SGD", "Adam", "RMSprop", "Adagrad"])
def test_the_optimiser_says_whether_there_is_a_graph_and_no_group(torch, name):
    x, same = (torch.ones(2, requires_grad=True) for _ in range(2))
    x.grad = same.grad = torch.ones(2)
    kind = getattr(torch.optim, name)
    kind([{"params": [x], "differentiable": True}], lr=0.1).step()
    kind([same], lr=0.1).step()
    assert torch.allclose(x, same) and x.is_leaf
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        kind([{"params": [x], "differentiable": False}], lr=0.1, differentiable=True).step()
