"""Fused operations: joined rightly, switched visibly, differentiated to any order."""

from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad import fused, ops, structure
from minigrad.fused import Fused, kernels_enabled, registry, use_definitions
from minigrad.testing import gradcheck


def given(name):
    """Arguments of the public function of a fused operation, in float64."""
    draw = np.random.default_rng(0)
    x = torch.tensor(draw.uniform(0.2, 0.8, (4, 3)), requires_grad=True)
    target = torch.tensor(draw.uniform(0.2, 0.8, (4, 3)))
    classes = torch.tensor([2, 0, 1, 2])
    channels = [torch.tensor(draw.uniform(0.5, 2.0, 3), requires_grad=True) for _ in range(2)]
    weight = torch.tensor(draw.uniform(-1.0, 1.0, (2, 3)), requires_grad=True)
    statistics = [torch.tensor(draw.uniform(0.5, 2.0, 3)) for _ in range(2)]
    return {
        "batch_norm": [x, *channels, 0.5],
        "batch_norm_inference": [x, *channels, *statistics, 0.5],
        "binary_cross_entropy": [x, target],
        "binary_cross_entropy_with_logits": [x, target],
        "cross_entropy": [x, classes, channels[0].detach(), 1, 0.25],
        "cross_entropy_of_probabilities": [x, target, channels[0].detach(), 0.25],
        "dropout": [x, (target > 0.5).double(), 0.5],
        "elu": [x - 0.5, 1.5],
        "gelu": [x - 0.5],
        "huber_loss": [x, target, "mean", 0.125],
        "l1_loss": [x, target],
        "layer_norm": [x, *channels, 0.5, 1],
        "leaky_relu": [x - 0.5, 0.2],
        "linear": [x, weight],
        "log_softmax": [x, 1],
        "mse_loss": [x, target],
        "nll_loss": [x, classes, channels[0].detach(), 1],
        "relu": [x],
        "selu": [x - 0.5],
        "sigmoid": [x],
        "silu": [x],
        "smooth_l1_loss": [x, target, "mean", 0.125],
        "softmax": [x, 1],
        "softplus": [x],
        "tanh": [x],
    }[name]


def first(result):
    return result[0] if isinstance(result, tuple) else result


@pytest.mark.parametrize("name", registry)
def test_every_operation_has_a_test_module_and_a_public_function(name):
    assert (Path(__file__).parent / "ops" / f"test_{name}.py").exists()
    assert getattr(ops, name).__doc__
    assert set(registry) == {path.stem for path in Path(ops.__file__).parent.glob("[!_]*.py")}


@pytest.mark.parametrize("name", registry)
def test_which_code_ran_is_visible(name):
    operation, arguments = registry[name], given(name)
    with_kernel = first(getattr(ops, name)(*arguments))
    assert isinstance(with_kernel.grad_fn, fused.FusedNode)
    assert with_kernel.grad_fn.operation is operation
    assert (
        operation.named
        or operation.without
        or with_kernel.grad_fn.name() == f"{operation.backward_name}Backward0"
    )
    before = structure.counter
    with use_definitions():
        assert not kernels_enabled() and structure.counter > before
        plain = first(getattr(ops, name)(*arguments))
    assert kernels_enabled()
    assert not isinstance(plain.grad_fn, fused.FusedNode)
    np.testing.assert_allclose(plain.array, with_kernel.array, rtol=1e-12)


@pytest.mark.parametrize("name", registry)
def test_third_order(name):
    arguments = given(name)
    arguments = [each.detach().requires_grad_() if isinstance(each, torch.Tensor)
                 and each.requires_grad else each for each in arguments]  # fmt: skip
    function = getattr(ops, name)

    def twice(*arguments):
        out = first(function(*arguments))
        targets = [each for each in arguments
                   if isinstance(each, torch.Tensor) and each.requires_grad]  # fmt: skip
        (slope, *_) = torch.autograd.grad(
            out, targets, torch.ones(out.shape).double() + out.detach(), create_graph=True
        )
        return slope

    with use_definitions():
        truth = twice(*arguments)
    np.testing.assert_allclose(twice(*arguments).array, truth.array, rtol=1e-9, atol=1e-12)
    inputs = [arguments[0][:2].detach().requires_grad_(), *arguments[1:]]
    if name in ("elu", "gelu", "selu", "sigmoid", "silu", "softmax", "softplus", "tanh"):
        gradcheck(function, inputs, order=3)


@pytest.mark.parametrize("name", registry)
def test_without_a_gradient_no_node_is_made(name):
    with torch.no_grad():
        out = first(getattr(ops, name)(*given(name)))
    assert out.grad_fn is None and not out.requires_grad


@pytest.mark.parametrize(
    "name",
    ["relu", "elu", "sigmoid", "tanh", "leaky_relu", "selu", "softplus", "gelu", "silu"],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_value_depends_on_its_input_alone(name, dtype):
    """Not on its position, the array's length, strides, or the neighbours; nor does a gradient."""
    function = getattr(ops, name)
    values = np.random.default_rng(0).normal(0, 8, 1031).astype(dtype.numpy)
    x = torch.tensor(values, requires_grad=True)
    whole = function(x)
    (slopes,) = torch.autograd.grad(whole, x, torch.ones(1031, dtype=dtype))
    for part in (slice(0, 1), slice(3, 40), slice(5, None), slice(None, None, 7)):
        for array in (values[part], values[part].copy(), values[part][::-1][::-1].copy()):
            y = torch.from_numpy(array).requires_grad_()
            out = function(y)
            (slope,) = torch.autograd.grad(out, y, torch.ones(len(array), dtype=dtype))
            np.testing.assert_array_equal(out.array, whole.array[part])
            np.testing.assert_array_equal(slope.array, slopes.array[part])


def test_what_is_registered_must_fit_together():
    def definition(x, alpha):
        return x * alpha

    def compute(x, beta):
        return x * beta, ()

    with pytest.raises(TypeError, match="definition and compute must have the same parameters"):
        Fused("Wrong", definition, compute, None, tensors=["x"], saves=["x"])
    with pytest.raises(TypeError, match="tensors must be the first parameters"):
        Fused("Wrong", definition, definition, None, tensors=["alpha"], saves=[])
    with pytest.raises(TypeError, match="gradient_on_tensors goes with saving the result"):
        Fused("Wrong", definition, definition, None, tensors=["x"], saves=["out"])
    assert "test_fused" not in registry
