"""Every primitive operation: its gradients, to second order, and what its values are."""

import math
import pkgutil
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad import fused, primitives
from minigrad.primitives.primitive import Primitive
from minigrad.testing import gradcheck
from minigrad.testing.strategies import contiguous_tensors

from . import cases
from .cases.operands import POSITIVE

FEWER = settings.default.max_examples // 3
THEMES = [each.name for each in pkgutil.iter_modules(cases.__path__) if each.name != "operands"]
CASES = {
    name: case
    for theme in THEMES
    for name, case in import_module(f"{cases.__name__}.{theme}").CASES.items()
}


def test_every_primitive_has_a_case():
    modules = [import_module(f"minigrad.primitives.{each.name}")
               for each in pkgutil.iter_modules(primitives.__path__)]  # fmt: skip
    known = {
        type(value).__name__
        for module in (*modules, fused)
        for value in vars(module).values()
        if isinstance(value, Primitive)
    }
    without_gradient = {"ScatterCombined"}  # tests/functions/test_scattering.py asks for it
    assert known == set(CASES) | without_gradient


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences_to_second_order(name, data):
    function, shapes, elements = CASES[name]
    chosen = data.draw(st.sampled_from(shapes))
    operands = [
        data.draw(contiguous_tensors(shape, each))
        for shape, each in zip(chosen, elements, strict=True)
    ]
    gradcheck(function, operands, order=2)


@settings(max_examples=FEWER)
@given(x=contiguous_tensors((3,), POSITIVE), exponent=st.sampled_from([-1, 0, 0.5, 1, 2, 2.5]))
def test_powers(x, exponent):
    gradcheck(lambda x: x**exponent, x, order=2)
    np.testing.assert_allclose((x**exponent).array, x.array**exponent)


def test_third_order():
    x = torch.tensor([0.5, -1.0], dtype=torch.float64, requires_grad=True)
    gradcheck(lambda x: (x * x * x).exp() / (x + 3), x, order=3)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda x: x.abs(), [0.0, 0.0]),
        (lambda x: x**2, [0.0, 0.0]),
        (lambda x: x**1, [1.0, 1.0]),
        (lambda x: x**0, [0.0, 0.0]),
        (lambda x: x.sqrt(), [math.inf, -math.inf]),
        (lambda x: x.log(), [math.inf, -math.inf]),
        (lambda x: 1 / x, [-math.inf, -math.inf]),
    ],
)
def test_gradients_at_both_zeros(function, expected):
    x = torch.tensor([0.0, -0.0], requires_grad=True)
    function(x).backward(torch.ones(2))
    assert x.grad.tolist() == expected


def test_infinities_are_quiet_and_right():
    x = torch.tensor([0.0, 1.0, -1.0])
    with np.errstate(all="raise"):
        np.testing.assert_array_equal((x / 0.0).array, [math.nan, math.inf, -math.inf])
        np.testing.assert_array_equal(x.log().array, [-math.inf, 0.0, math.nan])
        np.testing.assert_array_equal(x.sqrt().array, [0.0, 1.0, math.nan])
        assert (x * 1000).exp().tolist() == [1.0, math.inf, 0.0]
        large = torch.tensor([3e38, math.inf])
        np.testing.assert_array_equal(
            (large * torch.tensor([10.0, 0.0])).array, [math.inf, math.nan]
        )
        np.testing.assert_array_equal((large - -large).array, [math.inf, math.inf])
        np.testing.assert_array_equal((large + large).array, [math.inf, math.inf])
        np.testing.assert_array_equal((large - large).array, [0.0, math.nan])
        assert (large @ large).item() == large.sum().item() == math.inf


def test_sums_of_float32_are_added_up_in_float64():
    x = torch.tensor(np.array([1e8, *[1.0] * 1000, -1e8], np.float32))
    assert x.sum().item() == 1000.0
    assert torch.tensor([2**62, 2**62 - 1]).sum().item() == 2**63 - 1
    assert torch.tensor([True, True]).sum().tolist() == 2
    assert math.isnan(torch.zeros(0).mean().item())


@given(data=st.data())
def test_values_are_numpys(data):
    left, right = (np.array(x) for x in data.draw(st.sampled_from([
        ([[1.0, 2.0]], [[3.0], [0.5]]), ([1.5, -2.0], 4.0), ([], [1.0]),
    ])))  # fmt: skip
    a, b = torch.tensor(left), torch.tensor(right)
    for mine, truth in [(a + b, left + right), (a - b, left - right), (a * b, left * right),
                        (a / b, left / right), (1 - a, 1 - left), (2 / b, 2 / right)]:  # fmt: skip
        np.testing.assert_array_equal(mine.array, truth)
        assert mine.dtype is torch.float64
