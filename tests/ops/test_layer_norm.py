"""Layer normalisation: rows that are hard, what must not change, and threads."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.layer_norm import layer_norm
from minigrad.testing import assert_close

LARGEST = float(np.finfo(np.float64).max)


@pytest.mark.parametrize("size", [1, 5, 8, 19, 700])
@pytest.mark.parametrize("constant", [0.0, 0.1, 100.1, 1e4, 1e30])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_row_of_one_number_is_0(size, constant, dtype):
    x = torch.full((2, size), constant, dtype=dtype)
    assert layer_norm(x, None, None, 1e-5, 1).tolist() == [[0.0] * size] * 2


def test_squares_may_be_beyond_float32():
    x = torch.tensor([[1e30, -1e30], [3e38, 3e38]])
    assert layer_norm(x, None, None, 1e-5, 1).tolist() == [[1.0, -1.0], [0.0, 0.0]]


@pytest.mark.parametrize("row", [[1e200, -1e200, 3.0], [LARGEST, LARGEST, 0.0], [LARGEST] * 3])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_row_whose_variance_is_beyond_float64_is_its_bias(row, sign):
    x = torch.tensor([[sign * row[0], *row[1:]], [1.0, 2.0, 3.0]], dtype=torch.float64)
    x.requires_grad_()
    bias = torch.tensor([4.0, 5.0, 6.0], dtype=torch.float64)
    out = layer_norm(x, bias, bias, 1e-5, 1)
    assert out[0].tolist() == [4.0, 5.0, 6.0] and out[1].isfinite().all()
    out.backward(torch.ones_like(x))
    assert x.grad[0].tolist() == [0.0, 0.0, 0.0] and x.grad[1].isfinite().all()


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_what_is_not_finite_is_so_in_its_row_alone(number):
    x = torch.tensor([[1.0, number, 2.0], [1.0, 2.0, 3.0]], requires_grad=True)
    out = layer_norm(x, None, None, 1e-5, 1)
    out.sum().backward()
    for found in (out, x.grad):
        assert found[0].isnan().all() and found[1].isfinite().all()


def test_a_row_may_have_several_dimensions():
    draw = np.random.default_rng(0)
    x, weight = torch.tensor(draw.normal(size=(3, 2, 4))), torch.tensor(draw.normal(size=(2, 4)))
    flat = layer_norm(x.reshape(3, 8), weight.reshape(8), weight.reshape(8), 1e-5, 1)
    assert layer_norm(x, weight, weight, 1e-5, 2).equal(flat.reshape(3, 2, 4))


@pytest.mark.parametrize("changed", ["x", "weight", "bias"])
def test_what_the_gradient_looks_at_must_not_change(changed):
    leaf = torch.ones(2, 3, requires_grad=True)
    given = {"x": leaf * 1, "weight": torch.ones(3), "bias": torch.zeros(3)}
    out = layer_norm(given["x"], given["weight"], given["bias"], 1e-5, 1)
    given[changed].fill_(2.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        out.sum().backward()


@pytest.mark.parametrize("shape", [(4000, 9), (3, 20000), (300, 700)])
def test_large_rows_are_as_their_parts(shape):
    """Across blocks and threads: a row is what it is alone, sums are those of all rows."""
    draw = np.random.default_rng(0)
    x = torch.tensor(draw.normal(size=shape), requires_grad=True)
    weight = torch.tensor(draw.normal(size=shape[1]), requires_grad=True)
    out = layer_norm(x, weight, weight, 1e-5, 1)
    start = torch.tensor(draw.normal(size=shape))
    by_x, by_weight = torch.autograd.grad(out, [x, weight], start)
    for row in range(0, shape[0], max(shape[0] // 7, 1)):
        alone = layer_norm(x[row : row + 1], weight, weight, 1e-5, 1)
        assert alone.equal(out[row : row + 1])
        (gradient,) = torch.autograd.grad(alone, x, start[row : row + 1])
        assert gradient[row].equal(by_x[row])
    centred = (x - x.mean(1, keepdim=True)).detach()
    normal = centred / ((centred * centred).mean(1, keepdim=True) + 1e-5).sqrt()
    total = (start * normal).sum(0) + start.sum(0)
    assert_close(by_weight, total, rtol=1e-11, atol=1e-11)
