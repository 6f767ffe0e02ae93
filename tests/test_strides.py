"""Which strides do views have along dimensions of one element?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad import strides

sizes = st.lists(st.integers(1, 3), min_size=0, max_size=3)


@st.composite
def viewed(draw, library_of):
    """The same tensor in both libraries, whose dimensions lie in any order, with gaps."""
    shape = draw(sizes)
    steps = [slice(None, None, draw(st.integers(1, 2))) for _ in shape]
    order = draw(st.permutations(range(len(shape))))
    memory = np.arange(float(np.prod([2 * n for n in shape]))).reshape([2 * n for n in shape])
    return [library.from_numpy(memory)[(*steps, ...)].permute(order) for library in library_of]


@st.composite
def keys(draw, ndim):
    parts = draw(
        st.lists(st.sampled_from([0, slice(None), slice(1), None]), min_size=ndim, max_size=ndim)
    )
    return (*parts, *draw(st.sampled_from([(), (None,), (..., None)])))


def same(mine, theirs):
    assert (mine.tolist(), mine.stride()) == (theirs.tolist(), theirs.stride())
    assert mine.storage_offset() == theirs.storage_offset()


@given(data=st.data())
def test_new_dimensions_step_over_what_stands_behind_them(data):
    torch = pytest.importorskip("torch")
    mine, theirs = data.draw(viewed((minigrad, torch)))
    key = data.draw(keys(mine.dim()))
    same(mine[key], theirs[key])
    dim = data.draw(st.integers(-mine.dim() - 1, mine.dim()))
    same(mine.unsqueeze(dim), theirs.unsqueeze(dim))


@given(data=st.data())
def test_expanded_dimensions_of_one_element_keep_their_step(data):
    torch = pytest.importorskip("torch")
    mine, theirs = data.draw(viewed((minigrad, torch)))
    own = [data.draw(st.sampled_from([n, 3])) if n == 1 else n for n in mine.shape]
    shape = data.draw(sizes) + own
    same(mine.expand(shape), theirs.expand(shape))


@given(data=st.data())
def test_another_shape_has_the_steps_of_what_it_is_made_of(data):
    torch = pytest.importorskip("torch")
    mine, theirs = data.draw(viewed((minigrad, torch)))
    ones = st.lists(st.just(1), max_size=2)
    shape = [size for n in mine.shape for size in (*data.draw(ones), n)] + data.draw(ones)
    same(mine.view(shape), theirs.view(shape))
    same(mine.reshape(shape), theirs.reshape(shape))
    same(mine.contiguous().flatten().view(shape), theirs.contiguous().flatten().view(shape))
    same(mine.unsqueeze(0).view(mine.shape), theirs.unsqueeze(0).view(theirs.shape))
    dims = data.draw(st.lists(st.integers(0, max(mine.dim() - 1, 0)), unique=True, max_size=2))
    same(mine.squeeze(dims), theirs.squeeze(dims))


@given(data=st.data())
def test_dimensions_that_are_left_keep_their_step(data):
    torch = pytest.importorskip("torch")
    mine, theirs = data.draw(viewed((minigrad, torch)))
    same(mine.squeeze(), theirs.squeeze())
    dims = data.draw(st.permutations(range(mine.dim())))[:2]
    same(mine.squeeze(dims), theirs.squeeze(dims))


@given(data=st.data())
def test_other_shapes_step_as_the_elements_lie(data):
    torch = pytest.importorskip("torch")
    mine, theirs = data.draw(viewed((minigrad, torch)))
    same(mine.view(mine.shape), theirs.view(theirs.shape))
    shape = data.draw(st.permutations(mine.shape)) + data.draw(st.sampled_from([[], [1], [1, 1]]))
    start = data.draw(st.integers(0, mine.dim()))
    for wanted in (shape, [*mine.shape[:start], 1, *mine.shape[start:]], [-1]):
        same(mine.reshape(wanted), theirs.reshape(wanted))
    same(mine.flatten(min(start, mine.dim() - 1)), theirs.flatten(min(start, mine.dim() - 1)))


def test_a_view_stays_in_the_memory_that_it_is_of(torch):
    x = torch.zeros(3, 4)
    for view in (x[1:, None, ::2], x.t()[1:, None], x[:, 1:3].expand(1, 3, 2), x[1, None, 1]):
        view.fill_(1)
        assert x.sum() == view.numel()
        x.zero_()
        assert not view.any()


def test_what_may_not_be_written_to_stays_so():
    x = np.broadcast_to(np.arange(3.0), (2, 3))
    assert not strides.view(x[:, ::2], (2, 1, 2), (0, 0, 16)).flags.writeable
    with pytest.raises(ValueError, match=r"cannot broadcast \(2,\) to \(3,\)"):
        strides.expanded(np.zeros(2), (3,))
