"""The graph and the walk through it: what arrives, where, and what is refused."""

import threading

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch


def leaf(*values):
    return torch.tensor(values, requires_grad=True)


def test_gradients_add_up_over_paths_and_calls():
    x = leaf(1.0, 2.0)
    y = x * x
    (y + y * x).sum().backward()
    assert x.grad.tolist() == [2.0 + 3.0, 4.0 + 12.0]
    kept = x.grad
    (x * 3).sum().backward()
    assert x.grad is kept and kept.tolist() == [8.0, 19.0]
    assert kept._version == 1


def test_a_leaf_is_its_own_gradient():
    x = leaf(2.0)
    x.backward()
    x.backward(torch.tensor([3.0]))
    assert x.grad.tolist() == [4.0]
    assert torch.autograd.grad(x, x)[0].tolist() == [1.0]


@given(seed=st.integers(0, 2**32))
def test_any_graph_has_the_sum_over_its_paths(seed):
    """Random sums and products; the derivative by hand, forward along the same steps."""
    choice = np.random.default_rng(seed)
    x = leaf(0.5)
    values, slopes = [x], [1.0]
    for _ in range(12):
        a, b = choice.integers(len(values), size=2)
        if choice.integers(2):
            values.append(values[a] + values[b])
            slopes.append(slopes[a] + slopes[b])
        else:
            u, v = values[a].item(), values[b].item()
            values.append(values[a] * values[b] * 0.5)
            slopes.append(0.5 * (slopes[a] * v + u * slopes[b]))
    values[-1].backward()
    assert x.grad.item() == pytest.approx(slopes[-1], rel=1e-4, abs=1e-4)


def test_grad_does_not_accumulate_and_knows_intermediates():
    x = leaf(3.0)
    y = x * x
    z = y * x
    by_y, by_x = torch.autograd.grad(z, [y, x], retain_graph=True)
    assert (by_y.tolist(), by_x.tolist(), x.grad) == ([3.0], [27.0], None)
    assert torch.autograd.grad(z, [x, x])[1].tolist() == [27.0]


def test_third_order():
    x = leaf(2.0)
    y = x**4
    for expected in (32.0, 48.0, 48.0):
        (y,) = torch.autograd.grad(y, x, create_graph=True)
        assert y.tolist() == [expected]


def test_several_outputs_with_their_gradients():
    x = leaf(1.0, 2.0)
    a, b = x * 2, (x * x).sum()
    torch.autograd.backward([a, b], [torch.tensor([1.0, 10.0]), None])
    assert x.grad.tolist() == [4.0, 24.0]


def test_unused_inputs():
    x, unused = leaf(1.0), leaf(1.0)
    with pytest.raises(RuntimeError, match="index 1 appears to not have been used in the graph"):
        torch.autograd.grad(x * 2, [x, unused])
    assert torch.autograd.grad(x * 2, [x, unused], allow_unused=True)[1] is None
    with pytest.raises(RuntimeError, match="One of the differentiated Tensors does not require"):
        torch.autograd.grad(x * 2, torch.ones(1))
    with pytest.raises(RuntimeError, match="cannot be empty"):
        torch.autograd.grad(x * 2, [])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda x: (x * 2).backward(), "grad can be implicitly created only for scalar outputs"),
        (lambda x: x.detach().backward(), "does not require grad and does not have a grad_fn"),
        (lambda x: (x * 2).backward(torch.ones(3)), "Mismatch in shape"),
        (lambda x: torch.ones(1, dtype=torch.int64).requires_grad_(), "can require gradients"),
        (lambda x: (x * 2).requires_grad_(False), "only change requires_grad flags of leaf"),
        (lambda x: setattr(x, "grad", torch.ones(3)), "grad"),
        (lambda x: setattr(x, "grad", torch.ones(2).double()), "type"),
        (lambda x: x.detach().register_hook(print), "cannot register a hook on a tensor that"),
        (lambda x: x.numpy(), "Can't call numpy"),
    ],
)
def test_errors(wrong, message):
    with pytest.raises(RuntimeError, match=message):
        wrong(leaf(1.0, 2.0))
    with pytest.raises(TypeError, match="Tensor or None"):
        leaf(1.0).grad = 3


def test_a_graph_is_walked_once_unless_retained():
    x = leaf(1.0, 2.0)
    loss = (x * x).sum()
    loss.backward(retain_graph=True)
    loss.backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        loss.backward()
    fused = torch.sigmoid(x)
    fused.backward(torch.ones(2))
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        fused.backward(torch.ones(2))


@pytest.mark.filterwarnings("ignore:Using backward.. with create_graph")
@pytest.mark.parametrize("create_graph", [False, True])
def test_gradients_share_no_memory(create_graph):
    x, y = leaf(1.0), leaf(1.0)
    given_ = torch.ones(1)
    (x + y.reshape(1)).backward(given_, create_graph=create_graph)
    x.grad.detach().fill_(7.0)
    assert (y.grad.tolist(), given_.tolist()) == ([1.0], [1.0])


def test_the_gradient_has_the_leafs_dtype():
    x = leaf(1.0, 2.0)
    (x.double() * torch.ones(2, dtype=torch.float64)).sum().backward()
    (x * x).backward(torch.ones(2, dtype=torch.float64))
    assert x.grad.dtype is torch.float32


@pytest.mark.parametrize("of_leaf", [True, False])
def test_hooks_see_the_whole_gradient_and_may_replace_it(of_leaf):
    x = leaf(1.0)
    y = x if of_leaf else x * 1
    seen = []
    handles = [y.register_hook(lambda g: seen.append(g.item())), y.register_hook(lambda g: g * 10)]
    (y * 2 + y * 3).backward(retain_graph=True)
    assert (seen, x.grad.tolist()) == ([5.0], [50.0])
    for handle in handles:
        handle.remove()
    x.grad = None
    (y * 2).backward()
    assert (seen, x.grad.tolist()) == ([5.0], [2.0])


def chain(length):
    x = leaf(1.0)
    y = x
    for _ in range(length):
        y = y + 0.0
    y.backward()
    del y
    return x.grad.item()


@pytest.mark.parametrize("length", [25_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_long_chain_needs_no_deep_stack(length):
    """Neither to be walked nor to be freed: 1 MiB is 42 bytes for each of 25,000 nodes.

    Python 3.13 nests thousands of destructions before it puts one off: that takes most of 1 MiB.
    """
    found = []
    previous = threading.stack_size(1024 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.append(chain(length)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(previous)
    assert found == [1.0]


@pytest.mark.parametrize("wrong", [torch.ones(2), torch.ones(3).double(), 1])
def test_a_hook_cannot_change_what_kind_of_gradient_it_is(wrong):
    x = torch.ones(3, requires_grad=True)
    y = torch.relu(x)
    y.register_hook(lambda grad: wrong)
    with pytest.raises((RuntimeError, TypeError), match="hook"):
        y.sum().backward()


def test_a_gradient_of_another_shape_is_not_added():
    x = torch.ones(4, requires_grad=True)
    (x * 2).sum().backward()
    x.data = torch.ones(4000)
    with pytest.raises(RuntimeError, match="cannot add a gradient"):
        (x * 2).sum().backward()


def test_a_given_gradient_leaves_no_graph_behind():
    x = torch.ones(2, requires_grad=True)
    (x * 1).backward(torch.ones(2, requires_grad=True))
    assert x.grad.grad_fn is None and not x.grad.requires_grad


def test_backward_into_chosen_inputs_only(torch):
    x, w = (torch.tensor([1.0, 2.0], requires_grad=True) for _ in range(2))
    y = x * w
    (y * y).sum().backward(inputs=[y, w])
    assert (y.grad.tolist(), w.grad.tolist(), x.grad) == ([2.0, 8.0], [2.0, 16.0], None)
    with pytest.raises(
        RuntimeError, match="`inputs` argument to `backward\\(\\)` cannot be empty"
    ):
        (x * 2).sum().backward(inputs=[])


def test_gradients_of_what_is_not_used(torch):
    x, unused = (torch.ones(2, requires_grad=True) for _ in range(2))
    given = {"x": x, "unused": unused}
    found = torch.autograd.grad((x * 2).sum(), given, materialize_grads=True)
    assert {name: each.tolist() for name, each in found.items()} == {
        "x": [2.0, 2.0], "unused": [0.0, 0.0]
    }  # fmt: skip
    with pytest.raises(ValueError, match="allow_unused to be True or not passed"):
        torch.autograd.grad(x.sum(), [x], materialize_grads=True, allow_unused=False)


def test_a_tensor_within_the_graph_keeps_its_gradient_if_asked(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y.retain_grad()
    y.retain_grad()
    assert (y.retains_grad, x.retains_grad) == (True, False)
    (y * y).sum().backward(retain_graph=True)
    assert y.grad.tolist() == [4.0, 8.0]
    torch.autograd.grad(y.sum(), x, retain_graph=True)
    assert y.grad.tolist() == [5.0, 9.0]
    with pytest.warns(UserWarning, match="is not a leaf Tensor is being accessed"):
        assert (x * 3).grad is None
    with pytest.raises(RuntimeError, match="can't retain_grad on Tensor that has requires_grad=F"):
        torch.ones(1).retain_grad()


def test_a_kept_gradient_follows_a_change_in_place(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y.retain_grad()
    y.register_hook(lambda grad: seen.append(grad.tolist()))
    seen = []
    y.mul_(3)
    y.sum().backward()
    assert (y.grad.tolist(), seen, x.grad.tolist()) == ([1.0, 1.0], [[3.0, 3.0]], [6.0, 6.0])


def test_the_graph_can_be_looked_at(torch):
    x, w = (torch.ones(2, requires_grad=True) for _ in range(2))
    node = (x.exp() * w).grad_fn
    assert node.name() == "MulBackward0"
    (exp, number), (accumulate, _) = node.next_functions
    assert (exp.name(), number) == ("ExpBackward0", 0)
    assert accumulate.variable is w and accumulate.next_functions == ()
    assert accumulate == (w * 2).grad_fn.next_functions[0][0]
    assert repr(accumulate).startswith("<AccumulateGrad object at 0x")
    assert (x * 2).grad_fn.next_functions[-1] in [(None, 0), (exp.next_functions[0][0], 0)]


def test_nodes_have_a_class_for_each_name(torch):
    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2, x.clone()

        @staticmethod
        def backward(ctx, *gradients):
            return sum(gradients)

    x = torch.ones(2, requires_grad=True)
    twice, _ = Twice.apply(x)
    relu = torch.nn.functional.relu(x.exp())
    changed = x * 1
    changed[0] = 2
    made = [x.exp(), x.sin(), relu, x[0], twice, changed]
    names = [type(each.grad_fn).__name__ for each in made]
    assert names == [
        "ExpBackward0",
        "SinBackward0",
        "ReluBackward0",
        "SelectBackward0",
        "TwiceBackward",
        "CopySlices",
    ]
    assert str(type(made[0].grad_fn)) == "<class 'ExpBackward0'>"
    assert type(made[0].grad_fn) is type(relu.grad_fn.next_functions[0][0])
    (node, _), *_ = (twice * 2).grad_fn.next_functions
    assert type(node).__name__ == "TwiceBackward"


def test_gradients_that_are_added_can_be_differentiated_though_nothing_else_is_recorded(torch):
    x = torch.tensor(2.0, requires_grad=True)
    y = x**3
    with torch.no_grad():
        for _ in range(2):
            y.backward(create_graph=True)
    assert x.grad.requires_grad and not x.grad.is_leaf
    assert torch.autograd.grad(x.grad, x)[0].item() == 24.0


def test_a_view_that_was_made_without_a_graph_is_no_place_to_start_from(torch):
    x = torch.ones(3, requires_grad=True)
    with torch.no_grad():
        view = x[1:]
    assert view.requires_grad and view.grad_fn is None
    for start in (view.backward, lambda grad: torch.autograd.grad(view, x, grad)):
        with pytest.raises(RuntimeError, match="element 0 of tensors does not require grad"):
            start(torch.ones(2))


def test_a_view_that_must_not_be_differentiated_may_be_read_without_a_graph(torch):
    x = torch.ones(2, 2, requires_grad=True) * 1
    with torch.no_grad():
        view, vector = x[1:], x[1]
    x.neg_()
    with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
        torch.nn.functional.elu(view)
    with torch.no_grad():
        assert torch.nn.functional.linear(view, view).tolist() == [[2.0]]
        assert (vector.dot(vector).item(), view.mv(vector).tolist()) == (2.0, [2.0])


def test_the_gradient_of_a_leaf_is_no_view_where_it_can_be_differentiated(torch):
    weight = torch.ones(1, 3, requires_grad=True)
    out = torch.nn.functional.linear(torch.ones(2, 3), weight)
    out.backward(torch.ones(2, 1, requires_grad=True), create_graph=True)
    assert weight.grad.tolist() == [[2.0, 2.0, 2.0]] and weight.grad.requires_grad
    assert weight.grad._base is None


@pytest.mark.parametrize("create_graph", [False, True])
def test_views_that_no_gradient_looks_at_may_be_beyond_use_at_backward(torch, create_graph):
    x = torch.ones(2, 3, requires_grad=True)
    with torch.no_grad():
        view = x[0]
    out = torch.nn.functional.dropout(view, 0.5)
    with torch.no_grad():
        view.neg_()
    out.backward(torch.ones(3), create_graph=create_graph)
    assert x.grad is None
    torch.manual_seed(0)
    x = torch.ones(2, 3, requires_grad=True)
    part, _ = (x * 1).unbind()
    out = torch.nn.functional.dropout(part, 0.5)
    with torch.no_grad():
        part.neg_()
    out.backward(torch.ones(3), create_graph=create_graph)
    assert x.grad.tolist() == [out.tolist(), [0.0, 0.0, 0.0]]


def test_products_with_vectors_that_have_no_history_look_at_none_of_them(torch):
    x = torch.ones(2, requires_grad=True)
    base = x * 1
    with torch.no_grad():
        view = base[:]
    outs = view.dot(view), torch.ones(2, 2).mv(view).sum()
    base.relu_()
    for out in outs:
        out.backward()
    assert x.grad is None


def test_what_is_kept_for_a_gradient_that_goes_nowhere_is_not_freed(torch):
    functional = torch.nn.functional
    x = torch.ones(1, 2, requires_grad=True)
    base = x * 1
    with torch.no_grad():
        view = base[:]
    for out in (
        functional.linear(view, torch.ones(3, 2)),
        functional.dropout(view),
        torch.zeros(1, 2).scatter_add(1, torch.tensor([[1, 0]]), view),
    ):
        for _ in range(2):
            out.sum().backward()
    assert x.grad is None


def test_vectors_that_gradients_of_products_look_at_may_not_be_detached(torch):
    leaf, matrix = (torch.ones(size, requires_grad=True) for size in ((2,), (3, 2)))
    for product in (
        lambda vector: vector.dot(vector),
        lambda vector: vector.dot(leaf),
        lambda vector: leaf.dot(vector),
        lambda vector: matrix.mv(vector),
    ):
        vector = leaf * 2
        out = product(vector)
        vector.detach_()
        with pytest.raises(RuntimeError, match="detached in-place"):
            out.sum().backward()
    vector = leaf * 2
    out = vector.dot(torch.ones(2)) + torch.ones(3, 2).mv(vector).sum()
    vector.detach_()
    out.backward()
    assert leaf.grad.tolist() == [8.0, 8.0]


def test_a_view_that_was_a_leaf_has_no_gradient_once_its_base_has_a_history(torch):
    base = torch.zeros(4)
    leaf = base[:2].requires_grad_()
    total = (leaf * 2).sum()
    total.backward(retain_graph=True)
    assert leaf.grad.tolist() == [2.0, 2.0]
    base.mul_(torch.ones(4, requires_grad=True))
    with pytest.raises(RuntimeError, match="leaf variable has been moved into the graph interior"):
        total.backward()


def test_after_a_walk_that_failed_leaves_have_the_gradients_that_were_complete(torch):
    first, second, both = (torch.ones(2, requires_grad=True) for _ in range(3))
    kept = (second * both).exp()
    total = kept.sum() + (first * 3).sum() + both.sum()
    with torch.no_grad():
        kept.mul_(2)
    for times in (1, 2):
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            total.backward(retain_graph=True)
        assert first.grad.tolist() == [3.0 * times, 3.0 * times]
        assert second.grad is None and both.grad is None
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        total.backward(inputs=[second])
    assert first.grad.tolist() == [6.0, 6.0]
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        torch.autograd.grad(total, [first, second])
    assert first.grad.tolist() == [6.0, 6.0]


def test_a_gradient_that_cannot_be_added_to_a_leaf_is_not_tried_twice(torch):
    leaf, seen = torch.ones(2, requires_grad=True), []

    def refuse(tensor):
        seen.append(tensor.grad.tolist())
        raise ValueError("not this one")

    leaf.register_post_accumulate_grad_hook(refuse)
    with pytest.raises(ValueError, match="not this one"):
        (leaf * 2).sum().backward()
    assert seen == [[2.0, 2.0]] and leaf.grad.tolist() == [2.0, 2.0]
