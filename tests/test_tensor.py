"""What a tensor is: shape, values for Python, storage, leaf or not."""

import copy

import numpy as np
import pytest

import minigrad as torch


def test_shape_and_memory():
    x = torch.zeros(2, 3)
    assert (x.shape, x.size(), x.size(-1), x.ndim, x.dim(), x.numel()) == (
        (2, 3), (2, 3), 3, 2, 2, 6,
    )  # fmt: skip
    assert (repr(x.shape), x.shape.numel()) == ("minigrad.Size([2, 3])", 6)
    assert (x.stride(), x.T.stride(), x.is_contiguous(), x.T.is_contiguous()) == (
        (3, 1), (1, 3), True, False,
    )  # fmt: skip
    assert (x.element_size(), x.dtype, x.type()) == (4, torch.float32, "minigrad.FloatTensor")
    assert x[1].data_ptr() - x.data_ptr() == 12
    assert str(x.device) == "cpu" and x.to("cpu") is x


def test_values_for_python():
    x = torch.tensor([[1.5, -2.0]])
    assert x.tolist() == [[1.5, -2.0]] and x[0, 0].item() == float(x[0, 0]) == 1.5
    assert int(torch.tensor(3)) == 3 and [10, 20, 30][torch.tensor(1)] == 20
    assert bool(torch.tensor([0.0])) is False and bool(torch.tensor(2)) is True
    assert len(torch.zeros(4, 0)) == 4
    assert [row.tolist() for row in torch.tensor([[1, 2], [3, 4]])] == [[1, 2], [3, 4]]
    assert np.shares_memory(x.numpy(), x.array)
    np.testing.assert_array_equal(np.asarray(x), [[1.5, -2.0]])


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (
            lambda: torch.ones(2).item(),
            RuntimeError,
            "a Tensor with 2 elements cannot be converted",
        ),
        (lambda: bool(torch.ones(2)), RuntimeError, "more than one value is ambiguous"),
        (lambda: bool(torch.ones(0)), RuntimeError, "no values is ambiguous"),
        (lambda: len(torch.tensor(1.0)), TypeError, "len\\(\\) of a 0-d tensor"),
        (lambda: iter(torch.tensor(1.0)), TypeError, "iteration over a 0-d tensor"),
        (lambda: [1][torch.tensor(0.0)], TypeError, "only integer tensors of a single element"),
        (lambda: torch.ones(1).to("cuda"), RuntimeError, "cuda"),
        (lambda: torch.ones(2) + "a", TypeError, "str"),
        (lambda: torch.ones(2) @ torch.ones(3), RuntimeError, "cannot be multiplied|inconsistent"),
        (lambda: torch.ones(2, 3) @ torch.ones(2, 3), RuntimeError, r"\(2x3 and 2x3\)"),
        (lambda: torch.ones(2, 2) @ torch.ones(2, 2).double(), RuntimeError, "same dtype"),
    ],
)
def test_errors(wrong, error, message):
    with pytest.raises(error, match=message):
        wrong()


def test_comparison_and_identity():
    x = torch.tensor([1.0, 2.0, float("nan")])
    assert (x == x).tolist() == [True, True, False]
    assert (x != 1).tolist() == [False, True, True]
    assert (x < 2).tolist() == [True, False, False]
    assert (2 > x).tolist() == [True, False, False]
    assert (x >= torch.tensor([1, 3, 0])).tolist() == [True, False, False]
    assert (x == None) is False and (x != None) is True  # noqa: E711
    assert len({x, x, x.detach()}) == 2


def test_data_and_detach_share_memory():
    x = torch.ones(2, requires_grad=True)
    for seen in (x.data, x.detach()):
        assert np.shares_memory(seen.array, x.array) and not seen.requires_grad and seen.is_leaf
    x.data = torch.zeros(3)
    assert x.tolist() == [0.0] * 3 and x.requires_grad


def test_leaves_and_results():
    x = torch.ones(2)
    y = x * 2
    assert x.is_leaf and y.is_leaf and y.grad_fn is None
    x.requires_grad_()
    z = x * 2
    assert not z.is_leaf and z.requires_grad and z.grad_fn.name == "MulBackward0"
    assert repr(z.grad_fn).startswith("<MulBackward0 object at 0x")
    assert (y.requires_grad, torch.ones(2, requires_grad=True).is_leaf) == (False, True)


def test_the_graph_names_what_made_a_result_as_pytorch_does():
    x = torch.ones(2, 2, requires_grad=True)
    names = {
        "AddBackward0": x + 1, "SubBackward0": x - 1, "MulBackward0": x * 2, "DivBackward0": x / 2,
        "NegBackward0": -x, "PowBackward0": x**2, "ExpBackward0": x.exp(), "LogBackward0": x.log(),
        "SqrtBackward0": x.sqrt(), "AbsBackward0": x.abs(), "MmBackward0": x @ x,
        "CloneBackward0": x.clone(), "PermuteBackward0": x.T, "ReluBackward0": x.relu(),
        "SigmoidBackward0": x.sigmoid(),
    }  # fmt: skip
    assert {each.grad_fn.name for each in names.values()} == set(names)
    assert all(each.grad_fn.name == name for name, each in names.items())


def test_a_deep_copy_is_a_leaf_of_its_own():
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.zeros(2)
    copied = copy.deepcopy(x)
    assert copied.requires_grad and copied.is_leaf
    copied.detach().fill_(3.0)
    assert x.tolist() == [1.0, 1.0] and copied.grad.tolist() == [0.0, 0.0]


def test_a_number_is_formatted_like_one():
    assert f"{torch.tensor(0.12345):.3f} {torch.tensor(7):03d}" == "0.123 007"
    assert f"{torch.tensor([1.0])}" == "tensor([1.])"
    assert abs(torch.tensor([-2.0, 3.0])).tolist() == [2.0, 3.0]
