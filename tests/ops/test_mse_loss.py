"""Mean squared error: the kernel against the definition, both against differences."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.losses.reduction import scale_of
from minigrad.ops.mse_loss import definition, fused, mse_loss
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, shapes, tensors

FEWER = settings.default.max_examples // 3


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    shape = data.draw(shapes())
    values = numbers(-1e3, 1e3, 0.0, -0.0, 1.0, of=dtype)
    wants = data.draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    x, target = (data.draw(tensors(shape, dtype, values, requires_grad=want)) for want in wants)
    scale = data.draw(st.none() | numbers(0.1, 1.0, 1.0))
    cotangent = data.draw(cotangents(shape if scale is None else (), dtype))
    assert_agreement(fused, [x, target], [scale], cotangent)


@pytest.mark.parametrize("function", [mse_loss, definition])
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, reduction, data):
    shape = data.draw(shapes(2, 2).filter(math.prod))
    values = numbers(-3.0, 3.0, 0.0)
    x, target = (data.draw(contiguous_tensors(shape, values)) for _ in range(2))
    rest = reduction if function is mse_loss else scale_of(reduction, math.prod(shape))
    gradcheck(function, [x, target, rest], order=2)


def test_sizes_broadcast():
    x = torch.tensor([[1.0], [2.0]], requires_grad=True)
    target = torch.tensor([0.0, 1.0, 3.0], requires_grad=True)
    loss = mse_loss(x, target, "sum")
    loss.backward()
    assert loss.item() == 1 + 0 + 4 + 4 + 1 + 1
    assert x.grad.tolist() == [[-2.0], [4.0]]
    assert target.grad.tolist() == [-6.0, -2.0, 6.0]


def test_nothing_to_average_and_extremes():
    x = torch.zeros(0, requires_grad=True)
    loss = mse_loss(x, torch.zeros(0))
    assert math.isnan(loss.item())
    loss.backward()
    assert x.grad.shape == (0,)
    assert mse_loss(torch.tensor([1e25]), torch.tensor([0.0])).item() == math.inf
    large = mse_loss(torch.tensor([1e19, 1e19]), torch.tensor([0.0, 0.0])).item()
    assert large == pytest.approx(1e38, rel=1e-6)  # the sum is too large for float32, not the mean


def test_the_sum_does_not_lose_small_terms():
    x = torch.tensor(np.array([4096.0, *[0.5] * 4096], np.float32))
    assert mse_loss(x, torch.zeros(4097), "sum").item() == 4096.0**2 + 1024
