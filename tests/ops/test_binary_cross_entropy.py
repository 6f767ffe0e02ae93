"""Binary cross entropy: both clamps, certainty, what is refused."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.binary_cross_entropy import binary_cross_entropy, definition
from minigrad.testing import gradcheck


@pytest.mark.parametrize("scale", [1, 1e-3])
def test_close_to_certainty_differences_still_agree(scale):
    p = torch.tensor([0.01 * scale, 1 - 0.01 * scale], dtype=torch.float64, requires_grad=True)
    target = torch.tensor([1.0, 0.25], dtype=torch.float64)
    gradcheck(lambda p: binary_cross_entropy(p, target), p, step=0.001 * scale, order=2)


@pytest.mark.parametrize("function", [binary_cross_entropy, definition])
def test_logarithms_are_clamped_at_100_and_the_denominator_at_1e_12(function):
    p = torch.tensor([0.0, 1.0, 0.0, 1.0, -0.0], dtype=torch.float64, requires_grad=True)
    target = torch.tensor([0.0, 1.0, 1.0, 0.0, 0.25], dtype=torch.float64)
    rest = (None, "none") if function is binary_cross_entropy else (None, None)
    out = function(p, target, *rest)
    assert out.tolist() == [0.0, 0.0, 100.0, 100.0, 25.0]
    (slope,) = torch.autograd.grad(out, p, torch.ones(5, dtype=torch.float64))
    np.testing.assert_allclose(slope.array, [0.0, 0.0, -1e12, 1e12, -0.25e12], rtol=1e-12)


def test_gradient_of_the_target_is_the_difference_of_clamped_logarithms():
    p = torch.tensor([0.0, 0.25, 1.0], dtype=torch.float64)
    target = torch.tensor([0.3, 0.3, 0.3], dtype=torch.float64, requires_grad=True)
    binary_cross_entropy(p, target, reduction="sum").backward()
    np.testing.assert_allclose(target.grad.array, [100.0, math.log(3), -100.0], rtol=1e-12)


def test_where_the_denominator_is_clamped_the_slope_is_differentiated_by_the_target_too():
    p = torch.tensor(1e-13, dtype=torch.float64, requires_grad=True)
    target = torch.tensor(0.25, dtype=torch.float64, requires_grad=True)
    loss = binary_cross_entropy(p, target)
    slopes = torch.autograd.grad(loss, (p, target), create_graph=True)
    expected = [(p.item() - 0.25) / 1e-12, math.log1p(-1e-13) - math.log(1e-13)]
    assert [each.item() for each in slopes] == pytest.approx(expected, rel=1e-12)
    by_p, by_target = torch.autograd.grad(slopes[0], (p, target), retain_graph=True)
    assert (by_p.item(), by_target.item()) == pytest.approx((1e12, -1e12), rel=1e-12)
    by_p, by_target = torch.autograd.grad(slopes[1], (p, target), allow_unused=True)
    assert by_p.item() == pytest.approx(-1e12, rel=1e-12) and by_target is None


def test_the_gradient_in_float32_saturates_where_the_sigmoid_does():
    x = torch.tensor([20.0, -20.0], requires_grad=True)
    p = torch.sigmoid(x)
    binary_cross_entropy(p, torch.tensor([0.0, 0.0]), reduction="none").sum().backward()
    assert x.grad.array[0] == 0.0
    assert x.grad.array[1] == pytest.approx(math.exp(-20), rel=1e-6)


@pytest.mark.parametrize(
    "function", [binary_cross_entropy, lambda p, t: definition(p, t, None, None)]
)
@pytest.mark.parametrize("bad", [1.0000001, -1e-30, math.nan, math.inf])
def test_what_is_no_probability_is_refused(function, bad):
    with pytest.raises(RuntimeError, match="all elements of input should be between 0 and 1"):
        function(torch.tensor([0.5, bad]), torch.tensor([0.5, 0.5]))


def test_empty():
    p, target = torch.zeros(0, 3, requires_grad=True), torch.zeros(0, 3)
    mean = binary_cross_entropy(p, target)
    assert math.isnan(mean.item())
    mean.backward()
    assert p.grad.shape == (0, 3)
    assert binary_cross_entropy(p, target, reduction="sum").item() == 0.0


def test_a_weight_broadcasts():
    p, target = torch.full((2, 3), 0.25), torch.zeros(2, 3)
    losses = binary_cross_entropy(p, target, torch.tensor([1.0, 2.0, 0.0]), "none").array
    np.testing.assert_allclose(losses / losses[0, 0], [[1.0, 2.0, 0.0]] * 2, rtol=1e-6)


def test_probabilities_and_targets_of_different_sizes_are_refused():
    with pytest.raises(ValueError, match=r"target size \(minigrad.Size\(\[3\]\)\)"):
        binary_cross_entropy(torch.ones(2), torch.ones(3))


def test_a_target_that_has_a_gradient_changes_no_loss():
    """The logarithm of 1 - p is not that of a rounded 1 - p, which is off by 1e-5 here."""
    p = torch.tensor([9.18398873e-05, 1e-7, 1.0, 0.0])
    loss = torch.nn.functional.binary_cross_entropy
    wanted, found = (
        loss(p, p.clone().requires_grad_(of), reduction="none") for of in (False, True)
    )
    np.testing.assert_allclose(found.detach().numpy(), wanted.numpy(), rtol=1e-6)
