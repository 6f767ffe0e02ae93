"""`Variable`: a tensor of the same memory, as old scripts ask for it."""

import pytest


def test_it_is_a_tensor_over_the_same_memory(torch):
    x = torch.ones(2)
    variable = torch.autograd.Variable(x, requires_grad=True)
    assert type(variable) is torch.Tensor and variable.requires_grad and not x.requires_grad
    x.add_(1)
    assert variable.tolist() == [2.0, 2.0] and variable._version == 1
    (variable * variable).sum().backward()
    assert variable.grad.tolist() == [4.0, 4.0] and x.grad is None


def test_it_has_no_history(torch):
    y = torch.ones(2, requires_grad=True) * 2
    variable = torch.autograd.Variable(y)
    assert variable.is_leaf and not variable.requires_grad
    assert type(torch.autograd.Variable(torch.nn.Parameter(y.detach()))) is torch.Tensor
    assert torch.autograd.Variable().shape == (0,)


def test_every_tensor_is_one(torch):
    assert isinstance(torch.ones(2), torch.autograd.Variable)
    assert isinstance(torch.nn.Parameter(torch.ones(2)), torch.autograd.variable.Variable)
    assert not isinstance([1.0], torch.autograd.Variable)


def test_volatile_is_over(torch):
    with pytest.warns(UserWarning, match="volatile was removed and now has no effect. Use `with "):
        assert not torch.autograd.Variable(torch.ones(2), volatile=True).requires_grad


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (lambda t: ([1.0],), "TypeError: Variable data has to be a tensor, but got list"),
        (lambda t: (t.tensor([1]), True), "RuntimeError: Only Tensors of floating point "),
        (lambda t: (t.ones(2), None), "TypeError: 'NoneType' object cannot be interpreted as an"),
    ],
)
def test_refused(torch, failure, arguments, error):
    found = failure(torch.autograd.Variable, *arguments(torch))
    assert found.lower().startswith(error.lower())
