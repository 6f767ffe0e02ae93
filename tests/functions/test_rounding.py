"""Rounding: to decimals as PyTorch does, with gradient 0 everywhere."""

import math

import numpy as np
from hypothesis import given, strategies as st

from .agreement import check, operands

FEW, ANY = st.integers(-2, 4), st.integers(-(2**65), 2**65) | st.integers(-400, 400)


@given(x=operands(), decimals=FEW | ANY)
def test_rounding_to_decimals(x, decimals):
    check(lambda torch, x: torch.round(x, decimals=decimals), x)


def test_what_is_constant_in_steps_drops_even_a_gradient_of_nan(torch):
    x = torch.tensor([1.5], requires_grad=True)
    torch.round(x).backward(torch.tensor([math.nan]))
    assert x.grad.tolist() == [0.0]


def test_decimals_are_any_integer(torch, failure):
    x = torch.tensor([1.28])
    for decimals in (np.int64(1), torch.tensor(1)):
        assert x.round(decimals=decimals).item() == torch.tensor(1.3).item()
    for wrong in (True, 1.0, np.array(1)):
        assert failure(x.round, decimals=wrong).startswith(
            "TypeError: round(): argument 'decimals'"
        )
    for each in (x, torch.tensor(1)):
        assert failure(each.round, decimals=2**63).startswith("ValueError: Overflow")
