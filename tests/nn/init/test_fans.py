"""How large are random weights, and which bits come from a seed?"""

import hashlib
import math
import warnings

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad


def fingerprint(tensor):
    return hashlib.sha256(tensor.detach().numpy().tobytes()).hexdigest()[:12]


RECORDED = [
    ("float32", "kaiming_uniform_", {"a": math.sqrt(5)}, "def90dea8eee"),
    ("float32", "kaiming_uniform_", {"mode": "fan_out", "nonlinearity": "relu"}, "f37f9b1b5b67"),
    ("float32", "kaiming_uniform_", {"mode": "Fan_OUT", "nonlinearity": "relu"}, "f37f9b1b5b67"),
    ("float32", "kaiming_uniform_", {"nonlinearity": "tanh"}, "2f65b9b5b56c"),
    ("float32", "xavier_uniform_", {"gain": 2.0}, "3f03a0c2b88d"),
    ("float32", "uniform_", {"a": -3.0, "b": 0.1}, "50a37a9e3b6b"),
    ("float64", "kaiming_uniform_", {"a": math.sqrt(5)}, "f4fef708f714"),
    ("float64", "kaiming_uniform_", {"mode": "fan_out", "nonlinearity": "relu"}, "b66c15122f8e"),
    ("float64", "kaiming_uniform_", {"nonlinearity": "tanh"}, "2a2aebbfebc3"),
    ("float64", "xavier_uniform_", {"gain": 2.0}, "f090be525533"),
    ("float64", "uniform_", {"a": -3.0, "b": 0.1}, "c53365ecac0a"),
]


@pytest.mark.parametrize(("dtype", "function", "arguments", "recorded"), RECORDED)
def test_a_seed_gives_the_recorded_bits(torch, dtype, function, arguments, recorded):
    torch.manual_seed(7)
    weight = torch.empty(8, 5, dtype=getattr(torch, dtype))
    assert getattr(torch.nn.init, function)(weight, **arguments) is weight
    assert fingerprint(weight) == recorded


@pytest.mark.parametrize(
    ("arguments", "bound"),
    [
        ({}, math.sqrt(6 / 25)),
        ({"nonlinearity": "sigmoid"}, math.sqrt(3 / 25)),
        ({"a": math.sqrt(5)}, 1 / math.sqrt(25)),
        ({"mode": "fan_out"}, math.sqrt(6 / 400)),
    ],
)
def test_the_bound_of_kaiming_uniform(torch, arguments, bound):
    torch.manual_seed(0)
    weight = torch.nn.init.kaiming_uniform_(torch.empty(400, 25), **arguments).numpy()
    assert 0.999 * bound < weight.max() <= np.float32(bound)
    assert 0.999 * bound < -weight.min() <= np.float32(bound)


shapes = st.lists(st.integers(1, 9), min_size=2, max_size=4).map(tuple)
GAINS = ["linear", "conv2d", "conv_transpose3d", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]


@given(
    shape=shapes,
    seed=st.integers(-(2**63), 2**63 - 1),
    dtype=st.sampled_from(["float32", "float64"]),
    mode=st.sampled_from(["fan_in", "fan_out", "FAN_OUT"]),
    nonlinearity=st.sampled_from(GAINS),
    a=st.one_of(st.integers(-3, 3), st.floats(-10, 10)),
)
def test_kaiming_uniform_gives_pytorchs_bits(shape, seed, dtype, mode, nonlinearity, a):
    drawn = []
    for torch in (minigrad, pytest.importorskip("torch")):
        torch.manual_seed(seed)
        weight = torch.empty(*shape, dtype=getattr(torch, dtype))
        torch.nn.init.kaiming_uniform_(weight, a, mode, nonlinearity)
        drawn.append(weight.numpy().tobytes())
    assert drawn[0] == drawn[1]


@given(
    shape=shapes,
    seed=st.integers(0, 2**32 - 1),
    dtype=st.sampled_from(["float32", "float64"]),
    function=st.sampled_from(["kaiming_normal_", "xavier_normal_", "normal_"]),
)
def test_normal_values_are_pytorchs_up_to_rounding(shape, seed, dtype, function):
    drawn = []
    for torch in (minigrad, pytest.importorskip("torch")):
        torch.manual_seed(seed)
        weight = torch.empty(*shape, dtype=getattr(torch, dtype))
        drawn.append(getattr(torch.nn.init, function)(weight).numpy())
    ulp = np.finfo(dtype).eps
    np.testing.assert_allclose(drawn[0], drawn[1], rtol=4 * ulp, atol=4 * ulp)


def test_a_transposed_weight_is_filled_in_storage_order_another_view_in_logical_order(torch):
    torch.manual_seed(0)
    base = torch.empty(5, 8)
    torch.nn.init.kaiming_uniform_(base.t())
    assert fingerprint(base) == "68bdabec5403"
    torch.manual_seed(0)
    base = torch.empty(10, 8)
    torch.nn.init.kaiming_uniform_(base[::2])
    assert hashlib.sha256(base.numpy()[::2].tobytes()).hexdigest()[:12] == "361e57813811"


def test_gains(torch):
    gain = torch.nn.init.calculate_gain
    linear = ["linear", "conv1d", "conv2d", "conv3d"]
    linear += [f"conv_transpose{dimensions}d" for dimensions in (1, 2, 3)]
    assert {gain(name) for name in [*linear, "sigmoid"]} == {1}
    assert gain("tanh") == 5 / 3
    assert gain("relu") == math.sqrt(2)
    assert gain("selu") == 0.75
    assert gain("leaky_relu") == math.sqrt(2 / 1.0001)
    assert gain("leaky_relu", 0) == math.sqrt(2)
    assert gain("leaky_relu", math.sqrt(5)) == pytest.approx(math.sqrt(1 / 3), rel=1e-15)


@pytest.mark.parametrize("name", ["elu", "gelu", "silu", "identity", "ReLU"])
def test_what_has_no_gain(torch, failure, name):
    expected = f"ValueError: Unsupported nonlinearity {name}"
    assert failure(torch.nn.init.calculate_gain, name) == expected


@pytest.mark.parametrize("slope", [True, "x", np.float32(0.5)])
def test_a_slope_is_a_number(torch, failure, slope):
    expected = f"ValueError: negative_slope {slope} not a valid number"
    assert failure(torch.nn.init.calculate_gain, "leaky_relu", slope) == expected


def test_a_tensor_is_no_slope(torch, failure):
    assert failure(torch.nn.init.calculate_gain, "leaky_relu", torch.tensor(0.5)).startswith(
        "ValueError: negative_slope "
    )


def test_fans_multiply_with_the_receptive_field(torch):
    fans = torch.nn.init._calculate_fan_in_and_fan_out
    assert fans(torch.empty(2, 3)) == (3, 2)
    assert fans(torch.empty(2, 3, 4, 5)) == (60, 40)
    assert fans(torch.empty(0, 3)) == (3, 0)


BELOW_2D = (
    "ValueError: Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
)
MODE = "ValueError: Mode x not supported, please use one of ['fan_in', 'fan_out']"
ERRORS = [
    ((3,), {}, BELOW_2D),
    ((3,), {"nonlinearity": "elu"}, BELOW_2D),
    ((3, 3), {"mode": "X"}, MODE),
    ((3,), {"mode": "x"}, MODE),
    ((3, 3), {"nonlinearity": "elu"}, "ValueError: Unsupported nonlinearity elu"),
    ((3, 3), {"a": "x"}, "ValueError: negative_slope x not a valid number"),
]


@pytest.mark.parametrize(("shape", "arguments", "message"), ERRORS)
@pytest.mark.parametrize("function", ["kaiming_uniform_", "kaiming_normal_"])
def test_kaiming_errors_come_in_pytorchs_order(
    torch, failure, function, shape, arguments, message
):
    filled = getattr(torch.nn.init, function)
    assert failure(filled, torch.empty(*shape), **arguments) == message


def test_xavier_errors(torch, failure):
    assert failure(torch.nn.init.xavier_uniform_, torch.empty(3)) == BELOW_2D
    assert failure(torch.nn.init.xavier_normal_, torch.empty(0, 0)).startswith("ZeroDivisionError")


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0)])
@pytest.mark.parametrize("function", ["kaiming_uniform_", "kaiming_normal_"])
def test_no_elements_are_looked_for_before_anything_else(torch, function, shape):
    message = "^Initializing zero-element tensors is a no-op$"
    with pytest.warns(UserWarning, match=message) as caught:
        getattr(torch.nn.init, function)(torch.empty(*shape), mode="nonsense")
    assert caught[0].filename == __file__


def test_a_tensor_that_requires_grad_is_filled_outside_the_graph(torch):
    init = torch.nn.init
    weight = torch.empty(2, 2, requires_grad=True)
    fills = [init.zeros_, init.ones_, init.uniform_, init.normal_, init.kaiming_uniform_]
    fills += [init.kaiming_normal_, init.xavier_uniform_, init.xavier_normal_]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for fill in fills:
            assert fill(weight) is weight
    assert weight.is_leaf and weight.requires_grad and weight.grad_fn is None
    assert init.constant_(weight, 3).tolist() == [[3.0, 3.0], [3.0, 3.0]]
    assert init.ones_(weight).tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_a_generator_of_its_own_leaves_the_default_one_alone(torch):
    filled = []
    for own in (False, True):
        torch.manual_seed(5)
        generator = torch.Generator().manual_seed(5) if own else None
        filled.append(torch.nn.init.kaiming_uniform_(torch.empty(2, 3), generator=generator))
    following = torch.rand(1).item()
    torch.manual_seed(5)
    assert torch.rand(1).item() == following
    assert filled[0].tolist() == filled[1].tolist()
