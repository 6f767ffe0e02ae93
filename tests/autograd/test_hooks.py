"""When are the functions called that a user hangs on tensors, leaves and nodes, and with what?"""

import pytest


@pytest.fixture
def x(torch):
    return torch.tensor([1.0, 2.0], requires_grad=True)


def values(gradients):
    return [None if each is None else each.tolist() for each in gradients]


def test_in_which_order_hooks_are_called(x):
    seen = []
    y = x.exp()
    y.grad_fn.register_hook(lambda given, arrived: seen.append("after node"))
    y.grad_fn.register_prehook(lambda arrived: seen.append("before node"))
    y.retain_grad()
    y.register_hook(lambda grad: seen.append("tensor"))
    leaf = y.grad_fn.next_functions[0][0]
    leaf.register_hook(lambda given, arrived: seen.append(("after leaf", given, len(arrived))))
    leaf.register_prehook(lambda arrived: seen.append("before leaf"))
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.grad is x.grad is not None))
    x.register_hook(lambda grad: seen.append("leaf"))
    y.sum().backward()
    assert seen == [
        "tensor", "before node", "after node", "leaf", "before leaf", True, ("after leaf", (), 1)
    ]  # fmt: skip


def told_of(**leaves):
    """A list that names a leaf when its gradient is there, and once more when it is added."""
    seen = []
    for name, leaf in leaves.items():
        leaf.register_hook(lambda grad, name=name: seen.append(name))
        leaf.register_post_accumulate_grad_hook(lambda leaf, name=name: seen.append(f"{name}+"))
    return seen


def test_leaves_are_told_during_the_walk_the_last_layer_first_and_its_bias_first(torch):
    net = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 2)
    )
    x = torch.rand(5, 3, requires_grad=True)
    seen = told_of(x=x, **{name[0] + name[2]: each for name, each in net.named_parameters()})
    net[2].register_full_backward_hook(lambda *given: seen.append("ReLU"))
    net(x).sum().backward()
    layers = "3b 3b+ 3w 3w+", "ReLU", "1w 1w+ 1b 1b+ 0b 0b+ x x+ 0w 0w+"
    assert seen == " ".join(layers).split()


def test_a_leaf_is_told_when_the_oldest_operation_on_it_has_given_its_part(torch):
    a, b, c = (torch.ones(2, requires_grad=True) for _ in range(3))
    seen = told_of(a=a, b=b, c=c)
    (a * b + c * a).sum().backward()
    assert seen == "c c+ a a+ b b+".split()
    seen.clear()
    (a * b + c * a).sum().backward(inputs=[b])
    assert seen == ["b", "b+"]
    seen.clear()
    torch.autograd.grad((a * b + c * a).sum(), [b, a])
    assert seen == ["a", "b"]


def test_gradients_are_there_in_a_hook_of_an_older_leaf_and_not_yet_in_one_of_a_younger(torch):
    first, second = (torch.ones(2, requires_grad=True) for _ in range(2))
    seen = []
    second.register_hook(lambda grad: seen.append((first.grad, second.grad)))
    first.register_hook(lambda grad: seen.append((first.grad, second.grad.tolist())))
    (first.exp() * second).sum().backward()
    assert seen == [(None, None), (None, first.exp().tolist())]


def test_a_hook_that_fails_leaves_the_gradients_that_hooks_were_told_of(torch):
    first, second = (torch.ones(2, requires_grad=True) for _ in range(2))
    seen = told_of(second=second)
    first.register_hook(lambda grad: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        (first.exp() * second).sum().backward()
    assert seen == ["second", "second+"]
    assert first.grad is None and second.grad.tolist() == first.exp().tolist()


def test_hooks_replace_what_they_return(torch, x):
    y = x * 3
    y.grad_fn.register_prehook(lambda arrived: (arrived[0] * 2,))
    y.grad_fn.register_hook(lambda given, arrived: (given[0] + arrived[0], *given[1:]))
    y.register_hook(lambda grad: grad * 10)
    y.retain_grad()
    y.sum().backward()
    assert (y.grad.tolist(), x.grad.tolist()) == ([10.0, 10.0], [80.0, 80.0])


def test_a_hook_ends_with_its_context(x):
    seen = []
    with x.register_hook(lambda grad: seen.append("tensor")) as handle:
        x.sum().backward()
    handle.remove()
    with x.register_post_accumulate_grad_hook(lambda leaf: seen.append("leaf")):
        x.sum().backward()
    x.sum().backward()
    assert seen == ["tensor", "leaf"]


def test_hooks_of_a_leaf_wait_for_its_gradient_and_grad_does_not_call_them(torch, x):
    seen = []
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.grad.tolist()))
    torch.autograd.grad(x.sum(), x)
    (x * 2 + x * 3).sum().backward()
    x.sum().backward()
    assert seen == [[5.0, 5.0], [6.0, 6.0]]


@pytest.mark.parametrize(("count", "seen"), [(1, [1.0, 1.0]), (2, [])])
def test_an_only_root_has_its_hooks_called_though_no_input_leads_there(torch, x, count, seen):
    y, other = x.sum(), torch.tensor(1.0, requires_grad=True)
    y.retain_grad()
    for root in (y, torch.tensor(1.0, requires_grad=True)):
        told = []
        root.register_hook(lambda grad, told=told: told.append(grad.item()))
        root.register_hook(lambda grad: grad * 3)
        torch.autograd.grad([root] * count, other, allow_unused=True)
        torch.autograd.backward([root] * count, inputs=[other])
        assert (told, root.grad and root.grad.item()) == (
            seen,
            6.0 if seen and root is y else None,
        )
    y.backward()  # nothing was used up


def test_an_optimiser_in_a_hook(torch, x):
    """The usual reason for such a hook: the gradient is used and forgotten at once."""
    optimizer = torch.optim.SGD([x], lr=0.5)

    def step(leaf):
        optimizer.step()
        optimizer.zero_grad()

    x.register_post_accumulate_grad_hook(step)
    for _ in range(2):
        (x * x).sum().backward()
        assert x.grad is None
    assert x.tolist() == [0.0, 0.0]


WRONG = {
    "number": lambda y: y.register_hook(lambda grad: 3),
    "size": lambda y: y.register_hook(lambda grad: grad[:1]),
    "dtype": lambda y: y.register_hook(lambda grad: grad.double()),
    "no tuple": lambda y: y.grad_fn.register_hook(lambda given, arrived: given[0]),
    "too few": lambda y: y.grad_fn.register_prehook(lambda arrived: ()),
    "size at node": lambda y: y.grad_fn.register_hook(lambda given, arrived: (given[0][:1],)),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_hooks_may_not_return(wrong, failure):
    torch = pytest.importorskip("torch")
    import minigrad

    said = []
    for library in (minigrad, torch):
        y = library.ones(2, requires_grad=True).exp()
        WRONG[wrong](y)
        said.append(failure(y.sum().backward))
    assert said[0] == said[1]


def test_where_hooks_cannot_be(torch, failure):
    constant, inside = torch.ones(1), torch.ones(1, requires_grad=True) * 2
    no_gradient = "RuntimeError: cannot register a hook on a tensor that doesn't require gradient"
    assert failure(constant.register_hook, print) == no_gradient
    assert failure(constant.register_post_accumulate_grad_hook, print) == no_gradient
    assert failure(inside.register_post_accumulate_grad_hook, print) == (
        "RuntimeError: post accumulate grad hooks cannot be registered on non-leaf tensors"
    )


@pytest.mark.parametrize("wrong", [3, "x"])
def test_a_hook_of_an_accumulated_gradient_returns_nothing(torch, failure, wrong):
    x = torch.ones(1, requires_grad=True)
    x.register_post_accumulate_grad_hook(lambda x: wrong)
    assert failure((x * 2).backward) == (
        f"TypeError: expected Variable, but hook returned '{type(wrong).__name__}'"
    )
