"""Running statistics: moving averages, the mean over all batches, the counter."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.running_statistics import update_


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(momentum=st.floats(0, 1), count=st.integers(2, 1000), seed=st.integers(0, 100))
def test_update(dtype, momentum, count, seed):
    draw = np.random.default_rng(seed)
    running = [torch.tensor(draw.uniform(0.5, 2.0, 3), dtype=dtype) for _ in range(2)]
    batch = [torch.tensor(draw.uniform(0.5, 2.0, 3)) for _ in range(2)]
    expected = [
        (1 - momentum) * running[0].array + momentum * batch[0].array,
        (1 - momentum) * running[1].array + momentum * batch[1].array * count / (count - 1),
    ]
    update_(*running, *batch, count, momentum, None)
    eps = np.finfo(dtype.numpy).eps
    np.testing.assert_allclose([each.array for each in running], expected, rtol=4 * eps)
    assert [each._version for each in running] == [0, 0]


def test_without_momentum_it_is_the_mean_over_all_batches():
    draw = np.random.default_rng(0)
    running_mean, running_var = torch.zeros(2), torch.ones(2)
    counter = torch.tensor(0)
    batches = draw.uniform(0.5, 2.0, (7, 2, 2))
    for mean, var in batches:
        statistics = torch.tensor(mean), torch.tensor(var)
        update_(running_mean, running_var, *statistics, 5, None, counter)
    assert (counter.item(), counter._version) == (7, 7)
    np.testing.assert_allclose(running_mean.array, batches[:, 0].mean(0), rtol=1e-6)
    np.testing.assert_allclose(running_var.array, batches[:, 1].mean(0) * 5 / 4, rtol=1e-6)


@pytest.mark.parametrize("dtype", [torch.int64, torch.float32])
def test_a_batch_is_counted_also_where_momentum_is_given(dtype):
    counter = torch.tensor(3, dtype=dtype)
    update_(torch.zeros(2), torch.ones(2), *torch.ones(2, 2).double(), 5, 0.5, counter)
    assert (counter.item(), counter.dtype, counter._version) == (4, dtype, 1)


def test_momentum_0_freezes_and_1_replaces():
    mean, var = torch.full((1,), 3.0), torch.full((1,), 5.0)
    update_(mean, var, torch.ones(1).double(), torch.ones(1).double(), 2, 0.0, None)
    assert (mean.tolist(), var.tolist()) == ([3.0], [5.0])
    update_(mean, var, torch.ones(1).double(), torch.ones(1).double(), 2, 1.0, None)
    assert (mean.tolist(), var.tolist()) == ([1.0], [2.0])


@pytest.mark.parametrize("wrong", range(4))
def test_statistics_of_another_size_are_refused_before_anything_is_written(wrong):
    sizes = [2 if position == wrong else 3 for position in range(4)]
    running = [torch.ones(size) for size in sizes[:2]]
    batch = [torch.zeros(size, dtype=torch.float64) for size in sizes[2:]]
    with pytest.raises(RuntimeError, match="running statistics of shapes"):
        update_(*running, *batch, 5, 0.1, None)
    assert [each.tolist() for each in running] == [[1.0] * size for size in sizes[:2]]
