"""Views share memory and versions; indexing picks what NumPy picks, gradients go back there."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch

VIEWS = [
    lambda x: x.reshape(6),
    lambda x: x.view(3, -1),
    lambda x: x.permute(1, 0),
    lambda x: x.T,
    lambda x: x.t(),
    lambda x: x.transpose(0, -1),
    lambda x: x[1],
    lambda x: x[:, 1:],
    lambda x: x[1, 2],
    lambda x: x[..., None, 0],
    lambda x: x.unsqueeze(-1),
    lambda x: x[:1].squeeze(0),
    lambda x: x[:1].expand(4, 3),
    lambda x: x.flatten(),
    lambda x: x.detach(),
]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shares_memory_and_version(view):
    x = torch.zeros(2, 3)
    seen = view(x)
    assert np.may_share_memory(seen.array, x.array)
    x.fill_(5.0)
    assert (seen.array == 5.0).all()
    assert seen._version == x._version == 1
    if seen.is_contiguous() and seen.numel() == 6:
        seen.fill_(2.0)
        assert (x.array == 2.0).all() and x._version == 2


@pytest.mark.parametrize(
    "copy",
    [
        lambda x: x.T.reshape(6),
        lambda x: x[[0, 1]],
        lambda x: x.clone(),
        lambda x: x.T.contiguous(),
    ],
)
def test_a_copy_does_not(copy):
    x = torch.zeros(2, 3)
    copied = copy(x)
    x.fill_(5.0)
    assert (copied.array == 0.0).all() and copied._version == 0


KEYS = [
    0, -1, slice(1, None), slice(None, None, 2), (0, 1), (slice(None), 2), (..., 1), None,
    (None, 0), (slice(2, 1),), [0, 1, 0], ([1, 0], [2, 2]), (slice(None), [0, 0]), True,
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_indexing_and_its_transpose(key):
    array = np.arange(6.0).reshape(2, 3)
    x = torch.tensor(array, requires_grad=True)
    picked = x[key]
    np.testing.assert_array_equal(picked.array, array[key])
    weights = np.random.default_rng(0).standard_normal(picked.shape)
    picked.backward(torch.tensor(weights))
    expected = np.zeros((2, 3))
    np.add.at(expected, key, weights)
    np.testing.assert_array_equal(x.grad.array, expected)


def test_what_is_picked_is_laid_out_like_a_new_array():
    x = torch.zeros(2, 3)
    for picked, strides in ((x[:, [0]], (4, 4)), (x[:, [0, 2]], (8, 4)), (x[[1]], (12, 4))):
        assert picked.array.strides == strides


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x[1:].add_(x[:-1]),
        lambda x: x.mul_(x.t()),
        lambda x: x.copy_(x.t()),
        lambda x: x.add_(x[0]),
        lambda x: x[0].copy_(x[0, 0]),
        lambda x: x.__setitem__(slice(1, None), x[:-1]),
        lambda x: x.__setitem__([0, 1], x[1:]),
    ],
)
def test_what_is_read_while_it_is_written_is_refused(change):
    x = torch.arange(9.0).reshape(3, 3)
    with pytest.raises(RuntimeError, match="refer to a single memory location"):
        change(x)
    assert x.flatten().tolist() == list(range(9)) and x._version == 0
    x.mul_(x)[1:].copy_(x[1:])
    x.masked_fill_(x > 3, x[0, 1])
    assert x.tolist() == [[0.0, 1.0, 1.0]] + [[1.0] * 3] * 2
    x.fill_(x[0, 0])
    assert not x.any()


def test_assigning_to_all_ends_the_history_there():
    for key in (..., slice(None), (slice(0, 3), slice(None)), (), (..., slice(None))):
        x = torch.ones(3, 2, requires_grad=True)
        y = x * 2
        y[key] = 5
        assert y.requires_grad and y.grad_fn.name() == "FillBackward3"
        (y.sum() + x.sum()).backward()
        assert x.grad.tolist() == [[1.0] * 2] * 3


def test_indexing_with_tensors():
    x = torch.arange(6).reshape(2, 3)
    assert x[torch.tensor([1, 0])].tolist() == [[3, 4, 5], [0, 1, 2]]
    assert x[torch.tensor(1)].tolist() == [3, 4, 5]
    assert x[x > 2].tolist() == [3, 4, 5]
    with pytest.raises(IndexError, match="out of bounds"):
        x[2]
    with pytest.raises(IndexError, match="too many indices"):
        x[0, 0, 0]
    with pytest.raises(ValueError, match="step must be greater than zero"):
        x[::-1]


@given(data=st.data())
def test_any_chain_of_views_passes_gradients_back(data):
    """The adjoint dot test: for a linear map A, v · A u is u · Aᵀ v."""
    u = np.random.default_rng(1).standard_normal((2, 3, 4))
    x = torch.tensor(u, requires_grad=True)
    seen = x
    for _ in range(data.draw(st.integers(1, 4))):
        choice = data.draw(st.integers(0, 4))
        if choice == 0 and seen.ndim:
            seen = seen.permute(*data.draw(st.permutations(range(seen.ndim))))
        elif choice == 1:
            seen = seen.reshape(-1)
        elif choice == 2 and seen.ndim and seen.shape[0]:
            seen = seen[data.draw(st.integers(0, seen.shape[0] - 1)) :]
        elif choice == 3 and seen.ndim < 4:
            seen = seen.unsqueeze(0).expand(2, *[-1] * seen.ndim)
        elif choice == 4 and seen.ndim and seen.shape[-1]:
            seen = seen[..., [0, 0]]
    v = np.random.default_rng(2).standard_normal(seen.shape)
    (back,) = torch.autograd.grad(seen, x, torch.tensor(v))
    np.testing.assert_allclose((v * seen.array).sum(), (back.array * u).sum(), atol=1e-10)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda x: x.reshape(4), r"shape '\[4\]' is invalid for input of size 6"),
        (lambda x: x.reshape(-1, 4), r"shape '\[-1, 4\]' is invalid for input of size 6"),
        (lambda x: x.T.view(6), "view size is not compatible with input tensor's size and stride"),
        (lambda x: x.permute(0), "number of dimensions in the tensor input does not match"),
        (lambda x: x.permute(0, 0), "duplicate dims are not allowed"),
        (lambda x: x.expand(4, 3), "expand"),
        (lambda x: x.expand(3), "expand"),
        (lambda x: x.unsqueeze(0).t(), r"t\(\) expects a tensor with <= 2 dimensions"),
    ],
)
def test_shapes_that_cannot_be(wrong, message):
    with pytest.raises(RuntimeError, match=message):
        wrong(torch.zeros(2, 3))
    with pytest.raises(IndexError, match="Dimension out of range"):
        torch.zeros(2, 3).unsqueeze(5)


def test_an_index_or_condition_changed_before_backward_is_noticed():
    x = torch.ones(3, requires_grad=True)
    index, condition = torch.tensor([0, 1]), torch.tensor([True, False, True])
    picked, chosen = x[index], torch.where(condition, x, 0.0)
    index.fill_(2)
    condition.fill_(False)
    for out in (picked, chosen):
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            out.sum().backward()


@pytest.mark.parametrize(
    ("shape", "function", "is_view"),
    [
        ((2, 3), lambda torch, x: x.unsqueeze(1), True),
        ((2, 3), lambda torch, x: x[..., None], True),
        ((2, 3), lambda torch, x: x[...], False),
        ((), lambda torch, x: x[None], True),
        ((2, 3), lambda torch, x: x[1:], False),
        ((), lambda torch, x: x.expand(4), False),
        ((), lambda torch, x: x * torch.ones(4, 3), False),
        ((1, 3), lambda torch, x: x * torch.ones(4, 3), False),
        ((3,), lambda torch, x: x * torch.ones(4, 3), True),
    ],
)
def test_a_gradient_is_a_view_where_pytorchs_is(torch, shape, function, is_view):
    x = torch.ones(shape, requires_grad=True)
    out = function(torch, x)
    (gradient,) = torch.autograd.grad(out, x, torch.full(out.shape, 2.0))
    assert (gradient._base is not None) == is_view
    assert gradient.sum().item() == 2.0 * out.numel()
