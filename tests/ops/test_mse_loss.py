"""Mean squared error: broadcasting, nothing, extremes, small terms of a large sum."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.mse_loss import mse_loss


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
