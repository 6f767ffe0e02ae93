"""An operation with a gradient of its own: what it is given, what it gives, what is refused."""

import gc
import weakref

import numpy as np
import pytest

import minigrad


@pytest.fixture
def define(torch):
    """Make a Function of a forward and a backward."""

    def define(forward, backward=lambda ctx, *grads: grads[0], **more):
        methods = {"forward": forward, "backward": backward, **more}
        kinds = {name: staticmethod(each) for name, each in methods.items()}
        return type("Mine", (torch.autograd.Function,), kinds)

    return define


@pytest.fixture
def x(torch):
    return torch.tensor([1.0, 2.0], requires_grad=True)


def kept(ctx, *tensors):
    """A forward's last line: keep tensors, give the last."""
    ctx.save_for_backward(*tensors)
    return tensors[-1]


def test_backward_is_the_users(define, x, printed):
    mine = define(
        lambda ctx, a, factor: kept(ctx, a, a * factor),
        lambda ctx, grad: (grad * ctx.saved_tensors[0] * 100, None),
    )
    y = mine.apply(x, 3)
    assert printed(y) == "tensor([3., 6.], grad_fn=<MineBackward>)"
    assert y.grad_fn.name() == "MineBackward"
    y.sum().backward()
    assert x.grad.tolist() == [100.0, 200.0]


def test_context_set_up_apart_from_forward(define, torch, x):
    def setup(ctx, inputs, output):
        a, factor = inputs
        ctx.factor = factor
        ctx.graph = torch.is_grad_enabled()
        ctx.save_for_backward(a, output)

    mine = define(
        lambda a, factor=2.0: a * factor,
        lambda ctx, grad: (grad * ctx.factor + ctx.saved_tensors[1], None),
        setup_context=setup,
    )
    mine.apply(x).sum().backward()
    mine.apply(x, factor=3.0).sum().backward()
    assert x.grad.tolist() == [2.0 + 2.0 + 3.0 + 3.0, 2.0 + 4.0 + 3.0 + 6.0]
    assert mine.apply(x).grad_fn.graph is False


def test_what_forward_is_told(define, torch, x):
    told = []
    mine = define(
        lambda ctx, *a: told.append((ctx.needs_input_grad, torch.is_grad_enabled())) or a[0] * 2
    )
    mine.apply(x, torch.ones(2), 3)
    with torch.no_grad():
        assert not mine.apply(x).requires_grad
    assert told == [((True, False, False), False), ((True,), False)]


@pytest.mark.parametrize("materialize", [True, False])
def test_several_results(define, torch, x, materialize):
    seen = []

    def forward(ctx, a):
        ctx.set_materialize_grads(materialize)
        return a * 2, "text", a * 3, a.argmax()

    def backward(ctx, *grads):
        seen.append([None if each is None else each.tolist() for each in grads])
        return sum(each for each in grads[:3] if each is not None)

    mine = define(forward, backward)
    p, text, q, position = mine.apply(x)
    assert text == "text" and not position.requires_grad and p.grad_fn is q.grad_fn
    assert (p.output_nr, q.output_nr) == (0, 2)
    q.sum().backward()
    p, _, q, _ = mine.apply(x)
    assert (p * q).grad_fn.next_functions == ((p.grad_fn, 0), (p.grad_fn, 2))
    (p * q).sum().backward()
    filled = ([0.0, 0.0], 0) if materialize else (None, None)
    assert seen == [
        [filled[0], None, [1.0, 1.0], filled[1]],
        [[3.0, 6.0], None, [2.0, 4.0], filled[1]],
    ]
    p, _, q, _ = mine.apply(x)
    found = torch.autograd.grad((p * q).sum(), [q, p, x])
    assert [each.tolist() for each in found] == [[2.0, 4.0], [3.0, 6.0], [5.0, 10.0]]


def test_second_gradients_come_from_a_backward_of_tensor_operations(define, torch, x):
    cube = define(
        lambda ctx, a: kept(ctx, a, a**3), lambda ctx, grad: grad * 3 * ctx.saved_tensors[0] ** 2
    )
    exp = define(lambda ctx, a: kept(ctx, a.exp()), lambda ctx, grad: grad * ctx.saved_tensors[0])
    for function, second in ((cube, [6.0, 12.0]), (exp, x.exp().tolist())):
        (slope,) = torch.autograd.grad(function.apply(x).sum(), x, create_graph=True)
        (found,) = torch.autograd.grad(slope.sum(), x)
        assert found.tolist() == pytest.approx(second)


def test_a_backward_that_works_only_once(define, torch, x):
    once = torch.autograd.function.once_differentiable
    square = define(
        lambda ctx, a: kept(ctx, a, a * a),
        once(lambda ctx, grad: 2 * grad * ctx.saved_tensors[0]),
    )
    along = torch.ones(2, requires_grad=True)
    (slope,) = torch.autograd.grad(square.apply(x), x, along, create_graph=True)
    assert slope.tolist() == [2.0, 4.0] and slope.requires_grad
    with pytest.raises(RuntimeError, match="marked with @once_differentiable"):
        slope.sum().backward()


def test_changes_in_place(define, torch, x):
    double = define(lambda ctx, a: (ctx.mark_dirty(a), a.mul_(2))[1], lambda ctx, grad: grad * 2)
    y = x * 1
    assert double.apply(y) is y and y.grad_fn.name() == "MineBackward"
    whole = x * 1
    double.apply(whole[:1])
    (y + whole).sum().backward()
    assert x.grad.tolist() == [2.0 + 2.0, 2.0 + 1.0]
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        double.apply(x)
    with pytest.raises(RuntimeError, match="Some elements marked as dirty during the forward"):
        define(lambda ctx, a: (ctx.mark_dirty(a), a * 2)[1]).apply(x * 1)


def test_an_argument_given_back_is_another_tensor(define, x):
    y = define(lambda ctx, a: a, lambda ctx, grad: grad * 7).apply(x)
    assert y is not x and y.data_ptr() == x.data_ptr()
    y.sum().backward()
    assert x.grad.tolist() == [7.0, 7.0]
    with pytest.raises(RuntimeError, match="created inside a custom Function"):
        y.add_(1)


def test_a_changed_view_given_back_is_a_view_of_what_is_there_now(define, torch):
    view = torch.tensor([[1.0, 2.0]]).mT
    view.add_(1)
    y = define(lambda ctx, a: a, lambda ctx, grad: grad * 7).apply(view.requires_grad_())
    (y * 2).sum().backward()
    assert view.grad.tolist() == [[14.0], [14.0]]
    with torch.no_grad():
        view.add_(1)
    with pytest.raises(RuntimeError, match="its base or another view of its base"):
        y * 2


def test_gradients_are_brought_into_the_arguments_shape_and_dtype(define, torch, x):
    wide = define(lambda ctx, a: a * 1, lambda ctx, g: torch.ones(3, 2, dtype=torch.float64))
    wide.apply(x).sum().backward()
    assert x.grad.tolist() == [3.0, 3.0] and x.grad.dtype is torch.float32


def test_saved_tensors_are_checked(define, x):
    square = define(
        lambda ctx, a: kept(ctx, a, a * a), lambda ctx, grad: 2 * grad * ctx.saved_tensors[0]
    )
    inside = x * 1
    y = square.apply(inside)
    inside.add_(1)
    with pytest.raises(RuntimeError, match="is output 0 of Add, is at version 1; expected vers"):
        y.sum().backward()
    y = square.apply(x)
    y.sum().backward()
    for again in (y.sum().backward, lambda: y.grad_fn.saved_tensors):
        with pytest.raises(RuntimeError, match="Trying to backward through the graph a second"):
            again()


WRONG = {
    "too few": (lambda ctx, a, b: a * b, lambda ctx, grad: grad),
    "too many": (lambda ctx, a, b: a * b, lambda ctx, grad: (grad, grad, grad)),
    "no tensor": (lambda ctx, a, b: a * b, lambda ctx, grad: (2.0, None)),
    "a list": (lambda ctx, a, b: a * b, lambda ctx, grad: [grad, grad]),
    "shape": (lambda ctx, a, b: a * b, lambda ctx, grad: (grad[:1].expand(3), None)),
    "saved": (lambda ctx, a, b: ctx.save_for_backward(a, 3), None),
    "no backward": (lambda ctx, a, b: a * b, None),
    "no forward": (None, None),
    "number": (lambda ctx, a, b: a, lambda ctx, grad: (None, None), lambda x: (x, 3, 4)),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_refused(wrong, failure):
    torch = pytest.importorskip("torch")
    said = []
    for library in (minigrad, torch):
        forward, backward, *arguments = WRONG[wrong]
        methods = {"forward": forward, "backward": backward}
        kinds = {name: staticmethod(each) for name, each in methods.items() if each is not None}
        mine = type("Mine", (library.autograd.Function,), kinds)
        x = library.tensor([1.0, 2.0], requires_grad=True)
        given = arguments[0](x) if arguments else (x, x)
        said.append(failure(lambda mine=mine, given=given: mine.apply(*given).sum().backward()))
    if wrong == "number":  # the words are Python's
        said = [each.partition(":")[0] for each in said]
    assert said[0] == said[1]


def test_a_gradient_for_what_is_no_tensor_is_refused(define, x):
    mine = define(lambda ctx, a, k: a * k, lambda ctx, grad: (grad, grad))
    with pytest.raises(RuntimeError, match="different than None at position 2, but the corresp"):
        mine.apply(x, 3.0).sum().backward()


class Scale(minigrad.autograd.Function):
    """For compiled steps: keeps its result, has two, works on one in place."""

    @staticmethod
    def forward(ctx, a, factor):
        result = a * factor
        ctx.factor = factor
        ctx.save_for_backward(result)
        return result, a.exp()

    @staticmethod
    def backward(ctx, grad, other):
        (result,) = ctx.saved_tensors
        return grad * ctx.factor + other * result * BEND, None


BEND = 0.5


def test_a_compiled_step_with_a_function_is_the_eager_step():
    weight = minigrad.tensor([0.5, -1.0, 2.0], requires_grad=True)

    def step(a):
        weight.grad = None
        scaled, power = Scale.apply(weight * a, 3.0)
        loss = (scaled * a).sum() + power.mean()
        loss.backward()
        return loss, weight.grad

    compiled = minigrad.compile(step)
    global BEND
    for bend in (0.5, 0.5, 0.5, 2.0, 2.0, 2.0):
        BEND = bend
        a = minigrad.rand(3)
        assert [each.tolist() for each in compiled(a)] == [each.tolist() for each in step(a)]
    assert "instructions" in str(compiled.program)


def test_a_function_leaves_nothing_to_the_collector():
    gc.collect()
    gc.disable()
    try:
        x = minigrad.ones(3, requires_grad=True)
        scaled, power = Scale.apply(x, 2.0)
        alive = [weakref.ref(each) for each in (scaled, power, scaled.grad_fn)]
        (scaled * power).sum().backward()
        del scaled, power
        assert [each() for each in alive] == [None] * 3
        assert np.isfinite(x.grad.numpy()).all()
    finally:
        gc.enable()
