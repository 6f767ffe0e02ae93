"""Which arguments does `functional.linear` refuse, and what does it do with an unusual bias?"""

import numpy as np
import pytest

import minigrad

EXPANDED = (
    "RuntimeError: The expanded size of the tensor (3) must match the existing size (4) at "
    "non-singleton dimension 1.  Target sizes: [2, 3].  Tensor sizes: [4]"
)
DTYPES = "RuntimeError: self and mat2 must have the same dtype, but got Double and Float"


@pytest.mark.parametrize("shape", [(2, 2), (1, 2, 2)])
def test_a_bias_of_the_wrong_size_or_dtype(torch, failure, shape):
    linear, x, weight = torch.nn.functional.linear, torch.zeros(*shape), torch.zeros(3, 2)
    assert failure(linear, x, weight, torch.zeros(4)) == EXPANDED
    assert failure(linear, x, weight, torch.zeros(3, dtype=torch.float64)) == DTYPES
    assert failure(linear, x, weight, [1.0]) == (
        "TypeError: linear(): argument 'bias' (position 3) must be Tensor, not list"
    )
    assert failure(linear, x, [1.0]) == (
        "TypeError: linear(): argument 'weight' (position 2) must be Tensor, not list"
    )


@pytest.mark.parametrize("shape", [(1,), (), (2, 3)])
def test_a_bias_that_broadcasts_is_added(torch, shape):
    bias = torch.ones(shape)
    out = torch.nn.functional.linear(torch.zeros(2, 2), torch.zeros(3, 2), bias)
    assert out.tolist() == [[1.0] * 3] * 2


def test_to_one_row_a_bias_may_be_a_matrix_of_one(torch, failure):
    linear, x = torch.nn.functional.linear, torch.ones(2)
    bias = torch.ones(1, 3, requires_grad=True)
    out = linear(x, torch.zeros(3, 2), bias)
    out.sum().backward()
    assert out.tolist() == [1.0] * 3 and bias.grad.tolist() == [[1.0] * 3]
    for shape in ((1, 1), (2, 3), (3, 1)):
        assert failure(linear, x, torch.zeros(3, 2), torch.ones(shape)).startswith("RuntimeError")
    assert failure(linear, x, torch.zeros(1, 2), torch.ones(1, 1)).startswith("RuntimeError")


@pytest.mark.parametrize("input", [(2, 4, 2), (1, 1, 2), (2, 1, 2), (2, 2, 2, 2), (2, 0, 2)])
@pytest.mark.parametrize(
    "bias", [(1, 3), (4, 1), (8, 1), (4, 3), (2, 1), (1, 1, 3), (1, 4, 3), (2, 1, 1), (2, 2, 1, 3)]
)
@pytest.mark.parametrize("in_order", [True, False])
def test_a_bias_of_several_dimensions_is_added_as_pytorch_adds_it(input, bias, in_order):
    """Where it is one line, to all rows as to one matrix; else it broadcasts over the output."""
    found = []
    for torch in (pytest.importorskip("torch"), minigrad):
        x = torch.arange(float(np.prod(input))).reshape(input)
        x = x if in_order else x.transpose(0, 1)
        shift = torch.arange(float(np.prod(bias))).reshape(bias).requires_grad_()
        try:
            out = torch.nn.functional.linear(x, torch.ones(3, 2), shift)
            out.sum().backward()
            found.append((out.tolist(), shift.grad.tolist()))
        except RuntimeError as error:
            found.append(type(error))
    assert found[0] == found[1]


@pytest.mark.parametrize("shape", [(3,), (1,), ()])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_to_rows_that_lie_apart_a_bias_of_any_dtype_is_added(torch, shape, dtype):
    x = torch.ones(2, 4, 2).transpose(0, 1)
    bias = torch.full(shape, 2, dtype=getattr(torch, dtype))
    for weight, outputs in ((torch.ones(3, 2), (3,)), (torch.ones(2), ())):
        if outputs or shape != (3,):
            out = torch.nn.functional.linear(x, weight, bias)
            assert (out.dtype, out.shape) == (torch.float32, (4, 2, *outputs))
            assert bool((out == 4).all())


def test_the_gradient_of_such_a_bias_is_of_its_dtype(torch):
    x = torch.ones(2, 4, 2).transpose(0, 1)
    bias = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    torch.nn.functional.linear(x, torch.ones(3, 2), bias).sum().backward()
    assert bias.grad.dtype == torch.float64 and bias.grad.tolist() == [8.0] * 3
    whole = torch.ones(2, 4, 2, dtype=torch.int64).transpose(0, 1)
    with pytest.raises(RuntimeError, match="result type Float can't be cast"):
        torch.nn.functional.linear(whole, torch.ones(3, 2, dtype=torch.int64), torch.ones(3))


@pytest.mark.parametrize(("x", "bias"), [((2,), (2, 3)), ((1, 2), (2, 3)), ((4, 1, 2), (2, 3))])
def test_a_bias_that_would_make_the_output_larger_is_refused(torch, failure, x, bias):
    error = failure(torch.nn.functional.linear, torch.ones(x), torch.ones(3, 2), torch.ones(bias))
    assert error.startswith("RuntimeError: ")


def test_a_weight_of_one_dimension_gives_each_row_a_number(torch, failure):
    linear, weight, bias = torch.nn.functional.linear, torch.tensor([1.0, 2.0]), torch.tensor(3.0)
    assert linear(torch.ones(2), weight, bias).item() == 6.0
    assert linear(torch.ones(2, 3, 2), weight, bias).tolist() == [[6.0] * 3] * 2
    rows = torch.ones(3, 2, 2).transpose(0, 1)
    assert linear(rows, weight, bias.reshape(1)).tolist() == [[6.0] * 3] * 2
    for x, shift in ((torch.ones(3, 2), bias), (torch.ones(2, 3, 2), bias.reshape(1))):
        assert failure(linear, x, weight, shift) == (
            "RuntimeError: mat2 must be a matrix, got 1-D tensor"
        )


@pytest.mark.parametrize("shape", [(2, 2, 3), (4, 2, 3)])
def test_a_weight_of_three_dimensions(torch, failure, shape):
    assert failure(torch.nn.functional.linear, torch.zeros(2, 3), torch.zeros(*shape)) == (
        "RuntimeError: t() expects a tensor with <= 2 dimensions, but self is 3D"
    )


def test_whole_numbers_are_multiplied_and_truth_values_are_not(torch, failure):
    linear, x = torch.nn.functional.linear, torch.ones(70, 3, dtype=torch.int64)
    weight = torch.tensor([[1, 2, 3]] * 9)
    assert linear(x, weight, torch.arange(9)).tolist() == [[6 + k for k in range(9)]] * 70
    assert failure(linear, x.bool(), weight.bool()) == (
        "NotImplementedError: \"addmm_impl_cpu_\" not implemented for 'Bool'"
    )


@pytest.mark.parametrize("shape", [(0,), (3, 0), (2, 3, 0), (0, 2), (0, 3, 2)])
@pytest.mark.parametrize("outputs", [0, 4])
def test_where_there_is_nothing_to_multiply_truth_values_are_taken(torch, failure, shape, outputs):
    linear, x = torch.nn.functional.linear, torch.zeros(shape, dtype=torch.bool)
    weight = torch.zeros(outputs, shape[-1], dtype=torch.bool)
    out = linear(x, weight)
    assert out.shape == (*shape[:-1], outputs) and not out.any()
    for bias in (torch.ones(outputs, dtype=torch.bool), torch.ones(1, dtype=torch.bool)):
        if out.numel():
            assert failure(linear, x, weight, bias) == (
                "RuntimeError: result type Long can't be cast to the desired output type Bool"
            )
        else:
            assert linear(x, weight, bias).shape == out.shape


@pytest.mark.parametrize("shape", [(3,), (2, 2, 3)])
def test_a_product_without_a_bias_is_no_view(torch, shape):
    x, weight = torch.ones(shape), torch.ones(2, 3, requires_grad=True)
    product = torch.nn.functional.linear(x, weight)
    assert product._base is None and product.detach_() is product
    assert torch.nn.functional.linear(x, weight, torch.ones(2))._base is not None
