"""Another shape in place: the tensor is a view of what it was, and so are its gradients."""

import pytest

import minigrad
from minigrad.testing import gradcheck

# By name: the form in place, and what it is without.
FORMS = {
    "UnsqueezeBackward1": (lambda y: y.unsqueeze_(1), lambda y: y.unsqueeze(1)),
    "SqueezeBackward3": (lambda y: y.squeeze_(), lambda y: y.squeeze()),
    "SqueezeBackward4": (lambda y: y.squeeze_(0), lambda y: y.squeeze(0)),
    "SqueezeBackward5": (lambda y: y.squeeze_((0, 1)), lambda y: y.squeeze((0, 1))),
    "TBackward1": (lambda y: y.t_(), lambda y: y.t()),
    "TransposeBackward1": (lambda y: y.transpose_(0, -1), lambda y: y.transpose(0, -1)),
    "TransposeBackward1 of axes": (lambda y: y.swapaxes_(0, 1), lambda y: y.swapaxes(0, 1)),
    "TransposeBackward1 of dims": (lambda y: y.swapdims_(0, 1), lambda y: y.swapdims(0, 1)),
}
forms = pytest.mark.parametrize("name", FORMS)


@forms
@pytest.mark.parametrize("shape", [(1, 3), (2, 3), (1, 1)])
def test_it_is_what_the_function_gives(torch, name, shape):
    in_place, function = FORMS[name]
    x = torch.arange(1.0, 1.0 + shape[0] * shape[1]).reshape(shape).requires_grad_()
    y = x * 1
    assert in_place(y) is y and y.data_ptr() == y.detach().data_ptr()
    assert y.tolist() == function(x).tolist() and y.shape == function(x).shape
    assert y._version == 1 and y.grad_fn.name() == name.split()[0]
    (y * y).sum().backward()
    assert x.grad.tolist() == (2 * x).tolist()


@forms
def test_second_derivatives(name):
    x = minigrad.tensor([[0.5, -1.0, 2.0]], dtype=minigrad.float64, requires_grad=True)
    gradcheck(lambda x: FORMS[name][0](x * x) ** 2, [x], order=2)


@forms
def test_a_view_and_its_base_stay_parts_of_one(torch, name):
    """What is changed through either, before or after, is changed in both, and differentiated."""
    x = torch.arange(1.0, 7.0).reshape(2, 3).requires_grad_()
    base = x * 1
    view, row = base[:1], base[0]
    FORMS[name][0](view)
    assert view.grad_fn.name() == name.split()[0] and base.grad_fn.name() == "MulBackward0"
    assert base._version == view._version == row._version == 1
    view.mul_(2)
    base.mul_(3)
    assert view.flatten().tolist() == row.tolist() == [6.0, 12.0, 18.0]
    assert view.shape == FORMS[name][1](torch.ones(1, 3)).shape
    (view.sum() + row.sum() + base.sum()).backward()
    assert x.grad.tolist() == [[18.0, 18.0, 18.0], [3.0, 3.0, 3.0]]


@forms
def test_a_base_that_turns_leaves_its_views_where_they_are(torch, name):
    x = torch.arange(1.0, 4.0).reshape(1, 3).requires_grad_()
    base = x * 1
    view = base[0, 1:]
    FORMS[name][0](base)
    base.mul_(2)
    assert view.tolist() == [4.0, 6.0]
    view.sum().backward()
    assert x.grad.tolist() == [[0.0, 2.0, 2.0]]


@forms
def test_leaves_may_turn_where_no_graph_is_made(torch, name):
    in_place, function = FORMS[name]
    x = torch.ones(1, 3, requires_grad=True)
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        in_place(x)
    with torch.no_grad():
        in_place(x)
    assert x.is_leaf and x._version == 1 and x.shape == function(torch.ones(1, 3)).shape
    x.sum().backward()
    assert x.grad.shape == x.shape


@forms
@pytest.mark.parametrize("before", [lambda x: x, lambda x: x.mul_(2)])
@pytest.mark.parametrize("after", [lambda x: x, lambda x: x.mul_(3), lambda x: x[:1]])
def test_a_view_that_turns_where_no_graph_is_made_stays_where_it_lies(torch, name, before, after):
    """Its gradient goes to the elements that it has by then, in their new order."""
    in_place, function = FORMS[name]
    x = torch.arange(6.0).reshape(3, 2).requires_grad_()
    view = before(x.clone().t()[:, :])
    with torch.no_grad():
        in_place(view)
    assert view.grad_fn.name() == "AsStridedBackward0"
    y = x.detach().clone().requires_grad_()
    truth = after(function(before(y.clone().t())))
    view = after(view)
    assert view.tolist() == truth.tolist()
    weight = torch.arange(1.0, 1.0 + view.numel()).reshape(view.shape)
    (view * weight).sum().backward()
    (truth * weight).sum().backward()
    assert x.grad.tolist() == y.grad.tolist()


@pytest.mark.parametrize("take", [lambda b: b.unbind()[0], lambda b: b[:1].split(1)[0]])
def test_one_of_several_views_that_turned_without_a_graph_may_not_be_used(torch, take):
    view = take(torch.ones(2, 3, requires_grad=True) * 1)
    with torch.no_grad():
        view.unsqueeze_(0)
    with pytest.raises(RuntimeError, match="a view and its base or another view of its base has"):
        view.sum()


@pytest.mark.parametrize("turn", [
    lambda y: y.unsqueeze_(0), lambda y: y[:0].sum() + y.unsqueeze_(0).sum(),
    lambda y: y.unsqueeze_(0).unsqueeze_(0),
])  # fmt: skip
def test_a_result_that_turned_where_no_graph_is_made_passes_sums_on(torch, turn):
    x = torch.arange(6.0).reshape(2, 3).requires_grad_()
    y = torch.stack([x, x])
    name = y.grad_fn.name()
    with torch.no_grad():
        turn(y)
    assert y.grad_fn.name() == name and y.requires_grad and not y.is_leaf
    (y * y).sum().backward()
    assert x.grad.tolist() == (4 * x).tolist()


def test_a_result_whose_first_shape_no_gradient_can_have_any_more_passes_none_on(torch):
    y = torch.ones(2, 3, requires_grad=True) * 2
    with torch.no_grad():
        y.t_()
    with pytest.raises(RuntimeError, match="expected shape compatible with"):
        y.sum().backward()


def test_a_gradient_by_what_turned_where_no_graph_is_made_has_the_shape_from_before(torch):
    x, seen = torch.ones(2, 3, requires_grad=True), []
    y = x * 2
    with torch.no_grad():
        y.unsqueeze_(0)
    (gradient,) = torch.autograd.grad((y * 3).sum() + y.sum(), y)
    assert gradient.tolist() == [[4.0, 4.0, 4.0], [4.0, 4.0, 4.0]]
    y.register_hook(lambda grad: seen.append(grad.tolist()))
    y.retain_grad()
    y.sum().backward(inputs=[y])
    assert y.retains_grad and y.grad.tolist() == [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    assert seen == [y.grad.tolist()] and x.grad is None


def test_the_gradient_to_keep_follows_what_turned_without_a_graph_to_its_next_change(torch):
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 2
    y.retain_grad()
    with torch.no_grad():
        y.unsqueeze_(0)
    y.mul_(3).sum().backward()
    assert y.grad.tolist() == [[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]
    assert x.grad.tolist() == [[6.0, 6.0, 6.0], [6.0, 6.0, 6.0]]


@pytest.mark.parametrize("by", ["grad", "inputs"])
def test_nothing_is_differentiated_by_what_turned_to_another_shape_without_a_graph(torch, by):
    y = torch.ones(2, 3, requires_grad=True) * 2
    with torch.no_grad():
        y.t_()
    with pytest.raises(RuntimeError, match="expected shape compatible with"):
        if by == "grad":
            torch.autograd.grad(y.sum(), y)
        else:
            y.sum().backward(inputs=[y])


@forms
def test_what_was_kept_for_a_gradient_may_not_turn(torch, name):
    y = torch.ones(1, 3, requires_grad=True) * 1
    z = (y * y).sum()
    FORMS[name][0](y)
    with pytest.raises(RuntimeError, match="has been modified by an inplace operation"):
        z.backward()


def test_repeated_elements_may_turn(torch):
    x = torch.ones(1, 3, requires_grad=True)
    assert (x * 1).expand(2, 3).t_().shape == (3, 2)
    assert torch.ones(1, 3, 1).squeeze_(0, 2).shape == (3,)


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda t: t.ones(1, 2, 3).t_(), RuntimeError, r"t_\(\) expects a tensor with <= 2 dim"),
        (lambda t: t.ones(3).transpose_(0, 5), IndexError, "Dimension out of range"),
        (lambda t: t.ones(3).unsqueeze_(9), IndexError, "Dimension out of range"),
        (lambda t: t.ones(3).squeeze_(None), TypeError, "NoneType"),
        (lambda t: t.ones(3, requires_grad=True).unsqueeze_(9), RuntimeError, "a leaf Variable"),
        (lambda t: (t.ones(2, 3, requires_grad=True) * 1)[0].unbind()[0].unsqueeze_(0),
         RuntimeError, "a function that returns multiple views"),
    ],
)  # fmt: skip
def test_refused(torch, wrong, error, message):
    with pytest.raises(error, match=message):
        wrong(torch)


def test_an_argument_that_turns_keeps_a_step_from_being_replayed():
    """At each call it would turn on."""
    step = minigrad.compile(lambda x: x.unsqueeze_(0).exp())
    x = minigrad.zeros(2)
    for k in range(1, 4):
        assert step(x).shape == x.shape == (*[1] * k, 2)


def test_what_a_step_makes_may_turn_in_it():
    step = minigrad.compile(lambda x: (x * 2).t_().mul_(3))
    for k in range(3):
        assert step(minigrad.full((1, 2), float(k))).tolist() == [[6.0 * k], [6.0 * k]]
    assert "runs eagerly" not in repr(step.program)


RESHAPINGS = [("t_", ()), ("transpose_", (0, 1)), ("squeeze_", ()), ("unsqueeze_", (0,))]


def reshaped_with_gradient(library, name, arguments, before, after):
    """What a reshaped tensor keeps as its gradient, and whether it says so."""
    x = library.arange(3.0).reshape(1, 3).requires_grad_()
    y = x * 2
    if before:
        y.retain_grad()
    getattr(y, name)(*arguments)
    if after:
        y.retain_grad()
        getattr(y, name)(*arguments)
    (y * y).sum().backward()
    found = None if y.grad is None else (tuple(y.grad.shape), y.grad.tolist())
    return y.retains_grad, found, x.grad.tolist()


@pytest.mark.parametrize(("name", "arguments"), RESHAPINGS)
@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True), (True, True)])
def test_a_retained_gradient_is_that_of_the_shape_it_was_asked_for_in(
    name, arguments, before, after
):
    theirs = pytest.importorskip("torch")
    call = (name, arguments, before, after)
    assert reshaped_with_gradient(minigrad, *call) == reshaped_with_gradient(theirs, *call)


def test_a_gradient_retained_before_a_transposition_is_not_transposed(torch):
    y = torch.ones(1, 3, requires_grad=True) * 2
    y.retain_grad()
    y.t_()
    (y * y).sum().backward()
    assert (y.retains_grad, y.grad.tolist()) == (True, [[4.0, 4.0, 4.0]])
