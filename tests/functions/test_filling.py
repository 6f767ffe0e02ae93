"""Numbers beside tensors: those that no dtype holds, NumPy's, and tensors that stand for one."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import check, operands

# PyTorch wraps integers from 2**63 to 2**64 around here and refuses them there: they are left out.
BEYOND = st.sampled_from([2**64, 2**70, -(2**63) - 1, 1e39, -1e39, 1e300, float("inf")])
NUMPYS = st.sampled_from([np.float32(0.5), np.float64(2), np.int64(3), np.int32(-1), np.bool_(1)])
STANDING_FOR_ONE = {
    "alpha": lambda torch, x, n: torch.add(x, x, alpha=n),
    "correction": lambda torch, x, n: torch.var(x, correction=n),
    "p": lambda torch, x, n: torch.norm(x, n),
    "bounds": lambda torch, x, n: torch.clamp(x, -1, n),
    "fill_value": lambda torch, x, n: torch.full((2,), n),
    "end": lambda torch, x, n: torch.arange(n),
    "steps": lambda torch, x, n: torch.linspace(0, 1, n),
}


@given(x=operands(), n=BEYOND | NUMPYS)
def test_numbers_beside_tensors(x, n):
    for call in (
        lambda t, x: x + n, lambda t, x: n * x, lambda t, x: x / n, lambda t, x: x == n,
        lambda t, x: n < x, lambda t, x: t.maximum(x, t.full_like(x, n)),
        lambda t, x: x.detach().clone().fill_(n), lambda t, x: x.detach().clone().mul_(n),
    ):  # fmt: skip
        check(call, x)


@given(x=operands(), n=BEYOND | NUMPYS | st.booleans())
def test_numbers_that_the_result_must_hold(x, n):
    """PyTorch asks nothing where there are no elements."""
    if x.values.size:
        for call in (
            lambda t, x: x.clamp(max=n), lambda t, x: x.clamp(n, 3),
            lambda t, x: t.clamp_min(x, n), lambda t, x: t.clamp_max(x, n),
            lambda t, x: t.where(x > 0, x, n),
            lambda t, x: t.where(x > 0, n, 1),
        ):  # fmt: skip
            check(call, x)


@pytest.mark.parametrize("name", STANDING_FOR_ONE)
@given(x=operands(), n=operands((), special=False))
def test_a_tensor_without_dimensions_or_gradient_is_a_number(name, x, n):
    if name != "p" or x.values.size:  # PyTorch's norm of nothing asks no further
        for requires_grad in {False, n.requires_grad}:
            check(
                lambda torch, x, n: STANDING_FOR_ONE[name](torch, x.detach(), n),
                x,
                n._replace(requires_grad=requires_grad),
            )


def test_bools_of_numpy_are_floats(torch):
    assert (torch.tensor([1]) * np.bool_(True)).dtype == torch.float32
    assert torch.full((1,), np.bool_(True)).dtype == torch.float32
