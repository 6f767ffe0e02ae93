"""An array under another shape, in compiled code as in NumPy."""

import numpy as np
import pytest
from numba import njit

from minigrad.kernels.reshaping import with_shape


@njit
def compiled(array, shape):
    return with_shape(array, shape)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
@pytest.mark.parametrize("shape", [(12,), (3, 4), (2, 2, 3), (12, 1)])
def test_it_is_the_same_memory_under_another_shape(dtype, shape):
    array = np.arange(12, dtype=dtype).reshape(4, 3)
    for found in (compiled(array, shape), with_shape(array, shape)):
        assert found.shape == shape
        assert found.dtype == dtype
        assert found.ravel().tolist() == list(range(12))
        assert np.shares_memory(found, array)
