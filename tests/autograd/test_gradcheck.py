"""`autograd.gradcheck` is called as PyTorch's, and answers as it does."""

import warnings
from importlib import import_module

import pytest

import minigrad
from minigrad.testing import gradcheck as checker


def error_of(torch):
    """Where PyTorch has it: `autograd.gradcheck` is the function there, too."""
    return import_module(f"{torch.__name__}.autograd.gradcheck").GradcheckError


def numbers(torch):
    return torch.tensor([[1.0, -2.0], [0.5, 0.25]], dtype=torch.float64, requires_grad=True)


def cube(torch, slope, detached=False):
    """x³ with a gradient of slope · x², through which there may be no further gradient."""

    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**3

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * slope * (x.detach() if detached else x) ** 2

    return Cube.apply


def test_right_gradients_pass(torch):
    x, row = numbers(torch), torch.ones(2, dtype=torch.float64, requires_grad=True)
    check, functional = torch.autograd.gradcheck, torch.nn.functional
    assert check(cube(torch, 3), x) is True
    assert check(cube(torch, 3), (x,), eps=1e-6, atol=1e-4, rtol=1e-3, fast_mode=True)
    assert check(functional.linear, [x, row], check_undefined_grad=False)
    assert check(torch.nn.BatchNorm1d(2).double(), (x,), nondet_tol=1e-9)
    assert check(lambda x, y: (x * y, x + y), (x, row))
    assert torch.autograd.gradgradcheck(cube(torch, 3), (x,)) is True
    assert torch.autograd.gradgradcheck(functional.silu, (x,), (torch.ones_like(x),))


def test_wrong_gradients_are_told(torch):
    x, wrong, constant = numbers(torch), cube(torch, 2), cube(torch, 3, detached=True)
    check, twice = torch.autograd.gradcheck, torch.autograd.gradgradcheck
    assert check(wrong, x, raise_exception=False) is False
    assert check(constant, x) and twice(constant, x, raise_exception=False) is False
    with pytest.raises(error_of(torch), match="Jacobian mismatch for output 0"):
        check(wrong, (x,))
    with pytest.raises(RuntimeError, match="Jacobian mismatch"):
        twice(constant, (x,), (torch.ones_like(x).requires_grad_(),))
    with pytest.raises(error_of(torch)):
        check(lambda x: x * torch.rand(2, dtype=torch.float64), x)


def test_what_a_small_error_needs_to_pass(torch):
    almost = cube(torch, 3.003)
    assert torch.autograd.gradcheck(almost, numbers(torch), rtol=1e-2)
    assert not torch.autograd.gradcheck(almost, numbers(torch), rtol=1e-4, raise_exception=False)


def test_what_cannot_be_checked(torch):
    x = numbers(torch)
    with pytest.raises(ValueError, match="gradient"):
        torch.autograd.gradcheck(torch.exp, (x.detach(),))
    with pytest.raises(TypeError):
        torch.autograd.gradcheck(torch.exp, (x,), 1e-6)
    if torch is minigrad:
        with pytest.raises(NotImplementedError, match="check_forward_ad must be False"):
            torch.autograd.gradcheck(torch.exp, x, check_forward_ad=True)
        with pytest.raises(ValueError, match="check_rev_over_rev"):
            torch.autograd.gradgradcheck(torch.exp, x, check_rev_over_rev=False)


def test_nothing_is_warned_of_where_there_are_no_elements():
    x = minigrad.ones(0, 4, dtype=minigrad.float64, requires_grad=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert checker(lambda x: (x * 2, x.sum(0)), x, order=2)
