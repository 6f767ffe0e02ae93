"""Indices drawn with weights: PyTorch's, none twice without replacement, none without a weight."""

from importlib import import_module
from importlib.util import find_spec

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

LIBRARIES = [import_module(name) for name in ("minigrad", "torch") if find_spec(name)]


@st.composite
def rows_of_weights(draw):
    """A row or rows of weights, of which some are 0, but not all of a row."""
    shape = draw(npst.array_shapes(min_dims=1, max_dims=2, max_side=6))
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    positive = st.floats(2.0**-20, 2.0**20, width=32)
    found = draw(npst.arrays(dtype, shape, elements=positive | st.just(0.0)))
    found[..., draw(st.integers(0, shape[-1] - 1))] = draw(positive)
    return found


@given(weights=rows_of_weights(), seed=st.integers(0, 2**64 - 1), data=st.data())
def test_weights_decide_which_indices_come(weights, seed, data):
    sides = weights.shape[-1]
    replacement = data.draw(st.booleans())
    count = data.draw(st.integers(1, 20 if replacement else sides))
    with_weight = []
    for library in LIBRARIES:
        library.manual_seed(seed)
        drawn = library.multinomial(library.from_numpy(weights), count, replacement).numpy()
        assert drawn.shape == (*weights.shape[:-1], count) and drawn.dtype == np.int64
        assert np.all((drawn >= 0) & (drawn < sides))
        found = []
        for row, indices in zip(np.atleast_2d(weights), np.atleast_2d(drawn), strict=True):
            if not replacement:
                assert len({*indices}) == count
            first = count if replacement else min(count, np.count_nonzero(row))
            assert np.all(row[indices[:first]] > 0) and np.all(row[indices[first:]] == 0)
            found.append(indices[:first].tolist())
        with_weight.append((found, library.rand(1).item()))  # and as many words
    assert with_weight[0] == with_weight[-1]
