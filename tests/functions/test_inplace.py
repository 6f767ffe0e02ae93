"""Changes in place: values, history, versions, and what is refused."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing import gradcheck


def numbers(*shape, grad=False):
    values = np.random.default_rng(0).uniform(0.5, 2.0, shape)
    return torch.tensor(values, requires_grad=grad)


CHANGES = [
    lambda y, b: y.add_(b),
    lambda y, b: y.add_(b, alpha=-2.5),
    lambda y, b: y.sub_(b, alpha=2),
    lambda y, b: y.mul_(b),
    lambda y, b: y.div_(b),
    lambda y, b: y.copy_(b),
    lambda y, b: y.mul_(b).add_(y).div_(b),
    lambda y, b: y.add_(2).mul_(0.5),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("shape", [(2, 3), (3,), ()])
def test_gradients_flow_through(change, shape):
    """Also into an operand that broadcasts."""

    def function(x, b):
        y = x * 1.0
        assert change(y, b) is y
        return y * y

    gradcheck(function, [numbers(2, 3, grad=True), numbers(*shape, grad=True)], order=2)


def test_operators():
    x = torch.tensor([1.0, 2.0])
    same = x
    x += 1
    x *= 3
    x -= torch.tensor([1.0, 0.0])
    x /= 2
    assert same is x and x.tolist() == [2.5, 4.5]
    assert x._version == 4


def test_constants_end_the_history():
    torch.manual_seed(0)
    for change in (torch.Tensor.zero_, lambda y: y.fill_(3), lambda y: y.uniform_(2.0, 3.0),
                   lambda y: y.normal_(5.0, 0.1), lambda y: y.copy_(torch.ones(3))):  # fmt: skip
        y = torch.ones(3, requires_grad=True) * 2
        change(y)
        assert not y.requires_grad and y.grad_fn is None and y._version == 1
        assert not (y.array == 2).any()


def test_constants_reach_any_layout_and_dtype():
    for dtype in (torch.float32, torch.float64, torch.int64, torch.bool):
        x = torch.zeros(2, 3, dtype=dtype)
        x.T[1:].fill_(1)
        assert x.tolist() == [[0, 1, 1], [0, 1, 1]]
    x = torch.zeros(2, 3, dtype=torch.int64)
    x[0].copy_(torch.tensor([1.9, -1.9, 0.0]))
    assert x.tolist() == [[1, -1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda x: x.add_(1), "a leaf Variable that requires grad is being used in an in-place"),
        (lambda x: x.fill_(1), "a leaf Variable that requires grad"),
        (lambda x: x.copy_(torch.ones(2)), "a leaf Variable that requires grad"),
        (lambda x: x.uniform_(), "a leaf Variable that requires grad"),
        (lambda x: x[0:1].mul_(2), "a view of a leaf Variable that requires grad"),
        (lambda x: (x * 1).add_(torch.ones(2, 2)), r"output with shape \[2\] doesn't match the"),
        (lambda x: torch.ones(2).long().add_(0.5), "result type Float can't be cast"),
        (lambda x: torch.ones(2).long().div_(2), "result type Float can't be cast"),
        (lambda x: (y := x * 1).mul_(y).sum().backward(), "modified by an inplace operation"),
        (lambda x: torch.ones(2).bool().add_(1), "result type Long can't be cast"),
    ],
)
def test_refused(wrong, message):
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError, match=message):
        wrong(x)
    assert x.tolist() == [1.0, 1.0] and x._version == 0


def test_leaves_may_change_where_no_graph_is_made():
    x = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        x.add_(1)
        x[0:1].mul_(3)
    x.detach().mul_(2)
    x.data.add_(1)
    assert x.tolist() == [13.0, 5.0] and x.is_leaf and x.requires_grad
    assert x._version == 3  # `data` hides its changes, `detach` does not


def gradient_or_refusal(function):
    """What arrives at x, or None if an error said that it cannot."""
    x = torch.ones(3, requires_grad=True)
    try:
        function(x).sum().backward()
    except RuntimeError:
        return None
    return x.grad.tolist()


def changed_after_view(x):
    y = x * 2
    view = y[0:2]
    y.mul_(3)
    return view


def changed_through_view(x):
    y = x * 2
    y[0:1].mul_(3)
    return y


def changed_through_reshaped_view(x):
    y = x * 2
    y.reshape(3, 1).mul_(torch.full((3, 1), 3.0))
    return y


def history_through_view(x):
    y = torch.ones(3)
    y[0:1].mul_(x[0:1])
    return y * x


@pytest.mark.parametrize(
    ("function", "truth"),
    [
        (changed_after_view, [6.0, 6.0, 0.0]),
        (changed_through_view, [6.0, 2.0, 2.0]),
        (changed_through_reshaped_view, [6.0, 6.0, 6.0]),
        (history_through_view, [2.0, 1.0, 1.0]),
    ],
)
def test_views_and_their_base_never_give_a_wrong_gradient(function, truth):
    assert gradient_or_refusal(function) in (truth, None)
