"""SGD: the kernels against the definition, by all settings, and special values."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.optim import SGD
from minigrad.optim.sgd import definition


@st.composite
def settings_of_sgd(draw):
    momentum = draw(st.sampled_from([0.0, 0.5, 0.9]))
    nesterov = momentum > 0 and draw(st.booleans())
    return {
        "lr": draw(st.sampled_from([0.0, 0.01, 1.0])),
        "momentum": momentum,
        "dampening": 0.0 if nesterov else draw(st.sampled_from([0.0, 0.3])),
        "weight_decay": draw(st.sampled_from([0.0, 0.1])),
        "nesterov": nesterov,
        "maximize": draw(st.booleans()),
    }


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@given(data=st.data(), settings=settings_of_sgd())
def test_steps_agree_with_the_definition(agrees, dtype, data, settings):
    agrees(SGD, definition, settings, dtype, data)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_special_values_reach_only_themselves(torch, momentum):
    param = torch.tensor([math.inf, -math.inf, 1.0, 1.0, 1.0], requires_grad=True)
    param.grad = torch.tensor([1.0, 1.0, math.inf, math.nan, 0.0])
    torch.optim.SGD([param], lr=0.5, momentum=momentum).step()
    expected = [math.inf, -math.inf, -math.inf, math.nan, 1.0]
    np.testing.assert_array_equal(param.tolist(), expected)


def test_state_is_kept_for_each_parameter(torch):
    a, b = torch.ones(2, requires_grad=True), torch.ones(3, requires_grad=True)
    unused = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([a, b, unused], lr=1.0, momentum=0.5)
    for _ in range(2):
        optimizer.zero_grad()
        (a.sum() + 2 * b.sum()).backward()
        optimizer.step()
    assert (a.tolist(), b.tolist(), unused.tolist()) == ([-1.5] * 2, [-4.0] * 3, [1.0])
    assert optimizer.state[b]["momentum_buffer"].tolist() == [3.0] * 3
    assert unused not in optimizer.state


def test_a_parameter_that_comes_twice_has_one_velocity_after_its_first_step(torch):
    param = torch.ones(1, requires_grad=True)
    with pytest.warns(UserWarning, match="duplicate parameters"):
        optimizer = torch.optim.SGD([param, param], lr=0.1, momentum=0.5)
    param.grad = torch.ones(1)
    optimizer.step()
    assert param.item() == pytest.approx(1 - 0.1 - 0.1)
    assert optimizer.state[param]["momentum_buffer"].item() == 1
    optimizer.step()
    assert param.item() == pytest.approx(0.8 - 0.1 * 1.5 - 0.1 * 1.75)


def test_without_momentum_there_is_no_state(torch):
    param = torch.ones(2, requires_grad=True)
    optimizer = torch.optim.SGD([param], lr=1.0)
    param.grad = torch.ones(2)
    optimizer.step()
    assert optimizer.state_dict()["state"] == {}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lr": -1}, "Invalid learning rate: -1"),
        ({"momentum": -0.5}, "Invalid momentum value: -0.5"),
        ({"weight_decay": -1}, "Invalid weight_decay value: -1"),
        ({"nesterov": True}, "Nesterov momentum requires a momentum and zero dampening"),
        ({"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "Nesterov momentum requires"),
    ],
)
def test_settings_that_make_no_sense(torch, settings, message):
    with pytest.raises(ValueError, match=message):
        torch.optim.SGD([torch.ones(1)], **settings)
