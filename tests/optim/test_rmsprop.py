"""RMSprop: the kernel against the definition, by all settings, and special values."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.optim import RMSprop
from minigrad.optim.rmsprop import definition

SETTINGS = st.fixed_dictionaries(
    {
        "lr": st.sampled_from([0.0, 1e-3, 0.1]),
        "alpha": st.sampled_from([0.99, 0.9, 0.3]),
        "eps": st.sampled_from([1e-8, 1e-3]),
        "weight_decay": st.sampled_from([0.0, 0.1]),
        "momentum": st.sampled_from([0.0, 0.5, 0.9]),
        "centered": st.booleans(),
        "maximize": st.booleans(),
    }
)


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@given(data=st.data(), settings=SETTINGS)
def test_steps_agree_with_the_definition(agrees, dtype, data, settings):
    # A centred spread may be a small difference of large numbers: a tenth of them, drawn here.
    agrees(RMSprop, definition, settings, dtype, data, 20000 if settings["centered"] else 2000)


def test_state_is_what_the_settings_need(torch):
    names = {"step", "square_avg"}
    for settings, more in (
        ({}, set()),
        ({"momentum": 0.5}, {"momentum_buffer"}),
        ({"centered": True}, {"grad_avg"}),
    ):
        param = torch.ones(2, requires_grad=True)
        param.grad = torch.ones(2)
        optimizer = torch.optim.RMSprop([param], **settings)
        optimizer.step()
        assert set(optimizer.state[param]) == names | more
        assert optimizer.state[param]["step"].item() == 1.0


def test_special_values_reach_only_themselves(torch):
    param = torch.tensor([math.inf, 1.0, 1.0, 1.0], requires_grad=True)
    param.grad = torch.tensor([1.0, math.nan, 0.0, math.inf])
    torch.optim.RMSprop([param], lr=0.5).step()
    np.testing.assert_array_equal(param.tolist(), [math.inf, math.nan, 1.0, math.nan])


@pytest.mark.parametrize("name", ["lr", "eps", "momentum", "weight_decay", "alpha"])
def test_settings_that_make_no_sense(torch, failure, name):
    shown = {"lr": "learning rate", "eps": "epsilon value"}.get(name, f"{name} value")
    for value in (-0.5, math.nan):
        text = failure(torch.optim.RMSprop, [torch.ones(1)], **{name: value})
        assert text == f"ValueError: Invalid {shown}: {value}"
