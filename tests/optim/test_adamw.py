"""AdamW: Adam's kernel with decoupled decay, and that the decay stays decoupled."""

import copy

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.optim import AdamW
from minigrad.optim.adam import definition

SETTINGS = st.fixed_dictionaries(
    {
        "lr": st.sampled_from([0.0, 1e-3, 0.1]),
        "betas": st.sampled_from([(0.9, 0.999), (0.1, 0.2)]),
        "weight_decay": st.sampled_from([0.0, 0.01, 0.5]),
        "amsgrad": st.booleans(),
        "maximize": st.booleans(),
    }
)


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@given(data=st.data(), settings=SETTINGS)
def test_steps_agree_with_the_definition(agrees, dtype, data, settings):
    agrees(AdamW, definition, settings, dtype, data)


def test_a_parameter_without_slope_shrinks(torch):
    param = torch.ones(1, requires_grad=True)
    param.grad = torch.zeros(1)
    torch.optim.AdamW([param], lr=0.5, weight_decay=0.5).step()
    assert param.item() == 0.75


def test_without_decay_an_infinite_rate_takes_nothing_from_a_parameter(torch):
    param = torch.tensor([1.0, -2.0], requires_grad=True)
    param.grad = torch.tensor([1.0, -1.0])
    torch.optim.AdamW([param], lr=torch.inf, weight_decay=0.0).step()
    assert param.tolist() == [-torch.inf, torch.inf]


def test_the_decay_stays_decoupled_when_state_of_adam_is_loaded(torch):
    param = torch.ones(1, requires_grad=True)
    saved = torch.optim.Adam([param], weight_decay=0.5).state_dict()
    assert saved["param_groups"][0]["decoupled_weight_decay"] is False
    optimizer = torch.optim.AdamW([param])
    optimizer.load_state_dict(saved)
    for each in (optimizer, copy.deepcopy(optimizer)):
        assert each.param_groups[0]["decoupled_weight_decay"] is True
    assert "weight_decay: 0.5" in repr(optimizer)
