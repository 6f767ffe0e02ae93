"""Public functions on tensors: arguments checked as PyTorch does, then a primitive."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing import gradcheck


def test_reductions_over_dimensions():
    array = np.arange(24.0).reshape(2, 3, 4)
    x = torch.tensor(array)
    for dim in (None, 0, -1, (0, 2), (-1, 1), ()):
        axis = None if dim == () else dim
        for keepdim in (False, True):
            expected = array.sum(axis=axis, keepdims=keepdim)
            np.testing.assert_array_equal(x.sum(dim, keepdim).array, expected)
            expected = array.mean(axis=axis, keepdims=keepdim)
            np.testing.assert_allclose(x.mean(dim, keepdim).array, expected, rtol=1e-15)
    assert torch.zeros(0, 3).sum(0).tolist() == [0.0] * 3
    assert all(map(math.isnan, torch.zeros(0, 3).mean(0).tolist()))
    assert torch.tensor(2.0).sum(0).item() == 2.0


@pytest.mark.parametrize(("left", "right"), [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2))])
def test_products_with_vectors(left, right):
    draw = np.random.default_rng(0)
    a, b = draw.standard_normal(left), draw.standard_normal(right)
    x, y = torch.tensor(a, requires_grad=True), torch.tensor(b, requires_grad=True)
    np.testing.assert_allclose((x @ y).array, a @ b, rtol=1e-13)
    gradcheck(torch.matmul, [x, y], order=2)


def test_integers():
    x = torch.tensor([4, 9])
    assert ((x**2).tolist(), (x**2).dtype) == ([16, 81], torch.int64)
    assert ((x**0.5).tolist(), (x**0.5).dtype) == ([2.0, 3.0], torch.float32)
    assert torch.sqrt(x).dtype is torch.float32
    assert (x / 2).tolist() == [2.0, 4.5]
    assert (-x).tolist() == [-4, -9]
    assert torch.abs(torch.tensor([-3])).tolist() == [3]
    with pytest.raises(RuntimeError, match="Integers to negative integer powers are not allowed"):
        x**-1


def test_bools():
    x, y = torch.tensor([True, False]), torch.tensor([True, True])
    assert (x + y).tolist() == [True, True] and (x * y).tolist() == [True, False]
    with pytest.raises(RuntimeError, match="two bool tensors is not supported"):
        x - y
    with pytest.raises(RuntimeError, match="on a bool tensor is not supported"):
        torch.Tensor.__neg__(x)


def test_where():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    out = torch.where(x > 1, x, 0.0)
    out.sum().backward()
    assert (out.tolist(), x.grad.tolist()) == ([0.0, 2.0], [0.0, 1.0])
    assert torch.where(torch.tensor([True, False]), 1, 2).tolist() == [1, 2]
    # What is not chosen may be anything: its gradient is 0, not 0 · infinity.
    x = torch.tensor([0.0, 4.0], requires_grad=True)
    safe = torch.where(x > 0, x, 1.0)
    torch.where(x > 0, safe.log(), 0.0).sum().backward()
    assert x.grad.tolist() == [0.0, 0.25]


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda x: x.sum(2), IndexError, r"Dimension out of range \(expected to be in range of "),
        (
            lambda x: x.sum((0, 0)),
            RuntimeError,
            "dim 0 appears multiple times in the list of dims",
        ),
        (lambda x: x.long().mean(), RuntimeError, r"mean\(\): could not infer output dtype"),
        (
            lambda x: torch.where(x, x, x),
            RuntimeError,
            "expected condition to be a boolean tensor",
        ),
        (lambda x: x.reshape(-1, -1), RuntimeError, "only one dimension can be inferred|invalid"),
        (lambda x: x @ torch.ones(3, 2, 2), RuntimeError, "dimensions|D"),
    ],
)
def test_errors(wrong, error, message):
    with pytest.raises(error, match=message):
        wrong(torch.ones(2, 3))


def test_aliases_are_the_same_functions():
    x = torch.tensor([[1.0, 4.0]])
    for name in ("exp", "log", "sqrt", "abs", "sum", "mean", "sigmoid", "relu"):
        np.testing.assert_array_equal(getattr(torch, name)(x).array, getattr(x, name)().array)


def test_what_is_a_float_may_be_an_integer_of_any_size(torch):
    assert (torch.zeros(3).normal_(2**70, 0) == 2.0**70).all()
    assert (torch.zeros(2).uniform_(-(2**70), 2**70).abs() < 2.0**70).all()
    assert torch.allclose(torch.zeros(1), torch.ones(1), rtol=2**70)
