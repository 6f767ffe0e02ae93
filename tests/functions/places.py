"""Indices along a dimension, as a test draws them for gathering and scattering."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from .moving import DIM, plain


def index_of(torch, values):
    return torch.tensor(values, dtype=torch.int64)


@st.composite
def gathering(draw):
    """An operand, a dimension, and an index: mostly one that fits."""
    x = draw(plain(min_dims=draw(st.sampled_from([1, 1, 1, 0]))))
    own = x.values.shape
    dim = draw(st.integers(-len(own), len(own) - 1)) if own else draw(DIM)
    shape = [draw(st.integers(0, n)) for n in own]
    if own:
        shape[dim] = draw(st.integers(0, 4))
    size = own[dim] if own else 1
    high = max(size - 1, 0) if draw(st.integers(0, 9)) else size
    low = 0 if draw(st.integers(0, 9)) else -1
    index = draw(npst.arrays(np.int64, tuple(shape), elements=st.integers(low, high)))
    return x, dim, index
