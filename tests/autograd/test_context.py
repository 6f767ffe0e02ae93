"""What `ctx` is told in a Function's forward: what is saved, changed, constant, left out."""

import gc
import weakref

import pytest

import minigrad


def function(library, forward, backward=lambda ctx, *grads: grads[0], **more):
    methods = {"forward": forward, "backward": backward, **more}
    kinds = {name: staticmethod(each) for name, each in methods.items()}
    return type("Mine", (library.autograd.Function,), kinds)


@pytest.fixture
def x(torch):
    return torch.tensor([1.0, 2.0], requires_grad=True)


def doubled_in_place(ctx, a):
    ctx.mark_dirty(a)
    return a.mul_(2)


def test_an_argument_saved_and_given_back_is_the_argument(torch, x):
    """Its second gradient does not pass the Function again."""

    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a

    def backward(ctx, grad):
        (a,) = ctx.saved_tensors
        seen.append(a.grad_fn)
        return grad * a * a

    seen = []
    y = function(torch, forward, backward).apply(x)
    (slope,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(slope.sum(), x)
    assert (slope.tolist(), second.tolist(), seen) == ([1.0, 4.0], [2.0, 4.0], [None])


def test_saved_tensors_are_there_only_after_forward(torch, x):
    def forward(ctx, a):
        ctx.save_for_backward(a)
        ctx.save_for_backward(a, None)
        told.append(ctx.saved_tensors)
        return a * 2

    told = []
    made = function(torch, forward, lambda ctx, grad: told.append(ctx.saved_tensors) or grad)
    made.apply(x).sum().backward()
    assert told[0] == () and told[1][0] is x and told[1][1] is None


@pytest.mark.parametrize("constant", [True, False])
def test_without_a_gradient_a_changed_argument_keeps_its_place(torch, x, constant):
    """And what is given back is the same memory outside the graph."""

    def forward(ctx, a):
        if constant:
            ctx.mark_non_differentiable(a)
        return doubled_in_place(ctx, a)

    inside = x * 1
    with torch.set_grad_enabled(constant):
        y = function(torch, forward).apply(inside)
    assert y is not inside and not y.requires_grad and y.data_ptr() == inside.data_ptr()
    assert inside.grad_fn.name() == "MulBackward0" and inside.tolist() == [2.0, 4.0]


def test_an_argument_that_is_given_back_as_a_constant_is_outside_the_graph(torch, x):
    def forward(ctx, a):
        ctx.mark_non_differentiable(a)
        return a, a * 2

    made = function(torch, forward, lambda ctx, *grads: grads[1] * 2)
    for given in (x, x * 1):
        constant, doubled = made.apply(given)
        assert constant is not given and constant.data_ptr() == given.data_ptr()
        assert given.requires_grad and not constant.requires_grad and constant.is_leaf
        constant.add_(1)
        doubled.sum().backward()
    assert x.grad.tolist() == [4.0, 4.0]


def test_a_changed_view_is_the_only_result(torch, x):
    def forward(ctx, a):
        return doubled_in_place(ctx, a), a * 3

    with pytest.raises(RuntimeError, match="your Function cannot return more than one Tensor"):
        function(torch, forward).apply((x * 1)[:1])


def test_one_of_several_results_changed_later_keeps_its_place(torch, x):
    made = function(
        torch, lambda ctx, a: (a * 2, a * 3), lambda ctx, grad, other: grad * 2 + other * 3
    )
    first, second = made.apply(x)
    second.mul_(10)
    (first + second).sum().backward()
    assert x.grad.tolist() == [32.0, 32.0]


def test_arguments_by_name(torch, x):
    made = function(torch, lambda ctx, a, factor=2: a * factor, lambda ctx, grad: (grad, None))
    assert made.apply(x, factor=3).tolist() == [3.0, 6.0]
    with pytest.raises(TypeError, match=r"forward\(\) got an unexpected keyword argument 'times'"):
        made.apply(x, times=3)


WRONG = {
    "mark_dirty": (3, "mark_dirty can only accept variables"),
    "mark_non_differentiable": (3, "mark_non_differentiable only accepts variable arguments"),
    "save_for_backward": (
        3,
        "save_for_backward can only save variables, but argument 0",
    ),
    "set_materialize_grads": (0, "set_materialize_grads"),
}


@pytest.mark.parametrize("method", WRONG)
def test_what_it_cannot_be_told(torch, x, method):
    value, message = WRONG[method]
    made = function(torch, lambda ctx, a: getattr(ctx, method)(value))
    with pytest.raises((RuntimeError, TypeError), match=message):
        made.apply(x)


def several(ctx, a):
    constant = a * 2
    ctx.mark_non_differentiable(constant)
    ctx.save_for_backward(a, constant)
    return constant, a * 3


@pytest.mark.parametrize("forward", [doubled_in_place, several])
@pytest.mark.parametrize("of_view", [False, True])
def test_nothing_is_left_for_the_collector(forward, of_view):
    made = function(minigrad, forward, lambda ctx, *grads: grads[-1])
    gc.collect()
    gc.disable()
    try:
        whole = minigrad.ones(3, requires_grad=True) * 1
        results = made.apply(whole[1:] if of_view else whole)
        results = results if isinstance(results, tuple) else (results,)
        alive = [weakref.ref(each) for each in (whole, whole.grad_fn, *results)]
        results[-1].sum().backward()
        del whole, results
        assert [each() for each in alive] == [None] * len(alive)
    finally:
        gc.enable()


def test_what_is_no_tensor_is_only_refused_where_it_would_be_saved(torch, x):
    def forward(ctx, a):
        ctx.save_for_backward(a, 3)
        return a * 2

    made = function(torch, forward)
    assert made.apply(torch.ones(2)).tolist() == [2.0, 2.0]
    with torch.no_grad():
        assert made.apply(x).tolist() == [2.0 * each for each in x.tolist()]
    with pytest.raises(TypeError, match="can only save variables, but argument 1 is of type int"):
        made.apply(x)
