"""The checker fails every wrong gradient, and passes right ones at hard points."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad import ops
from minigrad.autograd import Node
from minigrad.primitives.primitive import Primitive
from minigrad.testing import GradientError, gradcheck, gradgradcheck


def leaf(*values, shape=None):
    array = np.array(values, np.float64)
    return torch.tensor(array if shape is None else array.reshape(shape), requires_grad=True)


def with_gradient_of(surrogate, value):
    """The value of one expression with the gradient of another."""
    return surrogate + (value - surrogate).detach()


def normalised(x, mean, variance):
    return (x - mean) / torch.sqrt(variance + 1e-5)


def variance(x):
    return ((x - x.mean(0)) * (x - x.mean(0))).mean(0)


class IgnoresItsCotangent(Primitive):
    backward_name = "Wrong"

    def compute(self, x):
        return x * 3.0

    def gradient_x(self, grad):
        return torch.full(grad.shape, 3.0, dtype=torch.float64)


class WrongShape(Node):
    def backward(self, grad):
        return [grad]


def transposed_wrongly(x):
    out = torch.Tensor(x.array.T.copy(), requires_grad=True)
    out._node = WrongShape([x])
    return out


class ReluWithSlopeAtZero(Primitive):
    backward_name = "Wrong"

    def compute(self, x, slope):
        return np.maximum(x, 0)

    def gradient_x(self, grad, x, slope):
        return grad * torch.where(x == 0, slope, (x > 0).double())


class RightOnce(Primitive):
    """x², with a gradient that is right and cannot be differentiated."""

    backward_name = "Wrong"

    def compute(self, x):
        return x * x

    def gradient_x(self, grad, x):
        return grad * 2.0 * x.detach()


X = [0.3, -0.8, 1.7, 0.9, -0.2, 2.0]
WEIGHT = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)

WRONG = {
    "a factor": lambda x: with_gradient_of(1.0001 * x * x, x * x),
    "the sign": lambda x: with_gradient_of(-x.exp(), x.exp()),
    "half a product rule": lambda x: x * x.detach(),
    "no gradient at all": lambda x: x.detach() * 2 + 0 * x,
    "not even a graph": lambda x: x.detach() * 2,
    "mean for sum": lambda x: with_gradient_of((x * x).mean(0), (x * x).sum(0)),
    "alpha forgotten": lambda x: with_gradient_of(ops.elu(x), ops.elu(x, 0.9)),
    "sigmoid without 1 - y": lambda x: with_gradient_of(x.sigmoid().log(), x.sigmoid()),
    "the transposed matrix": lambda x: with_gradient_of(x @ WEIGHT.T, x @ WEIGHT),
    "one element of many": lambda x: torch.where(x == 0.9, x.detach(), x),
    "statistics held constant": lambda x: normalised(x, x.mean(0).detach(), variance(x).detach()),
    "only the mean followed": lambda x: normalised(x, x.mean(0), variance(x).detach()),
    "the kink's far side": lambda x: with_gradient_of(x * 2.0, ops.relu(x - 0.9)),
    "the cotangent ignored": IgnoresItsCotangent(),
    "a small term": lambda x: with_gradient_of(x, x + 1e-5 * x * x),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("limit", [64, 0])
def test_wrong_gradients_fail(name, limit):
    """Element by element, and along random directions alone."""
    x = leaf(*X, shape=(3, 2))
    with pytest.raises(GradientError):
        gradcheck(WRONG[name], x, limit=limit)


@pytest.mark.parametrize("function", [RightOnce(), lambda x: with_gradient_of(x**2, x * x)])
def test_wrong_second_derivatives_fail(function):
    x = leaf(0.5, 2.0)
    assert gradcheck(function, x)
    if isinstance(function, RightOnce):
        with pytest.raises(GradientError, match="order 2"):
            gradgradcheck(function, x)
    else:
        assert gradgradcheck(function, x)


def test_a_gradient_of_the_wrong_shape_fails():
    with pytest.raises(AssertionError, match=r"wrong shape: \[2, 3\] for an input of \[3, 2\]"):
        gradcheck(transposed_wrongly, leaf(*X, shape=(3, 2)))


def test_a_sum_hides_what_random_cotangents_show():
    wrong = WRONG["only the mean followed"]
    x = leaf(*X, shape=(3, 2))
    assert gradcheck(lambda x: wrong(x).sum(), x)
    with pytest.raises(GradientError):
        gradcheck(wrong, x)


def test_a_wrong_gradient_at_a_kink_fails():
    relu = ReluWithSlopeAtZero()
    for slope in (0.0, 0.3, 1.0):
        assert gradcheck(lambda x, slope=slope: relu(x, slope=slope), leaf(0.0, 1.0))
    for slope in (-0.01, 1.01, math.nan, math.inf):
        with pytest.raises(GradientError):
            gradcheck(lambda x, slope=slope: relu(x, slope=slope), leaf(0.0, 1.0))


def test_the_failure_says_where_what_and_how_to_repeat_it():
    def wrong(x, y):
        return x * y, with_gradient_of(y * 5.0, y * 4.0)

    with pytest.raises(GradientError) as caught:
        gradcheck(wrong, [leaf(1.0, 2.0), leaf(3.0, 4.0)], seed=17)
    text, error = str(caught.value), caught.value
    assert "order 1: gradient of output 1 at (0,) by input 1 at (0,)" in text
    assert (error.analytic, error.seed) == (5.0, 17)
    assert error.numeric == pytest.approx(4.0, abs=1e-6) and 0 < error.error < 1e-6
    for part in ("analytic  5.0", "numeric   ", "±", "seed      17"):
        assert part in text


HARD = {
    "ReLU at both zeros": (ops.relu, leaf(0.0, -0.0, 1.0), {}),
    "ELU at both zeros": (lambda x: ops.elu(x, -2.0), leaf(0.0, -0.0), {}),
    "|x| at 0": (torch.abs, leaf(0.0, 1.0), {}),
    "close to a kink": (ops.relu, leaf(1e-3, -1e-3), {}),
    "a kink in each output": (lambda x: ops.relu(x) - 3 * x.abs(), leaf(0.0, -0.0), {}),
    "huge values": (torch.exp, leaf(50.0, -50.0), {"order": 2}),
    "huge inputs": (torch.sqrt, leaf(1e8, 1e5), {}),
    "an offset": (lambda x: x * x + 1e6, leaf(0.5), {}),
    "tiny slopes": (lambda x: 1e-6 * x * x * x, leaf(2.0), {"order": 2}),
    "a pole": (lambda x: 1 / x, leaf(0.01, -0.01), {"order": 2, "step": 1e-4}),
    "the edge of a domain": (torch.log, leaf(1e-6), {"step": 1e-8}),
    "saturation": (ops.sigmoid, leaf(-30.0, 30.0), {"order": 2}),
    "no dimensions": (lambda x: x * x, torch.tensor(2.0).double().requires_grad_(), {"order": 3}),
    "nothing": (lambda x: x * x, leaf(), {"order": 2}),
    "a constant": (lambda x: x * 0 + 3, leaf(1.0), {"order": 2}),
    "many elements": (lambda x: x.exp(), leaf(*np.linspace(-1, 1, 300)), {"order": 2}),
}


@pytest.mark.parametrize("name", HARD)
def test_right_gradients_pass_at_hard_points(name):
    function, x, options = HARD[name]
    before = x.tolist()
    assert gradcheck(function, x, **options)
    assert x.tolist() == before and x.grad is None


def test_other_arguments_and_outputs_are_passed_over():
    def function(x, exponent, constant, nothing):
        return x**exponent * constant, nothing, x > 0

    arguments = [leaf(1.0, 2.0), 3, torch.ones(2, dtype=torch.float64), None]
    assert gradcheck(function, arguments, order=2)


def test_what_cannot_be_checked_is_refused():
    with pytest.raises(ValueError, match=r"must be minigrad\.float64, got minigrad\.float32"):
        gradcheck(torch.exp, torch.ones(2, requires_grad=True))
    with pytest.raises(ValueError, match="none of the inputs is a Tensor that requires"):
        gradcheck(torch.exp, torch.ones(2).double())
    with pytest.raises(AssertionError, match="do not settle"):
        gradcheck(lambda x: torch.where(x > 0, x + 1, x), leaf(0.0))
    with pytest.raises(AssertionError, match="do not settle"):
        gradcheck(torch.log, leaf(1e-9))
