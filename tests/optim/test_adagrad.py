"""Adagrad: the kernel against the definition, by all settings, and its state from the start."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.optim import Adagrad
from minigrad.optim.adagrad import definition

SETTINGS = st.fixed_dictionaries(
    {
        "lr": st.sampled_from([0.0, 0.01, 1.0]),
        "lr_decay": st.sampled_from([0.0, 0.1, 1.0]),
        "weight_decay": st.sampled_from([0.0, 0.1]),
        "initial_accumulator_value": st.sampled_from([0.0, 0.5]),
        "eps": st.sampled_from([1e-10, 1e-3]),
        "maximize": st.booleans(),
    }
)


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@given(data=st.data(), settings=SETTINGS)
def test_steps_agree_with_the_definition(agrees, dtype, data, settings):
    agrees(Adagrad, definition, settings, dtype, data)


def test_state_is_there_before_the_first_step(torch):
    early, late = torch.ones(2, requires_grad=True), torch.ones(3, requires_grad=True)
    optimizer = torch.optim.Adagrad([early], initial_accumulator_value=0.25)
    optimizer.add_param_group({"params": late, "initial_accumulator_value": 7.0})
    assert optimizer.state[early]["sum"].tolist() == [0.25, 0.25]
    assert optimizer.state[early]["step"].item() == 0.0
    assert late not in optimizer.state
    late.grad = torch.ones(3)
    optimizer.step()
    assert optimizer.state[late]["sum"].tolist() == [1.25] * 3
    assert optimizer.state[early]["step"].item() == 0.0


def test_special_values_reach_only_themselves(torch):
    param = torch.tensor([math.inf, 1.0, 1.0, 1.0], requires_grad=True)
    param.grad = torch.tensor([1.0, math.nan, 0.0, math.inf])
    torch.optim.Adagrad([param], lr=0.5).step()
    np.testing.assert_array_equal(param.tolist(), [math.inf, math.nan, 1.0, math.nan])


@pytest.mark.parametrize(
    "name", ["lr", "lr_decay", "weight_decay", "initial_accumulator_value", "eps"]
)
def test_settings_that_make_no_sense(torch, failure, name):
    shown = {"lr": "learning rate", "eps": "epsilon value"}.get(name, f"{name} value")
    for value in (-0.5, math.nan):
        text = failure(torch.optim.Adagrad, [torch.ones(1)], **{name: value})
        assert text == f"ValueError: Invalid {shown}: {value}"
