"""A view or its base is changed in place: which history has the other, and with no elements?"""

import numpy as np
import pytest


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
    y.reshape(3, 1).exp_()
    return y.log()


def history_through_view(x):
    y = x.detach() * 1
    y[0:1].mul_(x[0:1])
    return y * x


@pytest.mark.parametrize(
    ("function", "truth"),
    [
        (changed_after_view, [6.0, 6.0, 0.0]),
        (changed_through_view, [6.0, 2.0, 2.0]),
        (changed_through_reshaped_view, [2.0, 2.0, 2.0]),
        (history_through_view, [2.0, 1.0, 1.0]),
    ],
)
def test_views_and_their_base_share_their_history(torch, function, truth):
    x = torch.ones(3, requires_grad=True)
    function(x).sum().backward()
    np.testing.assert_allclose(x.grad.numpy(), truth, rtol=1e-6)


def test_empty_tensors_change_too(torch):
    for shape in ((0, 2), (2, 0)):
        x = torch.zeros(shape, requires_grad=True)
        y = x * 2
        y.add_(1).zero_().exp_()
        y.sum().backward()
        assert x.grad.shape == shape


def filled(y):
    y[True] = 5


@pytest.mark.parametrize(
    "change",
    [
        lambda y: y[None].fill_(5.0),
        lambda y: y[::2].mul_(2),
        lambda y: y.squeeze().mul_(2),
        lambda y: y.t().add_(1),
        lambda y: y.view(3, 0, 1).exp_(),
        filled,
    ],
)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_views_of_empty_tensors_change_too(torch, change, shape):
    x = torch.zeros(shape, requires_grad=True)
    y = x.clone()
    change(y)
    (y * y).sum().backward()
    assert x.grad.shape == shape


def test_an_empty_view_changes_nothing(torch):
    x = torch.ones(3, 2, requires_grad=True)
    y = x * 1
    y[3:].mul_(2)
    y[:, 2:].t().fill_(7)
    y.sum().backward()
    assert x.grad.tolist() == [[1.0, 1.0]] * 3


def test_a_view_made_without_a_graph_may_want_a_gradient_itself(torch):
    base = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        view, other = base[:1], base[1:]
    view.requires_grad_()
    assert other.requires_grad and other.is_leaf
    (view * 2 + other * 3).sum().backward()
    assert view.grad.tolist() == [2.0] and other.grad is None and base.grad is None
    (other * 1).sum()
    base.requires_grad_(False)
    assert view.requires_grad and not other.requires_grad


def test_a_changed_view_of_what_has_no_history_keeps_a_place_that_leads_nowhere(torch):
    leaf = torch.ones(4).view(2, 2).requires_grad_()
    view = leaf[:1]
    with torch.no_grad():
        view.mul_(2)
    assert view.requires_grad and view.grad_fn.name() == "AsStridedBackward0"
    view.sum().backward()
    assert leaf.grad is None


def test_what_is_assigned_is_spread_before_it_is_looked_for_in_the_target(torch):
    """So the same elements may be assigned to themselves, and a row of them to all rows."""
    x = torch.arange(4.0).view(2, 2)
    with torch.no_grad():
        x[None] = x
        x[0, 0][None] = x[0, 0]
    assert x.tolist() == [[0.0, 1.0], [2.0, 3.0]]
    x[None] = x[0, None]
    assert x.tolist() == [[0.0, 1.0], [0.0, 1.0]]
    with pytest.raises(RuntimeError, match="refer to a single memory location"):
        x[None] = x.t()


def test_what_may_be_asked_of_a_view_without_a_graph_after_a_change_of_its_base(torch):
    """What has no gradient, unless it takes a magnitude on the way, which has one."""
    base = torch.ones(3, requires_grad=True) * 1
    with torch.no_grad():
        view = base[:2]
    base.mul_(2)
    for told in (view.isnan(), view.isinf(), view.bool(), view.long(), view == 2, view.float()):
        assert told.tolist() in ([0, 0], [1, 1], [2, 2])
    for refused in (
        lambda: view.isfinite(),
        lambda: view.isclose(view),
        lambda: torch.isclose(torch.ones(2), view),
        lambda: view.abs(),
        lambda: view.double(),
    ):
        with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
            refused()
    with torch.no_grad():
        assert view.isfinite().all() and view.isclose(view).all()
    assert torch.allclose(view, view)
