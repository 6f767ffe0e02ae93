"""NumPy functions are checked with a gradient written by hand."""

import numpy as np
import pytest

from minigrad.testing import GradientError, gradcheck

X = np.array([[0.5, -1.5], [2.0, 0.25], [1.0, -0.75]])
WEIGHT, BIAS = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -0.5])


def affine(x, weight, bias):
    return x @ weight + bias


def affine_gradient(grad, x, weight, bias):
    return grad @ weight.T, x.T @ grad, grad.sum(0)


def test_a_layer_by_hand():
    assert gradcheck(affine, [X, WEIGHT, BIAS], gradient=affine_gradient)
    with pytest.raises(GradientError, match=r"by input 2 at \(0,\)"):
        gradcheck(
            affine,
            [X, WEIGHT, BIAS],
            gradient=lambda grad, x, weight, bias: (grad @ weight.T, x.T @ grad, grad.mean(0)),
        )


def test_a_gradient_for_floats_alone_or_for_all_inputs():
    def power(x, n):
        return x**n

    assert gradcheck(power, [X, 3], gradient=lambda grad, x, n: grad * n * x**2)
    assert gradcheck(power, [X, 3], gradient=lambda grad, x, n: (grad * n * x**2, None))
    with pytest.raises(ValueError, match="one gradient for each of 2 inputs, got 3"):
        gradcheck(power, [X, 3], gradient=lambda grad, x, n: (grad, None, None))


def test_a_gradient_may_look_at_what_the_function_kept():
    kept = {}

    def tanh(x):
        kept["y"] = np.tanh(x)
        return kept["y"]

    assert gradcheck(tanh, X, gradient=lambda grad, x: grad * (1 - kept["y"] ** 2))


def test_several_outputs_have_a_cotangent_each():
    def gradient(grads, x):
        first, nothing, second = grads
        assert nothing is None
        return first * 2 + second * 2 * x

    assert gradcheck(lambda x: (2 * x, x > 0, x * x), X, gradient=gradient)


def test_float32_is_checked_as_float64():
    seen = set()

    def gradient(grad, x):
        seen.add((grad.dtype.name, x.dtype.name))
        return grad * np.exp(x)

    assert gradcheck(np.exp, X.astype(np.float32), gradient=gradient)
    assert seen == {("float32", "float32"), ("float64", "float64")}


def test_what_is_changed_in_place_is_named():
    def halves(grad, x):
        grad *= 0.5
        return grad * 2 * x * 2

    with pytest.raises(AssertionError, match="gradient changes grad in place"):
        gradcheck(np.square, X, gradient=halves)


def test_a_gradient_has_no_second_order():
    with pytest.raises(ValueError, match="order must be 1 for a NumPy function"):
        gradcheck(np.exp, X, gradient=lambda grad, x: grad * np.exp(x), order=2)
