"""Tensors and modules are checked alike, minigrad's and PyTorch's."""

import subprocess
import sys

import numpy as np
import pytest

from minigrad.testing import GradientError, gradcheck, gradgradcheck


def test_functions_and_modules(torch):
    x = torch.tensor([[0.5, -1.5], [2.0, 0.25], [1.0, -0.75]], requires_grad=True)
    network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.ELU())
    assert gradgradcheck(torch.tanh, x)
    assert gradcheck(network, x)
    assert x.dtype == torch.float32 and network[1].num_batches_tracked == 0
    kinks = gradcheck(torch.relu, torch.zeros(2, dtype=torch.float64, requires_grad=True)).kinks
    assert len(kinks) == 2


def test_a_function_of_ones_own(torch):
    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * 1.999 * x, None

    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    with pytest.raises(GradientError) as caught:
        gradcheck(Square.apply, [x, 3])
    library = torch.__name__
    assert f"{library}.tensor([1.0, 2.0], dtype={library}.float64)" in str(caught.value)


def test_a_function_may_reach_inputs_by_other_ways_than_its_arguments(torch):
    layer = torch.nn.Linear(2, 1)
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    assert gradcheck(lambda x, *parameters: layer(x), [x, *layer.parameters()])
    with pytest.raises(GradientError, match=r"by input 1 at \(0, 0\)"):
        gradcheck(lambda x, weight: x @ layer.weight.detach().T, [x, layer.weight])


def test_a_fault_in_float32_alone(torch):
    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            return grad * (2.001 if grad.dtype == torch.float32 else 2)

    x = torch.ones(2, requires_grad=True)
    assert gradcheck(Wrong.apply, x.detach().double().requires_grad_())
    with pytest.raises(GradientError) as caught:
        gradcheck(Wrong.apply, x)
    assert caught.value.dtype == "float32"
    assert "  in float32  2.00" in str(caught.value) and "  in float64  2.0 ± " in str(
        caught.value
    )


def test_rounding_of_float32_is_not_a_fault(torch):
    nearly_constant = 100 + 1e-3 * np.random.default_rng(0).normal(size=(6, 2))
    x = torch.tensor(nearly_constant, dtype=torch.float32, requires_grad=True)
    assert gradcheck(torch.nn.BatchNorm1d(2), x)
    network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3), torch.nn.ELU())
    x = torch.tensor([[0.5, -1.5], [2.0, 0.25], [1.0, -0.75]])
    for seed in range(10):  # the bias' gradient is 0, of terms that are not
        torch.manual_seed(seed)
        torch.nn.init.uniform_(network[0].weight, -1, 1)
        assert gradcheck(network, x)


def test_pytorch_is_not_imported():
    script = (
        "import sys, numpy as np, minigrad; from minigrad.testing import gradcheck\n"
        "gradcheck(minigrad.exp, minigrad.ones(1, requires_grad=True))\n"
        "gradcheck(np.exp, 1.0, gradient=lambda grad, x: grad * np.exp(x))\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
