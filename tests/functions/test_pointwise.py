"""Functions of one number: PyTorch's values, dtypes and gradients, at special values too."""

import math

import numpy as np
import pytest
from hypothesis import given

import minigrad

from .agreement import FLOATING, check, operands

NAMES = [
    "exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "rsqrt", "abs", "absolute", "tanh",
    "sin", "cos", "sigmoid", "relu", "square", "reciprocal", "neg", "negative", "positive",
    "sign", "round", "floor", "ceil", "trunc", "fix",
    "isnan", "isinf", "isfinite", "isreal", "logical_not", "bitwise_not",
]  # fmt: skip
SMOOTH = [
    "exp", "expm1", "log", "log1p", "log2", "log10", "sqrt", "rsqrt", "abs", "tanh", "sin", "cos",
    "sigmoid", "relu", "square", "reciprocal", "neg",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@given(x=operands())
def test_values_and_gradients_are_pytorchs(name, x):
    check(lambda torch, x: getattr(torch, name)(x), x)
    check(lambda torch, x: getattr(x, name)(), x)


@pytest.mark.parametrize("name", SMOOTH)
@given(x=operands(dtypes=FLOATING, special=False))
def test_gradients_of_gradients_are_pytorchs(name, x):
    check(lambda torch, x: getattr(torch, name)(x * x if "log" in name else x), x, orders=2)


@given(x=operands())
def test_operators(x):
    for call in (lambda t, x: -x, lambda t, x: +x, lambda t, x: abs(x), lambda t, x: ~x):
        check(call, x)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"absolute", "negative", "fix"}))
@pytest.mark.parametrize("wrong", [1.5, None, [1.0], "a"])
def test_only_tensors_are_taken(torch, name, wrong):
    with pytest.raises(TypeError, match=rf"{name}\(\): argument 'input' \(position 1\) must be T"):
        getattr(torch, name)(wrong)


def test_whole_numbers_become_floating_point_or_stay(torch):
    whole = torch.tensor([-1, 0, 4])
    assert torch.exp(whole).dtype is torch.sqrt(whole > 0).dtype is torch.float32
    assert torch.abs(whole).tolist() == [1, 0, 4] and torch.floor(whole).dtype is torch.int64
    assert torch.sign(whole > 0).dtype is torch.bool


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("abs", [0.0, 0.0]),
        ("sqrt", [math.inf, -math.inf]),
        ("log", [math.inf, -math.inf]),
        ("reciprocal", [-math.inf, -math.inf]),
        ("rsqrt", [-math.inf, math.inf]),
        ("sign", [0.0, 0.0]),
        ("floor", [0.0, 0.0]),
        ("relu", [0.0, 0.0]),
    ],
)
def test_gradients_at_both_zeros(torch, name, expected):
    x = torch.tensor([0.0, -0.0], requires_grad=True)
    getattr(torch, name)(x).backward(torch.ones(2))
    assert x.grad.tolist() == expected


@pytest.mark.parametrize("name", ["round", "floor", "ceil", "trunc", "abs"])
def test_bools_are_refused(torch, failure, name):
    kernel = "abs_cpu" if name == "abs" else f"{name}_vml_cpu"
    said = failure(getattr(torch, name), torch.tensor([True]))
    assert said == f"NotImplementedError: \"{kernel}\" not implemented for 'Bool'"


def test_second_names_are_the_same_functions():
    assert minigrad.absolute is minigrad.abs and minigrad.fix is minigrad.trunc
    assert minigrad.negative is minigrad.neg


NUMPYS = {
    "exp": np.exp, "expm1": np.expm1, "log": np.log, "log1p": np.log1p, "log2": np.log2,
    "log10": np.log10, "sqrt": np.sqrt, "rsqrt": lambda x: 1 / np.sqrt(x), "abs": np.abs,
    "tanh": np.tanh, "sin": np.sin, "cos": np.cos, "square": np.square, "sign": np.sign,
    "reciprocal": np.reciprocal, "neg": np.negative, "round": np.round, "floor": np.floor,
    "ceil": np.ceil, "trunc": np.trunc, "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMPYS)
def test_values_are_numpys(name):
    x = np.random.default_rng(0).uniform(0.1, 3.0, (4, 3))
    found = getattr(minigrad, name)(minigrad.tensor(x))
    np.testing.assert_allclose(found.detach().numpy(), NUMPYS[name](x), rtol=1e-14)
