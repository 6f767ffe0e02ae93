"""Which changes in place are refused, in which words, and what has happened by then?"""

import pytest


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda t, x: x.add_(1), "a leaf Variable that requires grad is being used in an in-plac"),
        (lambda t, x: x.exp_(), "a leaf Variable that requires grad is being used in an in-plac"),
        (lambda t, x: x.fill_(1), "a leaf Variable that requires grad"),
        (lambda t, x: x.copy_(t.ones(2)), "a leaf Variable that requires grad"),
        (lambda t, x: x.uniform_(), "a leaf Variable that requires grad"),
        (lambda t, x: x[0:1].mul_(2), "a view of a leaf Variable that requires grad"),
        (
            lambda t, x: (x * 1).add_(t.ones(2, 2)),
            r"output with shape \[2\] doesn't match the broadcast shape \[2, 2\]",
        ),
        (lambda t, x: t.ones(2).long().add_(0.5), "result type Float can't be cast to the desir"),
        (lambda t, x: t.ones(2).long().div_(2), "result type Float can't be cast"),
        (lambda t, x: t.ones(2).long().exp_(), "result type Float can't be cast"),
        (lambda t, x: t.ones(2).bool().add_(1), "result type Long can't be cast"),
        (lambda t, x: t.ones(2).long().pow_(-1), "Integers to negative integer powers"),
        (lambda t, x: (y := x * 1).mul_(y).sum().backward(), "modified by an inplace operation"),
        (lambda t, x: t.ones(1).expand(2).add_(1), "more than one element of the written-to"),
        (lambda t, x: t.ones(1).expand(2).copy_(1), "more than one element of the written-to"),
        (lambda t, x: t.ones(1).expand(2).fill_(t.ones(())), "more than one element of the"),
        (lambda t, x: (x[:1] * 2).expand(2).zero_().sum().backward(), "more than one element"),
        (lambda t, x: t.ones(2).fill_(t.ones(2)), "fill_ only supports 0-dimension value tensor"),
        (lambda t, x: t.ones(2).bernoulli_(2.0), r"expects p to be in \[0, 1\], but got p=2"),
    ],
)
def test_refused(torch, wrong, message):
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError, match=message):
        wrong(torch, x)
    assert x.tolist() == [1.0, 1.0] and x._version == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda t: t.ones(3).cumsum_(0, dtype=t.int64), "tensor dtype float and output tensor dt"),
        (lambda t: t.tensor([True]).cumsum_(0), "not implemented for 'Bool'"),
        (lambda t: t.ones(3).eq_(t.ones(2, 3)), r"shape \[3\] doesn't match the broadcast shape"),
        (lambda t: t.ones(3, requires_grad=True).ge_(1), "leaf Variable that requires grad"),
        (lambda t: t.ones(3, requires_grad=True).cumsum_(9), "leaf Variable that requires grad"),
        (lambda t: t.ones(3).triu_(), "at least 2 dimensions"),
        (lambda t: t.arange(3).scatter_(0, t.tensor([7]), 1), "index 7 is out of bounds"),
        (lambda t: (lambda x: x.scatter_(0, x, x))(t.arange(3)), "refer to a single memory"),
        (lambda t: (lambda x: x.scatter_add_(0, x, x))(t.arange(4)[::2]), "refer to a single mem"),
        (lambda t: (lambda x: x[1:].lt_(x[:-1]))(t.ones(3)), "refer to a single memory"),
    ],
)
def test_comparisons_sums_and_scattering_refused(torch, wrong, message):
    with pytest.raises((RuntimeError, NotImplementedError), match=message):
        wrong(torch)


def test_leaves_may_change_where_no_graph_is_made(torch):
    x = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        x.add_(1)
        x[0:1].mul_(3)
    x.detach().mul_(2)
    x.data.add_(1)
    assert x.tolist() == [13.0, 5.0] and x.is_leaf and x.requires_grad
    assert x._version == 3  # `data` hides its changes, `detach` does not


def test_a_view_of_what_joined_the_graph_since_counts_as_a_leaf(torch):
    source = torch.ones(2, requires_grad=True)
    y = torch.zeros(3)
    first, others = y[0], y[1:]
    others.copy_(source)
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        first.add_(1)
    y[0].add_(1)
    assert y.tolist() == [1.0, 1.0, 1.0] and first.requires_grad


def without_a_graph(torch):
    leaf = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        view = leaf[:1]
        leaf.mul_(3)
    return view


def one_of_several(torch):
    base = torch.ones(2, requires_grad=True) * 1
    first, _ = base.unbind()
    base.mul_(3)
    return first


@pytest.mark.parametrize("view", [without_a_graph, one_of_several])
@pytest.mark.parametrize("change", [
    lambda t, y, v: y.ge_(v), lambda t, y, v: y.eq_(v), lambda t, y, v: y.fill_(v),
    lambda t, y, v: y.masked_fill_(t.tensor([True, False]), v),
])  # fmt: skip
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "bool"])
def test_by_a_view_that_may_not_be_used_nothing_is_changed(torch, view, change, dtype):
    y = torch.zeros(2, dtype=getattr(torch, dtype))
    with pytest.raises(RuntimeError, match=r"view .*and its base or another view of its base"):
        change(torch, y, view(torch))
    assert y.tolist() == [0, 0] and y._version == 0


@pytest.mark.parametrize("view", [without_a_graph, one_of_several])
def test_such_a_view_is_copied_where_no_gradient_could_go(torch, view):
    y, whole = torch.zeros(2), torch.zeros(2, dtype=torch.int64)
    whole.copy_(view(torch))
    with pytest.raises(RuntimeError, match=r"view .*and its base or another view of its base"):
        y.copy_(view(torch))
    assert whole.tolist() == [3, 3] and y.tolist() == [0.0, 0.0]


def test_a_view_that_may_not_be_used_has_no_order(torch):
    leaf = torch.ones(2, requires_grad=True)
    y = leaf * 2
    with torch.no_grad():
        view = y[:]
    y.mul_(3)
    with pytest.raises(RuntimeError, match="view was created in no_grad mode and its base"):
        torch.argsort(view)


def test_a_view_that_may_not_be_used_is_compared_all_the_same(torch):
    base, wide = torch.zeros(2), torch.ones(2, dtype=torch.float64, requires_grad=True)
    with torch.no_grad():
        view = base[:]
    base.mul_(wide)
    assert (view == base.detach()).tolist() == [True, True]
    assert (view < wide).tolist() == [True, True]


@pytest.mark.parametrize("function", [
    lambda t, x: x * x, lambda t, x: x.sin(), lambda t, x: x**3, lambda t, x: x.prod(),
    lambda t, x: x.matmul(x), lambda t, x: x.max(), lambda t, x: t.nn.functional.elu(x),
    lambda t, x: t.nn.functional.linear(x, x), lambda t, x: t.nn.functional.mse_loss(x, x * 0),
])  # fmt: skip
def test_what_a_gradient_looks_at_may_not_lose_its_history(torch, function):
    """A gradient of this gradient would not follow it."""
    leaf = torch.tensor([[1.0, 2.0], [3.0, 5.0]], requires_grad=True)
    x = leaf * 1
    y = function(torch, x)
    x.detach_()
    with pytest.raises(RuntimeError, match="saved tensor that has been detached in-place"):
        y.sum().backward()


@pytest.mark.parametrize("function", [
    lambda t, x: x + x, lambda t, x: x * 3, lambda t, x: x.t(), lambda t, x: x.exp(),
    lambda t, x: x.softmax(0), lambda t, x: x.relu(),
])  # fmt: skip
def test_what_no_gradient_looks_at_may_lose_its_history(torch, function):
    leaf = torch.tensor([[1.0, 2.0], [3.0, 5.0]], requires_grad=True)
    x = leaf * 1
    y = function(torch, x)
    x.detach_().requires_grad_()
    y.sum().backward()
    assert leaf.grad is not None and x.grad is None
    (x * x).sum().backward()  # kept as what it is by now
    assert x.grad.tolist() == (2 * leaf.detach()).tolist()
