"""Changes in place: which values, gradients and versions are there after them?"""

import numpy as np
import pytest

import minigrad
from minigrad.testing import gradcheck

WITH_ANOTHER = {
    "add_": lambda y, b: y.add_(b),
    "add_ with alpha": lambda y, b: y.add_(b, alpha=-2.5),
    "sub_": lambda y, b: y.sub_(b, alpha=2),
    "mul_": lambda y, b: y.mul_(b),
    "div_": lambda y, b: y.div_(b),
    "pow_ of a tensor": lambda y, b: y.pow_(b),
    "addcmul_": lambda y, b: y.addcmul_(b, b * b, value=0.5),
    "addcdiv_": lambda y, b: y.addcdiv_(b * b, b, value=-2),
    "lerp_": lambda y, b: y.lerp_(b, 0.3),
    "lerp_ by a tensor": lambda y, b: y.lerp_(b * 2, b),
    "copy_": lambda y, b: y.copy_(b),
    "lt_ of a tensor": lambda y, b: y.lt_(b * 100),
    "scatter_add_": lambda y, b: y.scatter_add_(-1, (y < 0).long(), b.expand_as(y)),
    "several": lambda y, b: y.mul_(b).add_(y).div_(b),
    "through a view": lambda y, b: (y[0].mul_(b.sum()), y)[1],
}
FORMS = WITH_ANOTHER | {
    "pow_": lambda y, b: y.pow_(3),
    "remainder_": lambda y, b: y.remainder_(0.7),
    "masked_fill_": lambda y, b: y.masked_fill_(y > 1, 0.5),
    "fill_diagonal_": lambda y, b: y.fill_diagonal_(3),
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
    "cumsum_": lambda y, b: y.cumsum_(-1),
    "scatter_": lambda y, b: y.scatter_(-1, (y < 0).long(), 0.5),
}
SHAPES = [(), (3,), (2, 3)]  # of the other operand
forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def numbers(torch, *shape, grad=False):
    values = np.random.default_rng(0).uniform(0.5, 2.0, shape)
    return torch.tensor(values, requires_grad=grad)


@pytest.mark.parametrize(
    ("name", "shape"),
    [(name, shape) for name in FORMS for shape in SHAPES[: 3 if name in WITH_ANOTHER else 1]],
)
def test_gradients_flow_through(name, shape):
    """Also into an operand that broadcasts."""

    def function(x, b):
        y = x * 1.0
        assert FORMS[name](y, b) is y
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


@pytest.mark.parametrize("name", ["tanh_", "sigmoid_", "exp_", "sqrt_", "relu_", "rsqrt_"])
@pytest.mark.parametrize("take", [lambda y: y, lambda y: y.t(), lambda y: y[0]])
def test_a_result_kept_for_the_gradient_must_not_change_again(torch, name, take):
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 2
    getattr(take(y), name)()
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


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


@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
@pytest.mark.parametrize("product", [lambda x: x.prod(), lambda x: x.prod(-1)])
def test_products_keep_what_they_gave_and_were_given(torch, shape, product):
    for changed in ("x", "y"):
        x = torch.ones(shape, requires_grad=True) * 1
        y = product(x)
        {"x": x, "y": y}[changed].mul_(2)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            y.sum().backward()


def test_bools_take_what_has_a_graph_also_in_a_view_made_without_one(torch):
    numbers, bools = torch.tensor(1.0, requires_grad=True), torch.tensor([False])
    with torch.no_grad():
        view = bools.permute(0)
    assert view.copy_(numbers).tolist() == bools.tolist() == [True]
    assert not view.requires_grad
