"""Products of vectors and matrices: PyTorch's results, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.testing import gradcheck

from .agreement import check, operands

SAME = [np.float32, np.float64, np.int64, np.bool_]


@st.composite
def factors(draw, left=None, right=None):
    """Two operands whose shapes fit a product, or now and then do not."""
    n, k, m = (draw(st.integers(0, 3)) for _ in range(3))
    left = draw(st.integers(0, 4)) if left is None else left
    right = draw(st.integers(0, 4)) if right is None else right
    batch = [draw(st.integers(0, 3)) for _ in range(2)]
    shapes = [
        _shape(draw, left, batch, (n, k), k), _shape(draw, right, batch, (k, m), k)
    ]  # fmt: skip
    if draw(st.integers(0, 9)) == 0:
        shapes[1] = (*shapes[1][:-1], *[4] * min(right, 1))
    dtype = draw(st.sampled_from(SAME))
    other = draw(st.sampled_from([*[dtype] * 6, np.float32, np.bool_]))
    return [draw(operands(shape, [each], special=False))
            for shape, each in zip(shapes, (dtype, other), strict=True)]  # fmt: skip


def _shape(draw, ndim, batch, matrix, vector):
    if ndim < 2:
        return (vector,)[:ndim]
    return (*[draw(st.sampled_from([size, size, 1])) for size in batch[4 - ndim :]], *matrix)


@given(given=factors())
def test_matmul(given):
    check(lambda torch, a, b: torch.matmul(a, b), *given)
    check(lambda torch, a, b: a @ b, *given)


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [("mm", 2, 2), ("bmm", 3, 3), ("mv", 2, 1), ("dot", 1, 1), ("outer", 1, 1)],
)
@given(data=st.data())
def test_one_kind_of_product(name, left, right, data):
    given = data.draw(factors(left, right) | factors())
    check(lambda torch, a, b: getattr(torch, name)(a, b), *given)
    check(lambda torch, a, b: getattr(a, name)(b), *given)


NUMBERS = st.sampled_from([0, 1, 2, -1, 0.5, True])


@given(given=factors(2, 2), beta=NUMBERS, alpha=NUMBERS, data=st.data())
def test_addmm(given, beta, alpha, data):
    a, b = given
    shape = (a.values.shape[0], b.values.shape[-1])
    shape = data.draw(st.sampled_from([shape, shape[1:], (1, shape[1]), (), (2, *shape)]))
    addend = data.draw(operands(shape, [a.values.dtype], special=False))
    call = {"beta": beta, "alpha": alpha}
    check(lambda torch, x, a, b: torch.addmm(x, a, b, **call), addend, a, b)
    check(lambda torch, x, a, b: x.addmm(a, b, **call), addend, a, b)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_factors_of_addmm_may_stand_in_front_by_position(torch):
    x, a, b = torch.ones(2, 2), torch.full((2, 2), 2.0), torch.full((2, 2), 3.0)
    expected = torch.addmm(x, a, b, beta=2, alpha=0.5).tolist()
    assert torch.addmm(2, x, 0.5, a, b).tolist() == x.addmm(2, 0.5, a, b).tolist() == expected
    assert x.clone().addmm_(2, 0.5, a, b).tolist() == expected
    expected = torch.addmm(x, a, b, beta=2).tolist()
    assert torch.addmm(2, x, a, b).tolist() == x.addmm(2, a, b).tolist() == expected
    assert x.clone().addmm_(2, a, b).tolist() == expected
    for wrong in (
        lambda: torch.addmm(x, a, b, a),
        lambda: torch.addmm(2, x, 0.5, a, b, b),
        lambda: torch.addmm(2, x, a, b, alpha=3),
        lambda: torch.addmm(2, x, "3", a, b),
        lambda: x.addmm(a, b, b),
    ):
        with pytest.raises(TypeError):
            wrong()


def test_a_warning_tells_how_to_write_such_a_product():
    x = minigrad.ones(2, 2)
    for call in (lambda: minigrad.addmm(2, x, 3, x, x), lambda: x.addmm(2, x, x)):
        with pytest.warns(UserWarning, match=r"write addmm\(input, mat1, mat2, beta=beta") as told:
            call()
        assert told[0].filename == __file__


def test_addmm_in_place_reads_its_factors_before_it_writes(torch):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    expected = [[8.0, 12.0], [18.0, 26.0], [28.0, 40.0]]
    assert x.clone().addmm_(x, x[:2]).tolist() == expected
    # PyTorch reads what it has written already, or does not: that follows from the processor.
    assert x.addmm_(x, x[:2]).tolist() == expected or torch.__name__ == "torch"


def test_addmm_is_one_node_also_in_place(torch):
    x, a, b = torch.ones(2, 4, requires_grad=True), torch.ones(2, 3), torch.ones(3, 4)
    out = torch.addmm(x, a, b.requires_grad_(), beta=2, alpha=3)
    assert out.grad_fn.name() == "AddmmBackward0"
    assert [node is None for node, _ in out.grad_fn.next_functions] == [False, True, False]
    changed = x.clone().addmm_(a, b)
    assert changed.grad_fn.name() == "AddmmBackward0"
    (out + changed).sum().backward()
    assert (x.grad.tolist(), b.grad.tolist()) == ([[3.0] * 4] * 2, [[8.0] * 4] * 3)


def test_what_beta_0_leaves_out_may_be_anything(torch):
    x = torch.full((2, 2), float("nan"), requires_grad=True)
    out = torch.addmm(x, torch.ones(2, 3), torch.ones(3, 2), beta=0, alpha=2)
    out.sum().backward()
    assert (out.tolist(), x.grad.tolist()) == ([[6.0, 6.0]] * 2, [[0.0, 0.0]] * 2)


SHAPES = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 2, 3), (3,)), ((2, 2, 3), (3, 1)),
          ((3,), (2, 3, 2)), ((2, 1, 1, 3), (2, 3, 2)), ((2, 3), (2, 3, 2))]  # fmt: skip


@pytest.mark.parametrize("shapes", SHAPES)
def test_products_are_numpys_and_their_gradients_differences(shapes):
    draw = np.random.default_rng(0)
    arrays = [draw.standard_normal(shape) for shape in shapes]
    a, b = (minigrad.tensor(each, requires_grad=True) for each in arrays)
    np.testing.assert_allclose((a @ b).detach().numpy(), np.matmul(*arrays), rtol=1e-12)
    gradcheck(minigrad.matmul, [a, b], order=2)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda torch, x: x @ x, "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"),
        (lambda torch, x: x[0] @ x, "mat1 and mat2 shapes cannot be multiplied (1x3 and 2x3)"),
        (lambda torch, x: x @ x[:, 0], "size mismatch, got input (2), mat (2x3), vec (2)"),
        (lambda torch, x: x[0] @ x[:, 0], "inconsistent tensor size, expected tensor [3] and src "
                                          "[2] to have the same number of elements, but got 3 "
                                          "and 2 elements respectively"),
        (lambda torch, x: x @ x.sum(), "both arguments to matmul need to be at least 1D, but they "
                                       "are 2D and 0D"),
        (lambda torch, x: x.expand(4, 2, 3) @ x.expand(5, 2, 3), "The size of tensor a (4) must "
                                       "match the size of tensor b (5) at non-singleton "),
        (lambda torch, x: x[None] @ x[None], "Expected size for first two dimensions of batch2 "
                                             "tensor to be: [1, 3] but got: [1, 2]."),
        (lambda torch, x: x @ x.T.double(), "expected m1 and m2 to have the same dtype, but got: "
                                            "float != double"),
        (lambda torch, x: (x > 0) @ (x > 0).T, "NotImplementedError: \"addmm_impl_cpu_\" not "
                                               "implemented for 'Bool'"),
        (lambda torch, x: torch.mm(x, x[0]), "mat2 must be a matrix"),
        (lambda torch, x: torch.bmm(x, x), "batch1 must be a 3D tensor"),
        (lambda torch, x: torch.outer(x, x[0]), "outer: Expected 1-D argument self, but got 2-D"),
        (lambda torch, x: torch.matmul(x, 3), "TypeError: matmul(): argument 'other' (position 2) "
                                              "must be Tensor, not int"),
        (lambda torch, x: x @ 3, "TypeError: unsupported operand type(s) for @: 'Tensor' and "
                                 "'int'"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.ones(2, 3))


def test_what_nodes_of_batches_are_called(torch):
    a, b = torch.ones(2, 3, 3, requires_grad=True), torch.ones(2, 3, 3)
    assert torch.bmm(a, b).grad_fn.name() == "BmmBackward0"
    for product in (a @ b, torch.matmul(a, b[:1]), a[None] @ b):
        assert product.grad_fn.name() == "UnsafeViewBackward0"


def test_from_the_right(torch):
    a, b = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0], [4.0]])
    assert b.__rmatmul__(a).tolist() == [[11.0]] and b.__rmatmul__(3) is NotImplemented


@pytest.mark.parametrize("beta", [0, 2])
def test_a_product_whose_factor_is_0_is_not_looked_at(torch, beta):
    endless = torch.full((2, 2), torch.inf)
    for x in (torch.ones(2), torch.ones(2, 2)):
        found = torch.addmm(x, endless, endless * 0, alpha=0, beta=beta)
        assert found.tolist() == [[float(beta)] * 2] * 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((0, 2, 3), (0, 3, 4)),
        ((5, 2, 0), (5, 0, 4)),
        ((5, 0, 3), (5, 3, 4)),
        ((1, 2, 0), (2, 0, 4)),
    ],
)
@pytest.mark.parametrize(
    "dtypes", [("float32", "float64"), ("bool", "float32"), ("float32", "bool")]
)
def test_batches_without_a_product_may_be_of_two_dtypes(torch, left, right, dtypes):
    first, second = (getattr(torch, each) for each in dtypes)
    x, y = torch.ones(left, dtype=first), torch.ones(right, dtype=second)
    product = x @ y
    assert product.dtype == second and not product.any()
    assert product.shape[1:] == (left[1], right[2])


def test_the_gradients_of_such_batches_are_of_their_dtypes(torch, failure):
    x = torch.ones(2, 2, 0, requires_grad=True)
    y = torch.ones(2, 0, 4, dtype=torch.float64, requires_grad=True)
    torch.bmm(x, y).sum().backward()
    assert x.grad.dtype == torch.float32 and y.grad.dtype == torch.float64
    assert failure(torch.bmm, x, y.detach().long()) == (
        "RuntimeError: Autograd not support dtype: Long"
    )
    for shape in ((2, 0), (1, 2, 0)):
        with pytest.raises(RuntimeError, match="expected m1 and m2 to have the same dtype"):
            torch.ones(shape, requires_grad=True) @ y
    for shape in ((0, 3, 4), (2, 3, 0)):
        found = failure(torch.matmul, torch.ones(3), torch.ones(shape, dtype=torch.float64))
        assert found.startswith("RuntimeError: addmv input tensors must have the same dtype")
