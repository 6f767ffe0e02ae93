"""Views, their base, and changes in place of either: histories, and what is forbidden."""

import pytest


@pytest.fixture
def x(torch):
    return torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)


def name_of(tensor):
    return tensor.grad_fn.name().rpartition(":")[2]


def test_a_change_of_the_base_reaches_its_views_and_the_other_way_round(x):
    base = x * 1
    head, tail = base[:2], base[2:]
    base.mul_(2)
    tail.mul_(10)
    assert name_of(base) == "CopySlices" and name_of(head) == name_of(tail) == "AsStridedBackward0"
    (head.sum() + 100 * tail.sum()).backward()
    assert x.grad.tolist() == [2.0, 2.0, 2000.0, 2000.0]


def test_retain_grad_follows_base_and_views(x):
    base = x * 1
    view = base.view(2, 2)
    base.retain_grad()
    view.retain_grad()
    view[0].mul_(3)
    assert base.retains_grad and view.retains_grad
    (view * 2).sum().backward()
    assert base.grad.tolist() == [2.0] * 4 and view.grad.tolist() == [[2.0, 2.0]] * 2


def test_a_view_without_history_says_what_its_base_does(torch, x):
    with torch.no_grad():
        view = x.view(2, 2)
        assert not (view * 2).requires_grad
    assert view.requires_grad and view.is_leaf and view.grad_fn is None
    (view * 2).sum().backward()  # which ends there
    assert x.grad is None and view.grad is None
    constant = torch.ones(2)
    early = constant[:1]
    constant.requires_grad_()
    assert early.requires_grad
    constant.requires_grad_(False)
    assert not early.requires_grad


def in_no_grad(torch, base):
    with torch.no_grad():
        return base.view(4)


def in_inference_mode(torch, base):
    with torch.inference_mode():
        return base.view(4)


def of_a_function(torch, base):
    class Viewed(torch.autograd.Function):
        @staticmethod
        def forward(ctx, base):
            return base.view(4)

        @staticmethod
        def backward(ctx, grad):
            return grad * 5

    return Viewed.apply(base)


RESTRICTED = {
    in_no_grad: "A view was created in no_grad mode and {} with grad mode enabled",
    in_inference_mode: "A view was created in inference mode and {} in normal mode",
    of_a_function: "Output 0 of Viewed is a view and {}. This view was created inside",
    lambda torch, base: base.unbind()[0]: "Output 0 of Unbind is a view and {}. This view is the",
    lambda torch, base: next(iter(base)): "Output 0 of Unbind is a view and {}. This view is the",
    lambda torch, base: base.split(2)[0]: "Output 0 of Split is a view and {}. This view is the",
}


@pytest.mark.parametrize("make", RESTRICTED)
def test_such_a_view_is_neither_changed_nor_used_after_a_change_of_its_base(torch, x, make):
    message = RESTRICTED[make]
    base = x * 1
    view = make(torch, base)
    with pytest.raises(RuntimeError, match=message.format("is being modified inplace")):
        view.mul_(2)
    base.mul_(2)
    changed = message.format("its base or another view of its base has been modified inplace")
    for use in (lambda: view * 2, lambda: view.grad_fn, lambda: view.is_leaf, view.sum):
        with pytest.raises(RuntimeError, match=changed):
            use()
    assert view.requires_grad and "grad_fn=<Invalid>" in repr(view)
    with torch.no_grad():
        view.mul_(2)
        assert not (view * 2).requires_grad
    base.sum().backward()
    assert x.grad.tolist() == [2.0] * 4
