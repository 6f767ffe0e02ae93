"""Powers: PyTorch's gradients of any order, at zeros too."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad

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


@pytest.mark.parametrize("raised", [lambda x, y: x**y, lambda x, y: (x * 1).pow_(y)])
@pytest.mark.parametrize("exponent", [[1.0, 2.0], 2.0])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_what_a_tensor_raised_to_must_not_change(torch, raised, exponent, dtype):
    """Though the gradient of the base looks at no result."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = raised(x, torch.tensor(exponent, dtype=getattr(torch, dtype)))
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


@given(x=operands(dtypes=[np.float32, np.float64, np.int64]), exponent=operands(dtypes=[np.bool_]))
def test_powers_of_truth_values(x, exponent):
    """They have values, and no gradient: 1 cannot be subtracted from a bool."""
    check(lambda torch, x, y: x**y, x, exponent)
    check(lambda torch, x, y: (x * 1).pow_(y), x, exponent)


@given(x=operands(dtypes=FLOATING))
def test_a_cube_is_the_number_times_itself_twice(x):
    torch = pytest.importorskip("torch")
    x = x.values / 7
    for library in (minigrad, torch):
        np.testing.assert_array_equal((library.tensor(x) ** 3).numpy(), x * x * x)


@pytest.mark.parametrize("exponent", [3, 4, 5.0, -2, -3, 8])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_whole_powers_of_a_number_and_of_its_opposite_are_those_of_its_magnitude(dtype, exponent):
    x = np.random.default_rng(0).lognormal(size=1000).astype(dtype)
    power = (minigrad.tensor(x) ** exponent).numpy()
    of_opposite = (minigrad.tensor(-x) ** exponent).numpy()
    np.testing.assert_array_equal(of_opposite, power if exponent % 2 == 0 else -power)
