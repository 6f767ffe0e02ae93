"""What a tensor is: an array, and its place in the graph."""

import numpy as np
import pytest

import minigrad as torch


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
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
    assert not z.is_leaf and z.requires_grad and z.grad_fn.name() == "MulBackward0"
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
    assert {each.grad_fn.name() for each in names.values()} == set(names)
    assert all(each.grad_fn.name() == name for name, each in names.items())
