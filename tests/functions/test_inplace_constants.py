"""Constants, numbers and tensors written over all elements: what is there, and which gradients?"""

import numpy as np
import pytest

CONSTANTS = {
    "FillBackward2": lambda y: y.fill_(3),
    "ZeroBackward0": lambda y: y.zero_(),
    "UniformBackward0": lambda y: y.uniform_(3.0, 4.0),
    "NormalBackward0": lambda y: y.normal_(5.0, 0.1),
    "BernoulliBackward2": lambda y: y.bernoulli_(0.5),
    "RandomBackward0": lambda y: y.random_(7, 9),
    "CopyBackwards": lambda y: y.copy_(y.detach() + 1),
}


@pytest.mark.parametrize("name", CONSTANTS)
def test_nor_through_a_view(torch, name):
    for take in (lambda y: y[:2], lambda y: y.view(3, 1), lambda y: y.view(1, 3)[0]):
        x = torch.ones(3, requires_grad=True)
        y = x * 2
        view = CONSTANTS[name](take(y))
        for out in (view, y):
            (grad,) = torch.autograd.grad(out.sum(), x, retain_graph=True)
            assert grad[: view.numel()].tolist() == [0.0] * view.numel()


@pytest.mark.parametrize("name", CONSTANTS)
def test_no_gradient_is_left_for_what_was_overwritten(torch, name):
    x = torch.ones(3, requires_grad=True)
    y = x * 2
    assert CONSTANTS[name](y) is y and not (y == 2).any()
    assert y._version == 1 and y.grad_fn.name().rpartition(":")[2] == name
    (y * x).sum().backward()
    assert x.grad.tolist() == y.tolist()


def test_constants_reach_any_layout_and_dtype(torch):
    for dtype in (torch.float32, torch.float64, torch.int64, torch.bool):
        x = torch.zeros(2, 3, dtype=dtype)
        x.T[1:].fill_(1)
        assert x.tolist() == [[0, 1, 1], [0, 1, 1]]
    x = torch.zeros(2, 3, dtype=torch.int64)
    x[0].copy_(torch.tensor([1.9, -1.9, 0.0]))
    assert x.tolist() == [[1, -1, 0], [0, 0, 0]]


def test_a_tensor_of_one_number_fills_and_gets_the_gradient(torch):
    value = torch.tensor(2.0, requires_grad=True)
    y = torch.zeros(3)
    y.fill_(value)
    (y * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
    assert (y.tolist(), value.grad.item()) == ([2.0, 2.0, 2.0], 6.0)


def test_numbers_are_copied_as_tensors_are(torch):
    x = torch.zeros(2, requires_grad=True) * 1
    assert x.copy_(1e300).tolist() == [torch.inf] * 2 and x.copy_(2**63).tolist() == [2.0**63] * 2
    assert x.grad_fn.name().endswith("::CopyBackwards")
    assert torch.zeros(1, dtype=torch.float64).copy_(0.1).item() == 0.1
    assert torch.zeros(1, dtype=torch.int64).copy_(2.7).item() == 2


def test_numbers_of_numpys_are_copied(torch):
    x = torch.zeros(2)
    assert x.copy_(np.float64(2.5)).tolist() == [2.5, 2.5]
    assert x.copy_(np.bool_(True)).tolist() == [1.0, 1.0]
