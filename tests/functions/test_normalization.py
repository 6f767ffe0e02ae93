"""Batch normalisation of batches with a length; layer normalisation of any rows there may be."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad

from .agreement import Operand, check, operands

SIZES = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(2, 4))


def normalised(x, training):
    """Output, gradients and statistics for values (N, C, ...)."""
    channels = x.shape[1]
    given = minigrad.tensor(x, requires_grad=True)
    weight = minigrad.arange(1.0, channels + 1, dtype=minigrad.float64).requires_grad_()
    bias = weight.detach().requires_grad_()
    mean = minigrad.zeros(channels, dtype=minigrad.float64)
    var = minigrad.ones(channels, dtype=minigrad.float64)
    out = minigrad.nn.functional.batch_norm(given, mean, var, weight, bias, training)
    out.backward(minigrad.tensor(np.cos(x)))
    return [each.detach().numpy() for each in (out, given.grad)], [
        each.detach().numpy() for each in (weight.grad, bias.grad, mean, var)
    ]


@pytest.mark.parametrize("training", [True, False])
@given(data=st.data(), sizes=SIZES)
def test_a_length_is_more_rows(training, data, sizes):
    x = data.draw(npst.arrays(np.float64, sizes, elements=st.integers(-9, 9)))
    rows = np.ascontiguousarray(x.swapaxes(1, 2)).reshape(-1, sizes[1])
    with_length, per_channel = normalised(x, training)
    of_rows, same_per_channel = normalised(rows, training)
    for ours, theirs in zip(with_length, of_rows, strict=True):
        np.testing.assert_array_equal(ours.swapaxes(1, 2).reshape(rows.shape), theirs)
    for ours, theirs in zip(per_channel, same_per_channel, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_running_statistics_may_lie_anywhere(torch):
    statistics = torch.zeros(3, 2)
    mean, var = statistics[:, 0], statistics[:, 1]
    x = torch.tensor([[1.0, 2.0, 3.0], [3.0, 6.0, 9.0]])
    torch.nn.functional.batch_norm(x, mean, var, training=True, momentum=0.5)
    assert statistics.tolist() == [[1.0, 1.0], [2.0, 4.0], [3.0, 9.0]]


def which_require_a_gradient(library, training, wanted):
    """Of the first gradients of a batch norm, which require one, and by which node."""
    x = library.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 1.0]], requires_grad="x" in wanted)
    weight = library.tensor([1.0, 2.0], requires_grad="w" in wanted)
    bias = library.tensor([0.5, 0.0], requires_grad="b" in wanted)
    statistics = library.zeros(2), library.ones(2)
    out = library.nn.functional.batch_norm(x, *statistics, weight, bias, training)
    leaves = [each for each in (x, weight, bias) if each.requires_grad]
    gradients = library.autograd.grad((out * x.cos()).sum(), leaves, create_graph=True)
    return [each.requires_grad for each in gradients]


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("wanted", ["x", "w", "b", "xw", "xb", "wb", "xwb"])
def test_gradients_require_a_gradient_as_in_pytorch(training, wanted):
    theirs = which_require_a_gradient(pytest.importorskip("torch"), training, wanted)
    assert which_require_a_gradient(minigrad, training, wanted) == theirs


def test_gradients_of_batch_norm_are_in_the_graph_together(torch):
    weight = torch.ones(2, requires_grad=True)
    bias = torch.zeros(2, requires_grad=True)
    x = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    out = torch.nn.functional.batch_norm(x, None, None, weight, bias, training=True)
    slopes = torch.autograd.grad(out.sum(), [weight, bias], create_graph=True)
    assert [each.requires_grad for each in slopes] == [True, True]
    assert torch.autograd.grad(slopes[0].sum(), weight, allow_unused=True) == (None,)


@given(
    x=operands(npst.array_shapes(min_dims=1, max_dims=3, min_side=0), [np.float64, np.int64]),
    ndim=st.integers(0, 3),
    given=st.tuples(st.booleans(), st.booleans()),
    dtype=st.sampled_from([np.float64, np.float64, np.float32]),
    eps=st.sampled_from([1e-5, 0.5, 1, True]),
)
def test_layer_norm_of_any_rows(x, ndim, given, dtype, eps):
    shape = x.values.shape[x.values.ndim - ndim :] if ndim <= x.values.ndim else (2,)
    numbers = np.linspace(-1.0, 2.0, int(np.prod(shape))).reshape(shape).astype(dtype)
    more = [Operand(numbers, "contiguous", True) for is_given in given if is_given]

    def call(torch, x, *more):
        left = iter(more)
        weight, bias = (next(left) if is_given else None for is_given in given)
        return torch.nn.functional.layer_norm(x, shape, weight, bias, eps)

    # PyTorch's second derivative by a bias alone raises.
    check(call, x, *more, orders=1 if given == (False, True) else 2)
