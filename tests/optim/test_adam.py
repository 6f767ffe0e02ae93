"""Adam: the kernel against the definition, by all settings, and special values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad as torch
from minigrad.optim import Adam
from minigrad.optim.adam import definition
from minigrad.testing.strategies import numbers, shapes, tensors

SETTINGS = st.fixed_dictionaries(
    {
        "lr": st.sampled_from([0.0, 1e-3, 0.1]),
        "betas": st.sampled_from([(0.9, 0.999), (0.0, 0.0), (0.5, 0.9)]),
        "eps": st.sampled_from([1e-8, 1e-3]),
        "weight_decay": st.sampled_from([0.0, 0.1]),
        "amsgrad": st.booleans(),
        "maximize": st.booleans(),
    }
)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data(), settings=SETTINGS)
def test_five_steps_agree_with_the_definition(dtype, data, settings):
    shape = data.draw(shapes(2, 3))
    # Gradients that are 0 or far from it: between, Adam amplifies a rounding as it does a slope.
    slopes = numbers(0.5, 2.0, 0.0, of=dtype)
    start = data.draw(tensors(shape, numbers(1.0, 2.0, of=dtype), dtype, False))
    param = start.clone().requires_grad_()
    optimizer = Adam([param], **settings)
    truth = start.double()
    names = ["exp_avg", "exp_avg_sq"] + ["max_exp_avg_sq"] * settings["amsgrad"]
    state = {name: torch.zeros(*shape).double() for name in names}
    state["step"] = torch.tensor(0.0).double()
    sign = -1.0 if settings["maximize"] else 1.0
    for _ in range(5):
        grad = data.draw(tensors(shape, slopes, dtype, False)) * sign
        param.grad = grad
        optimizer.step()
        truth, state = definition(truth, grad.double(), state, settings)
    eps = np.finfo(dtype.numpy).eps
    np.testing.assert_allclose(param.array, truth.array, atol=500 * eps, rtol=0)
    kept = optimizer.state[param]
    assert set(kept) == set(state) and kept["step"].item() == 5.0
    for name in names:
        np.testing.assert_allclose(kept[name].array, state[name].array, atol=100 * eps, rtol=0)


def test_amsgrad_never_forgets_a_large_gradient():
    steps = []
    for amsgrad in (False, True):
        param = torch.zeros(1, requires_grad=True)
        optimizer = Adam([param], lr=0.1, betas=(0.0, 0.5), amsgrad=amsgrad)
        for slope in (100.0, *[1.0] * 9):
            before = param.item()
            param.grad = torch.tensor([slope])
            optimizer.step()
        steps.append(before - param.item())
    assert steps[1] < 0.02 < 0.03 < steps[0]


def test_special_values_reach_only_themselves():
    param = torch.tensor([math.inf, 1.0, 1.0, 1.0], requires_grad=True)
    param.grad = torch.tensor([1.0, math.nan, 0.0, math.inf])
    Adam([param], lr=0.5).step()
    np.testing.assert_array_equal(param.array, [math.inf, math.nan, 1.0, math.nan])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"lr": -1}, "Invalid learning rate: -1"),
        ({"eps": -1}, "Invalid epsilon value: -1"),
        ({"betas": (1.0, 0.9)}, "Invalid beta parameter at index 0: 1.0"),
        ({"betas": (0.9, -0.1)}, "Invalid beta parameter at index 1: -0.1"),
        ({"weight_decay": math.nan}, "Invalid weight_decay value: nan"),
        ({"capturable": True}, "capturable=True is not supported"),
        ({"lr": torch.tensor(0.1)}, "lr must be a number"),
    ],
)
def test_settings_that_make_no_sense(settings, message):
    with pytest.raises(ValueError, match=message):
        Adam([torch.ones(1)], **settings)
