"""Powers: PyTorch's gradients of any order, at zeros too."""

import numpy as np
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands


# In float64, since (x²)^½ has terms of higher derivatives that cancel.
@given(
    x=operands(dtypes=[np.float64], special=False), number=st.sampled_from([0, 1, 2, 3, -1, 0.5])
)
def test_gradients_of_gradients_of_powers(x, number):
    check(lambda torch, x: (x * x) ** number, x, orders=3)
    check(lambda torch, x: number**x, x, orders=2)


def test_powers_at_zero_have_pytorchs_gradients(torch):
    base = torch.tensor([0.0, 0.0, 0.0, 2.0], requires_grad=True)
    exponent = torch.tensor([0.0, 2.0, 1.0, 0.0], requires_grad=True)
    (base**exponent).sum().backward()
    assert base.grad.tolist() == [0.0, 0.0, 1.0, 0.0]
    assert exponent.grad.tolist()[:3] == [0.0, 0.0, 0.0]


@given(
    x=operands(dtypes=FLOATING),
    base=st.sampled_from([1e300, -1e300, 3.5e38, 1e-50, -0.0, float("inf"), float("nan"), 3]),
)
def test_numbers_beyond_float32_have_their_own_logarithm(x, base):
    check(lambda torch, x: base**x, x, orders=2)


def test_the_gradient_of_a_power_of_a_number_beyond_float32(torch):
    x = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)
    out = 1e300**x
    out.sum().backward()
    assert (out.tolist(), out.grad_fn.name()) == ([0.0, 1.0, float("inf")], "PowBackward2")
    assert x.grad.tolist() == [0.0, 690.7755126953125, float("inf")]
