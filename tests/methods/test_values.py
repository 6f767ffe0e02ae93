"""A tensor's values, for Python and for NumPy."""

import numpy as np
import pytest


def test_for_python(torch):
    x = torch.tensor([[1.5, -2.0]])
    assert x.tolist() == [[1.5, -2.0]] and x[0, 0].item() == float(x[0, 0]) == 1.5
    assert int(torch.tensor(2.7)) == 2 and [10, 20, 30][torch.tensor([1])] == 20
    assert complex(torch.tensor(2.0)) == 2 + 0j
    assert bool(torch.tensor([0.0])) is False and bool(torch.tensor(2)) is True
    assert len(torch.zeros(4, 0)) == 4
    assert [row.tolist() for row in torch.tensor([[1, 2], [3, 4]])] == [[1, 2], [3, 4]]
    assert 1.5 in x and 3 not in x and torch.tensor(-2.0) in x
    assert f"{torch.tensor(0.12345):.3f} {torch.tensor(7):03d}" == "0.123 007"
    assert f"{torch.tensor([1.0])}" == "tensor([1.])"


def test_reversed(torch):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    assert reversed(x).tolist() == [[3.0, 4.0], [1.0, 2.0]]
    assert reversed(x).grad_fn.name() == "FlipBackward0"
    assert reversed(number := torch.tensor(1)) is number


def test_for_numpy_without_a_copy(torch):
    x = torch.tensor([[1.5, -2.0]])
    for array in (x.numpy(), np.asarray(x), x.T.numpy()):
        array[0, 0] += 1
    assert x.tolist() == [[4.5, -2.0]]
    assert np.asarray(x, dtype=np.float64).dtype == np.float64
    leaf = x.requires_grad_()
    assert leaf.numpy(force=True)[0, 0] == 4.5


@pytest.mark.filterwarnings("ignore:__array_wrap__ must accept")
def test_for_numpy_where_no_graph_is_made_it_does_not_matter_what_requires_a_gradient(torch):
    leaf = torch.tensor([1.5, -2.0], requires_grad=True)
    for mode in (torch.no_grad, torch.inference_mode):
        with mode():
            leaf.numpy()[0] += 1
            assert np.asarray(leaf)[0] == leaf[0] and (leaf * np.ones(2)).tolist() == leaf.tolist()
    assert leaf.tolist() == [3.5, -2.0] and leaf.requires_grad


@pytest.mark.filterwarnings("ignore:__array_wrap__ must accept")
def test_numpys_functions_give_tensors(torch):
    x = torch.tensor([1.0, 4.0])
    for made, values, dtype in (
        (np.add(x, np.ones(2)), [2.0, 5.0], torch.float64),
        (np.add(np.ones(2, np.float32), x), [2.0, 5.0], torch.float32),
        (np.sqrt(x), [1.0, 2.0], torch.float32),
        (x * np.ones(2), [1.0, 4.0], torch.float64),
        (np.float64(2) * x, [2.0, 8.0], torch.float32),
    ):
        assert isinstance(made, torch.Tensor)
        assert (made.tolist(), made.dtype) == (values, dtype)
    assert isinstance(np.concatenate([x, x]), np.ndarray)
    assert isinstance(np.add(x, x, out=np.zeros(2, np.float32)), np.ndarray)


GRADIENT = "RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().num"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda t: t.ones(2).item(), "RuntimeError: a Tensor with 2 elements cannot be converted"),
        (lambda t: float(t.ones(2)), "ValueError: only one element tensors can be converted to P"),
        (lambda t: bool(t.ones(2)), "RuntimeError: Boolean value of Tensor with more than one va"),
        (lambda t: bool(t.ones(0)), "RuntimeError: Boolean value of Tensor with no values is amb"),
        (lambda t: len(t.tensor(1.0)), "TypeError: len() of a 0-d tensor"),
        (lambda t: iter(t.tensor(1.0)), "TypeError: iteration over a 0-d tensor"),
        (lambda t: [1][t.tensor(0.0)], "TypeError: only integer tensors of a single element can "),
        (lambda t: "a" in t.ones(2), "RuntimeError: Tensor.__contains__ only supports Tensor or "),
        (lambda t: t.ones(2, requires_grad=True).numpy(), GRADIENT),
        (lambda t: np.exp(t.ones(2, requires_grad=True)), GRADIENT),
        (lambda t: np.ones(2) * t.ones(2), "TypeError: unsupported operand type(s) for *"),
        (lambda t: np.add(1, 1, out=t.ones(2)), "TypeError: return arrays must be of ArrayType"),
        (lambda t: f"{t.ones(2):.2f}", "TypeError: unsupported format string passed to Tensor.__"),
    ],
)
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(error)


@pytest.mark.filterwarnings("error")
def test_what_is_refused_is_not_warned_of_before(torch):
    for kind in (float, complex):
        with pytest.raises(ValueError, match="only one element tensors"):
            kind(torch.ones(2, requires_grad=True))
