"""Linear on what is no matrix: any dimensions, one output, whole numbers; what it refuses."""

import numpy as np
import pytest

import minigrad as torch
from minigrad import ops
from minigrad.ops import linear


@pytest.mark.parametrize("shape", [(3,), (2, 4, 3), (2, 0, 3), (0, 3), (1, 1, 1, 3)])
def test_dimensions_before_the_last_stay(shape):
    torch.manual_seed(0)
    x = torch.randn(*shape, requires_grad=True)
    weight, bias = torch.randn(2, 3, requires_grad=True), torch.randn(2, requires_grad=True)
    out = linear(x, weight, bias)
    assert out.shape == (*shape[:-1], 2)
    np.testing.assert_allclose(out.array, x.array @ weight.array.T + bias.array, atol=1e-6)
    out.backward(torch.ones(*out.shape))
    assert x.grad.shape == shape
    np.testing.assert_allclose(bias.grad.array, [np.prod(shape[:-1])] * 2)
    np.testing.assert_allclose(weight.grad.array, [x.array.reshape(-1, 3).sum(0)] * 2, atol=1e-6)


def test_a_weight_of_one_dimension_is_one_output_without_a_dimension():
    x, weight = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([10.0, 1.0])
    assert linear(x, weight).tolist() == [12.0, 34.0]
    assert linear(x[0], weight, torch.tensor(0.5)).tolist() == 12.5


@pytest.mark.parametrize("rows", [2, 2000])
def test_whole_numbers_of_any_size(rows):
    x, weight = torch.ones(rows, 3, dtype=torch.int64), torch.tensor([[1, 2, 3], [4, 5, 6]])
    out = linear(x, weight, torch.tensor([0, 100]))
    assert out.dtype == torch.int64
    assert out.tolist() == [[6, 115]] * rows


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((2, 5), (3, 4)), r"mat1 and mat2 shapes cannot be multiplied \(2x5 and 4x3\)"),
        (((2, 2, 5), (3, 4)), r"mat1 and mat2 shapes cannot be multiplied \(4x5 and 4x3\)"),
        (((), (3, 4)), "both arguments to linear need to be at least 1D, but they are 0D and 2D"),
        (((2, 3), ()), "both arguments to linear need to be at least 1D, but they are 2D and 0D"),
        (((2, 3), (4, 2, 3)), r"t\(\) expects a tensor with <= 2 dimensions, but self is 3D"),
        (
            ((2, 3), (4, 3), (3,)),
            r"bias must have shape \[4\], one element for each row of weight",
        ),
        (((2, 3), (4, 3), (1, 4)), r"bias must have shape \[4\], .* got \[1, 4\]"),
    ],
)
def test_shapes_that_do_not_fit(shapes, message):
    with pytest.raises(RuntimeError, match=message):
        ops.linear(*[torch.ones(shape) for shape in shapes])


def test_dtypes_that_do_not_fit():
    with pytest.raises(RuntimeError, match="mat1 and mat2 must have the same dtype"):
        linear(torch.ones(2, 3), torch.ones(2, 3, dtype=torch.float64))
    with pytest.raises(RuntimeError, match="self and mat2 must have the same dtype"):
        linear(torch.ones(2, 3), torch.ones(2, 3), torch.ones(2, dtype=torch.float64))
    with pytest.raises(NotImplementedError, match="not implemented for 'Bool'"):
        linear(torch.ones(2, 3, dtype=torch.bool), torch.ones(2, 3, dtype=torch.bool))
