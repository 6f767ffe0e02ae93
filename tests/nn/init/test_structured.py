"""How is a weight made an identity, orthogonal, or mostly zeros?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad

sizes = st.lists(st.integers(1, 9), min_size=2, max_size=4).map(tuple)
DTYPES = st.sampled_from(["float32", "float64"])


def filled(torch, function, shape, dtype, seed, **arguments):
    """The values, and what the generator gives after them."""
    torch.manual_seed(seed)
    weight = torch.empty(*shape, dtype=getattr(torch, dtype))
    assert getattr(torch.nn.init, function)(weight, **arguments) is weight
    return weight.numpy(), torch.rand(2).tolist()


@given(sizes, DTYPES, st.integers(0, 2**40), st.floats(-2, 2))
def test_orthogonal_weights_are_pytorchs_up_to_rounding(shape, dtype, seed, gain):
    arguments = ("orthogonal_", shape, dtype, seed)
    ours, after = filled(minigrad, *arguments, gain=gain)
    theirs, after_theirs = filled(pytest.importorskip("torch"), *arguments, gain=gain)
    assert after == after_theirs
    tolerance = 1e4 * np.finfo(dtype).eps
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=tolerance)


@given(sizes, st.integers(0, 99))
def test_the_shorter_side_of_an_orthogonal_weight_is_orthonormal(shape, seed):
    weight, _ = filled(minigrad, "orthogonal_", shape, "float64", seed, gain=2.0)
    rows = weight.reshape(shape[0], -1)
    rows = rows if rows.shape[0] <= rows.shape[1] else rows.T
    np.testing.assert_allclose(rows @ rows.T, 4 * np.eye(len(rows)), atol=1e-12)


def test_an_orthogonal_weight_may_lie_transposed_in_memory(torch):
    weight = torch.empty(6, 4, dtype=torch.float64)
    turned = weight.transpose(0, 1)
    torch.nn.init.orthogonal_(turned, generator=torch.Generator().manual_seed(2))
    product = (turned @ weight).tolist()
    assert np.abs(product - np.eye(4)).max() < 1e-12
    assert torch.nn.init.orthogonal_(torch.empty(0, 3)).shape == (0, 3)


@given(
    st.integers(1, 9), st.integers(1, 5), DTYPES, st.integers(0, 2**40), st.floats(-0.5, 1.5),
)  # fmt: skip
def test_sparse_weights_are_pytorchs(rows, columns, dtype, seed, sparsity):
    arguments = ("sparse_", (rows, columns), dtype, seed)
    ours, after = filled(minigrad, *arguments, sparsity=sparsity, std=2.0)
    theirs, after_theirs = filled(
        pytest.importorskip("torch"), *arguments, sparsity=sparsity, std=2.0
    )
    assert after == after_theirs and (ours == 0).tolist() == (theirs == 0).tolist()
    np.testing.assert_allclose(ours, theirs, rtol=4 * np.finfo(dtype).eps)


def test_an_identity_is_cut_or_filled_up_with_zeros(torch):
    assert torch.nn.init.eye_(torch.empty(2, 3)).tolist() == [[1, 0, 0], [0, 1, 0]]
    assert torch.nn.init.eye_(torch.empty(3, 1, dtype=torch.int64)).tolist() == [[1], [0], [0]]


@given(st.lists(st.integers(1, 4), min_size=3, max_size=5).map(tuple), st.sampled_from([1, 2, 3]))
def test_identities_of_convolutions_are_pytorchs(shape, groups):
    torch = pytest.importorskip("torch")
    shape = (groups * shape[0], *shape[1:])
    weights = [
        library.nn.init.dirac_(library.empty(*shape), groups) for library in (minigrad, torch)
    ]
    assert weights[0].tolist() == weights[1].tolist()


MATRIX = "ValueError: Only tensors with 2 dimensions are supported"
ERRORS = [
    ("eye_", (3,), {}, MATRIX),
    ("sparse_", (3, 3, 3), {"sparsity": 0.5}, MATRIX),
    ("orthogonal_", (3,), {}, "ValueError: Only tensors with 2 or more dimensions are supported"),
    ("dirac_", (3, 3), {}, "ValueError: Only tensors with 3, 4, or 5 dimensions are supported"),
    ("dirac_", (3, 3, 3), {"groups": 2}, "ValueError: dim 0 must be divisible by groups"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "shape", "arguments", "message"), ERRORS)
def test_what_has_the_wrong_number_of_dimensions(
    torch, failure, function, shape, arguments, message
):
    assert failure(getattr(torch.nn.init, function), torch.empty(*shape), **arguments) == message


@pytest.mark.parametrize(
    "function", ["eye_", "orthogonal_", lambda init, weight: init.sparse_(weight, 0.5)]
)
def test_the_graph_does_not_see_it_but_the_version_counts_it(torch, function):
    weight = torch.empty(2, 2, requires_grad=True)
    before = weight._version
    fill = function if callable(function) else lambda init, each: getattr(init, function)(each)
    fill(torch.nn.init, weight)
    assert weight.is_leaf and weight.requires_grad and weight._version > before
