"""Adam: the kernel against the definition, by all settings, and special values."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.optim import Adam
from minigrad.optim.adam import definition

SETTINGS = st.fixed_dictionaries(
    {
        "lr": st.sampled_from([0.0, 1e-3, 0.1]),
        "betas": st.sampled_from([(0.9, 0.999), (0.0, 0.0), (0.5, 0.9)]),
        "eps": st.sampled_from([1e-8, 1e-3]),
        "weight_decay": st.sampled_from([0.0, 0.1]),
        "amsgrad": st.booleans(),
        "maximize": st.booleans(),
        "decoupled_weight_decay": st.booleans(),
    }
)


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@given(data=st.data(), settings=SETTINGS)
def test_steps_agree_with_the_definition(agrees, dtype, data, settings):
    agrees(Adam, definition, settings, dtype, data)


def test_amsgrad_never_forgets_a_large_gradient(torch):
    steps = []
    for amsgrad in (False, True):
        param = torch.zeros(1, requires_grad=True)
        optimizer = torch.optim.Adam([param], lr=0.1, betas=(0.0, 0.5), amsgrad=amsgrad)
        for slope in (100.0, *[1.0] * 9):
            before = param.item()
            param.grad = torch.tensor([slope])
            optimizer.step()
        steps.append(before - param.item())
    assert steps[1] < 0.02 < 0.03 < steps[0]


@pytest.mark.parametrize("amsgrad", [False, True])
def test_special_values_reach_only_themselves(torch, amsgrad):
    param = torch.tensor([math.inf, 1.0, 1.0, 1.0], requires_grad=True)
    optimizer = torch.optim.Adam([param], lr=0.5, amsgrad=amsgrad)
    for _ in range(2):
        param.grad = torch.tensor([1.0, math.nan, 0.0, math.inf])
        optimizer.step()
    np.testing.assert_array_equal(param.tolist(), [math.inf, math.nan, 1.0, math.nan])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lr": -1}, "Invalid learning rate: -1"),
        ({"lr": math.nan}, "Invalid learning rate: nan"),
        ({"eps": -1}, "Invalid epsilon value: -1"),
        ({"betas": (1.0, 0.9)}, "Invalid beta parameter at index 0: 1.0"),
        ({"betas": (0.9, -0.1)}, "Invalid beta parameter at index 1: -0.1"),
        ({"betas": (0, 0.9)}, "betas must be either both floats or both Tensors"),
        ({"weight_decay": math.nan}, "Invalid weight_decay value: nan"),
    ],
)
def test_settings_that_make_no_sense(torch, settings, message):
    with pytest.raises(ValueError, match=message):
        torch.optim.Adam([torch.ones(1)], **settings)


def test_tensors_as_settings_where_pytorch_takes_none(torch):
    one = torch.ones(1)
    beta = torch.tensor(0.5)
    for settings, message in (
        ({"lr": torch.tensor(0.1), "foreach": True}, "lr as a Tensor is not supported"),
        ({"betas": (beta, beta), "foreach": True}, r"betas\[0\] as a Tensor is not supported"),
        ({"betas": (0.5, beta)}, "betas must be either both floats or both Tensors"),
        ({"betas": (beta, 0.5), "foreach": True}, "betas must be either both floats or both Ten"),
        ({"betas": (0.5,), "lr": -1}, "Invalid learning rate: -1"),
        ({"lr": torch.ones(2)}, "Tensor lr must be 1-element"),
    ):
        with pytest.raises(ValueError, match=message):
            torch.optim.Adam([one], **settings)


def test_betas_of_one_element_become_numbers_without_dimensions(torch):
    given = [torch.tensor([0.5]), torch.tensor([[0.75]])]
    optimizer = torch.optim.Adam([torch.ones(1)], betas=given)
    assert [each.dim() for each in optimizer.param_groups[0]["betas"]] == [0, 0]


def test_betas_may_be_whatever_has_two_of_them(torch):
    x = torch.ones(1, requires_grad=True)
    for betas, kept in [([0.5, 0.25], (0.5, 0.25)), ({0: 0.5, 1: 0.25}, (0, 1))]:
        optimizer = torch.optim.Adam([x], betas=betas)
        assert optimizer.param_groups[0]["betas"] == kept
