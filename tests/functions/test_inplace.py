"""Changes in place: values, history, versions, and what is refused."""

import numpy as np
import pytest

import minigrad
from minigrad.testing import gradcheck

FORMS = {
    "add_": lambda y, b: y.add_(b),
    "add_ with alpha": lambda y, b: y.add_(b, alpha=-2.5),
    "sub_": lambda y, b: y.sub_(b, alpha=2),
    "mul_": lambda y, b: y.mul_(b),
    "div_": lambda y, b: y.div_(b),
    "pow_ of a tensor": lambda y, b: y.pow_(b),
    "pow_": lambda y, b: y.pow_(3),
    "remainder_": lambda y, b: y.remainder_(0.7),
    "copy_": lambda y, b: y.copy_(b),
    "masked_fill_": lambda y, b: y.masked_fill_(y > 1, 0.5),
    "square_": lambda y, b: y.square_(),
    "neg_": lambda y, b: y.neg_(),
    "reciprocal_": lambda y, b: y.reciprocal_(),
    "exp_": lambda y, b: y.exp_(),
    "expm1_": lambda y, b: y.expm1_(),
    "log_": lambda y, b: y.log_(),
    "log1p_": lambda y, b: y.log1p_(),
    "sqrt_": lambda y, b: y.sqrt_(),
    "rsqrt_": lambda y, b: y.rsqrt_(),
    "abs_": lambda y, b: y.abs_(),
    "sign_": lambda y, b: y.sign_(),
    "sin_": lambda y, b: y.sin_(),
    "cos_": lambda y, b: y.cos_(),
    "tanh_": lambda y, b: y.tanh_(),
    "sigmoid_": lambda y, b: y.sigmoid_(),
    "relu_": lambda y, b: y.relu_(),
    "clamp_": lambda y, b: y.clamp_(0.7, 1.5),
    "clamp_min_": lambda y, b: y.clamp_min_(0.9),
    "clamp_max_": lambda y, b: y.clamp_max_(1.1),
    "round_": lambda y, b: y.round_(),
    "floor_": lambda y, b: y.floor_(),
    "ceil_": lambda y, b: y.ceil_(),
    "trunc_": lambda y, b: y.trunc_(),
    "eq_": lambda y, b: y.eq_(1.0),
    "lt_ of a tensor": lambda y, b: y.lt_(b * 100),
    "cumsum_": lambda y, b: y.cumsum_(-1),
    "scatter_": lambda y, b: y.scatter_(-1, (y < 0).long(), 0.5),
    "scatter_add_": lambda y, b: y.scatter_add_(-1, (y < 0).long(), b.expand_as(y)),
    "several": lambda y, b: y.mul_(b).add_(y).div_(b),
    "through a view": lambda y, b: (y[0].mul_(b.sum()), y)[1],
}
forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def numbers(torch, *shape, grad=False):
    values = np.random.default_rng(0).uniform(0.5, 2.0, shape)
    return torch.tensor(values, requires_grad=grad)


@forms
@pytest.mark.parametrize("shape", [(2, 3), (3,), ()])
def test_gradients_flow_through(form, shape):
    """Also into an operand that broadcasts."""

    def function(x, b):
        y = x * 1.0
        assert form(y, b) is y
        return y * y

    x, b = numbers(minigrad, 2, 3, grad=True), numbers(minigrad, *shape, grad=True)
    gradcheck(function, [x, b], order=2)


def outcome(torch, form, change):
    """Values, the node's name, versions and gradients after a form and, if asked, a change."""
    x, b = numbers(torch, 2, 3, grad=True), numbers(torch, 3, grad=True)
    y = x * 1.0
    form(y, b)
    after = [y.tolist(), y._version, y.grad_fn.name().rpartition(":")[2]]
    if change:
        y.add_(1)
    try:
        (y * numbers(torch, 2, 3)).sum().backward()
    except RuntimeError as error:
        return [*after, str(error)[:75]]
    grads = [None if each.grad is None else each.grad.tolist() for each in (x, b)]
    return [*after, *grads]


@forms
@pytest.mark.parametrize("change", [False, True])
def test_what_is_kept_for_the_gradient_is_what_pytorch_keeps(form, change):
    """So a later change is refused where PyTorch refuses it, and nowhere else."""
    torch = pytest.importorskip("torch")
    *ours, grad_of_x, grad_of_b = [None, *outcome(minigrad, form, change)]
    *theirs, x_grad, b_grad = [None, *outcome(torch, form, change)]
    np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-12)
    assert ours[2:] == theirs[2:]
    for found, expected in ((grad_of_x, x_grad), (grad_of_b, b_grad)):
        if isinstance(expected, list):
            np.testing.assert_allclose(found, expected, rtol=1e-12)
        else:
            assert found == expected


def test_operators(torch):
    x = torch.tensor([1.0, 2.0])
    same = x
    x += 1
    x *= 3
    x -= torch.tensor([1.0, 0.0])
    x /= 2
    x **= 2
    x //= 2
    x %= 2
    assert same is x and x.tolist() == [1.0, 0.0]
    assert x._version == 7
    with pytest.raises(TypeError):
        x += "a"


CONSTANTS = {
    "FillBackward2": lambda y: y.fill_(3),
    "ZeroBackward0": lambda y: y.zero_(),
    "UniformBackward0": lambda y: y.uniform_(3.0, 4.0),
    "NormalBackward0": lambda y: y.normal_(5.0, 0.1),
    "BernoulliBackward2": lambda y: y.bernoulli_(0.5),
    "RandomBackward0": lambda y: y.random_(7, 9),
    "CopyBackwards": lambda y: y.copy_(y.detach() + 1),
}


@pytest.mark.parametrize("name", CONSTANTS)
def test_nor_through_a_view(torch, name):
    for take in (lambda y: y[:2], lambda y: y.view(3, 1), lambda y: y.view(1, 3)[0]):
        x = torch.ones(3, requires_grad=True)
        y = x * 2
        view = CONSTANTS[name](take(y))
        for out in (view, y):
            (grad,) = torch.autograd.grad(out.sum(), x, retain_graph=True)
            assert grad[: view.numel()].tolist() == [0.0] * view.numel()


@pytest.mark.parametrize("name", CONSTANTS)
def test_no_gradient_is_left_for_what_was_overwritten(torch, name):
    x = torch.ones(3, requires_grad=True)
    y = x * 2
    assert CONSTANTS[name](y) is y and not (y == 2).any()
    assert y._version == 1 and y.grad_fn.name().rpartition(":")[2] == name
    (y * x).sum().backward()
    assert x.grad.tolist() == y.tolist()


def test_constants_reach_any_layout_and_dtype(torch):
    for dtype in (torch.float32, torch.float64, torch.int64, torch.bool):
        x = torch.zeros(2, 3, dtype=dtype)
        x.T[1:].fill_(1)
        assert x.tolist() == [[0, 1, 1], [0, 1, 1]]
    x = torch.zeros(2, 3, dtype=torch.int64)
    x[0].copy_(torch.tensor([1.9, -1.9, 0.0]))
    assert x.tolist() == [[1, -1, 0], [0, 0, 0]]


def test_a_tensor_of_one_number_fills_and_gets_the_gradient(torch):
    value = torch.tensor(2.0, requires_grad=True)
    y = torch.zeros(3)
    y.fill_(value)
    (y * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
    assert (y.tolist(), value.grad.item()) == ([2.0, 2.0, 2.0], 6.0)


def test_other_dtypes_are_computed_in_theirs_and_cut_to_the_targets(torch):
    x, b = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([0.1, 1e-9]).double()
    b.requires_grad_()
    y = x * 1
    y.mul_(b)
    assert y.dtype == torch.float32
    y.sum().backward()
    assert (x.grad.dtype, b.grad.dtype) == (torch.float32, torch.float64)
    assert b.grad.tolist() == [1.0, 2.0]
    whole = torch.tensor([7, -7])
    assert whole.add_(2).mul_(2).tolist() == [18, -10] and whole.dtype == torch.int64


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


def test_elements_that_share_memory_may_all_be_given_one_number(torch):
    row = torch.ones(1, 3)
    assert row.expand(2, 3).fill_(2).tolist() == [[2.0] * 3] * 2 and row.tolist() == [[2.0] * 3]
    assert row.expand(2, 3).zero_().tolist() == [[0.0] * 3] * 2 and row._version == 2


@pytest.mark.parametrize("name", ["tanh_", "sigmoid_", "exp_", "sqrt_", "relu_", "rsqrt_"])
@pytest.mark.parametrize("take", [lambda y: y, lambda y: y.t(), lambda y: y[0]])
def test_a_result_kept_for_the_gradient_must_not_change_again(torch, name, take):
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 2
    getattr(take(y), name)()
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_a_view_of_what_joined_the_graph_since_counts_as_a_leaf(torch):
    source = torch.ones(2, requires_grad=True)
    y = torch.zeros(3)
    first, others = y[0], y[1:]
    others.copy_(source)
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        first.add_(1)
    y[0].add_(1)
    assert y.tolist() == [1.0, 1.0, 1.0] and first.requires_grad


def test_leaves_may_change_where_no_graph_is_made(torch):
    x = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        x.add_(1)
        x[0:1].mul_(3)
    x.detach().mul_(2)
    x.data.add_(1)
    assert x.tolist() == [13.0, 5.0] and x.is_leaf and x.requires_grad
    assert x._version == 3  # `data` hides its changes, `detach` does not


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


@pytest.mark.parametrize("name", ["eq", "ne", "lt", "le", "gt", "ge", "greater_equal"])
def test_comparisons_write_numbers_and_end_gradients(torch, name):
    x = torch.tensor([[1.0, 2.0], [3.0, float("nan")]], requires_grad=True)
    limit = torch.tensor([1.0, 3.0], dtype=torch.float64, requires_grad=True)
    y = x * 1
    assert getattr(y, f"{name}_")(limit) is y and y.dtype == torch.float32
    assert y.tolist() == getattr(x, name)(limit).float().tolist()
    assert y._version == 1 and y.grad_fn.name().endswith("Backward1")
    y.sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0], [0.0, 0.0]] and limit.grad.tolist() == [0.0, 0.0]
    assert limit.grad.dtype == torch.float64
    whole = torch.arange(3)
    assert getattr(whole, f"{name}_")(0.5).tolist() == getattr(torch.arange(3), name)(0.5).tolist()


def test_a_matrix_takes_a_product_on(torch):
    x, m = torch.ones(2, 2, requires_grad=True), torch.ones(2, 2, requires_grad=True)
    y = x * 1
    assert y.addmm_(m, m * 2, beta=3, alpha=0.5) is y and y.tolist() == [[5.0, 5.0], [5.0, 5.0]]
    y.sum().backward()
    assert x.grad.tolist() == [[3.0, 3.0], [3.0, 3.0]]
    assert m.grad.tolist() == [[4.0, 4.0], [4.0, 4.0]]
    with pytest.raises(RuntimeError):
        torch.ones(2).addmm_(m, m)


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
        (lambda t: (lambda x: x[1:].lt_(x[:-1]))(t.ones(3)), "refer to a single memory"),
    ],
)
def test_comparisons_sums_and_scattering_refused(torch, wrong, message):
    with pytest.raises((RuntimeError, NotImplementedError), match=message):
        wrong(torch)


def test_every_function_that_pytorch_has_in_place_has_a_form_in_place():
    torch = pytest.importorskip("torch")
    names = {*minigrad.functions.exports.__all__, *dir(minigrad.Tensor)}
    missing = [
        name
        for name in sorted(names)
        if hasattr(torch.Tensor, f"{name}_") and not hasattr(minigrad.Tensor, f"{name}_")
        if not name.startswith("_")
    ]
    assert missing == []


def test_every_method_in_place_that_pytorch_has_as_a_function_is_one():
    torch = pytest.importorskip("torch")
    methods = [name for name in dir(minigrad.Tensor) if name.endswith("_") and name[0] != "_"]
    wanted = [name for name in methods if hasattr(torch, name)]
    assert sorted(minigrad.functions.exports.in_place.__all__) == wanted
    activations = [f"{name}_" for name in minigrad.nn.functional.__all__]
    wanted = [name for name in activations if hasattr(torch.nn.functional, name)]
    assert [name for name in wanted if not hasattr(minigrad.nn.functional, name)] == []


@pytest.mark.parametrize(
    "call",
    [
        lambda t, x: t.abs_(x),
        lambda t, x: t.clamp_(x, 0, max=1),
        lambda t, x: t.round_(input=x, decimals=1),
        lambda t, x: t.fill_(x, 3),
        lambda t, x: t.nn.functional.elu_(x, 0.5),
        lambda t, x: t.nn.functional.leaky_relu_(x, negative_slope=0.5),
        lambda t, x: t.nn.functional.relu_(x),
        lambda t, x: t.nn.functional.selu_(input=x),
    ],
)
def test_a_function_in_place_changes_and_returns_its_input(torch, call):
    leaf = torch.tensor([-1.25, 0.5, 2.0], requires_grad=True)
    x = leaf * 1
    assert call(torch, x) is x and x._version == 1
    for wrong in ([1.0], leaf):
        with pytest.raises((TypeError, RuntimeError)):
            call(torch, wrong)


# Elements that lie in the same memory. Triangles are left out: in PyTorch they depend on the order
# in which elements are read and written.
REPEATING = {
    "fill_": lambda library, v: v.fill_(3.0),
    "fill_ by a tensor": lambda library, v: v.fill_(library.tensor(3.0)),
    "zero_": lambda library, v: v.zero_(),
    "masked_fill_": lambda library, v: v.masked_fill_(library.tensor([True, False]), 3.0),
    "masked_fill_ by elements": lambda library, v: v.masked_fill_(
        library.tensor([[True, False], [False, False], [False, True]]), library.tensor(3.0)
    ),
    "mul_": lambda library, v: v.mul_(2.0),
    "copy_": lambda library, v: v.copy_(library.ones(2)),
    "relu_": lambda library, v: v.relu_(),
    "a row": lambda library, v: v.__setitem__(0, 5.0),
    "a column": lambda library, v: v.__setitem__((slice(None), 0), 5.0),
    "an element": lambda library, v: v.__setitem__((1, 1), 5.0),
    "everything": lambda library, v: v.__setitem__(Ellipsis, 5.0),
    "by numbers": lambda library, v: v.__setitem__([0, 1], 5.0),
    "by a mask": lambda library, v: v.__setitem__(library.tensor([True, False, True]), 5.0),
    "rows by numbers": lambda library, v: v.__setitem__([0, 1], library.tensor([5.0, 6.0])),
}


def changed_where_memory_repeats(library, change, shape, in_graph):
    """What a change of an expanded tensor leaves, or the exception it raises."""
    x = (library.arange(float(np.prod(shape))).reshape(shape) - 1).requires_grad_(in_graph)
    base = x * 1
    expanded = base.expand(3, 2)
    try:
        change(library, expanded)
    except RuntimeError as error:
        return "refused", str(error)
    try:
        if in_graph:
            (expanded * expanded.detach()).sum().backward()
    except RuntimeError as error:
        return "refused in backward", str(error)
    return expanded.tolist(), base.tolist(), None if x.grad is None else x.grad.tolist()


@pytest.mark.parametrize("change", REPEATING.values(), ids=REPEATING)
@pytest.mark.parametrize("shape", [(1, 2), (3, 1), (1, 1)])
@pytest.mark.parametrize("in_graph", [False, True])
@pytest.mark.filterwarnings("ignore:Use of .* on expanded tensors is deprecated:UserWarning")
def test_memory_that_repeats_is_written_where_pytorch_writes_it(change, shape, in_graph):
    theirs = pytest.importorskip("torch")
    expected = changed_where_memory_repeats(theirs, change, shape, in_graph)
    assert changed_where_memory_repeats(minigrad, change, shape, in_graph) == expected


@pytest.mark.filterwarnings("ignore:Use of .* on expanded tensors is deprecated:UserWarning")
def test_one_value_is_written_into_memory_that_repeats(torch):
    base = torch.zeros(2)
    base.expand(3, 2).masked_fill_(torch.tensor([True, False]), 3.0)
    base.expand(3, 2)[[0, 1]] += torch.tensor([0.0, 4.0])
    assert base.tolist() == [3.0, 4.0]
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor"):
        base.expand(3, 2)[...] = 1.0


def test_numbers_are_copied_as_tensors_are(torch):
    x = torch.zeros(2, requires_grad=True) * 1
    assert x.copy_(1e300).tolist() == [torch.inf] * 2 and x.copy_(2**63).tolist() == [2.0**63] * 2
    assert x.grad_fn.name().endswith("::CopyBackwards")
    assert torch.zeros(1, dtype=torch.float64).copy_(0.1).item() == 0.1
    assert torch.zeros(1, dtype=torch.int64).copy_(2.7).item() == 2


def test_numbers_of_numpys_are_copied(torch):
    x = torch.zeros(2)
    assert x.copy_(np.float64(2.5)).tolist() == [2.5, 2.5]
    assert x.copy_(np.bool_(True)).tolist() == [1.0, 1.0]


def test_writing_into_memory_that_repeats_is_warned_of(torch):
    if torch.__name__ == "torch":
        torch.set_warn_always(True)  # not only once in a process
    expanded = torch.zeros(2).expand(3, 2)
    with pytest.warns(UserWarning, match="Use of index_put_ on expanded tensors") as caught:
        expanded[[0, 1]] = torch.ones(2)
    assert [each.filename for each in caught] == [__file__]
    with pytest.warns(UserWarning, match="Use of masked_fill_ on expanded tensors") as caught:
        expanded.masked_fill_(expanded > 0, 2.0)
    assert [each.filename for each in caught] == [__file__]
    if torch.__name__ == "torch":
        torch.set_warn_always(False)


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


def test_comparisons_with_a_view_that_may_not_be_used_change_nothing(torch):
    leaf = torch.ones(2, requires_grad=True)
    with torch.no_grad():
        view = leaf[:]
        leaf.mul_(3)
    y = torch.zeros(2)
    with pytest.raises(RuntimeError, match="view was created in no_grad mode and its base"):
        y.ge_(view)
    assert y.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
@pytest.mark.parametrize("product", [lambda x: x.prod(), lambda x: x.prod(-1)])
def test_products_keep_what_they_gave_and_were_given(torch, shape, product):
    for changed in ("x", "y"):
        x = torch.ones(shape, requires_grad=True) * 1
        y = product(x)
        {"x": x, "y": y}[changed].mul_(2)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            y.sum().backward()
