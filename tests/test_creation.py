"""New tensors: dtypes taken over or chosen, copies or shared memory, and what is refused."""

import numpy as np
import pytest

import minigrad as torch


@pytest.mark.parametrize(
    ("data", "dtype", "values"),
    [
        (1, torch.int64, 1),
        (1.5, torch.float32, 1.5),
        (True, torch.bool, True),
        ([1, 2.5], torch.float32, [1.0, 2.5]),
        ([], torch.float32, []),
        ([[1], [2]], torch.int64, [[1], [2]]),
        (np.float64(2.0), torch.float64, 2.0),
        (np.ones(2, np.float32), torch.float32, [1.0, 1.0]),
        (np.ones(2, np.int32), torch.int64, [1, 1]),
        ([np.ones(2), np.zeros(2)], torch.float64, [[1.0, 1.0], [0.0, 0.0]]),
        (range(3), torch.int64, [0, 1, 2]),
    ],
)
def test_dtype_follows_the_data(data, dtype, values):
    made = torch.tensor(data)
    assert (made.dtype, made.tolist()) == (dtype, values)
    assert torch.tensor(data, dtype=torch.float64).dtype is torch.float64


def test_tensor_copies_and_the_others_share():
    array = np.zeros(3, np.float32)
    copied, shared, same = torch.tensor(array), torch.from_numpy(array), torch.as_tensor(array)
    array[:] = 5
    assert copied.tolist() == [0.0] * 3
    assert shared.tolist() == same.tolist() == [5.0] * 3
    assert torch.as_tensor(shared) is shared
    assert torch.as_tensor(shared, dtype=torch.float64).dtype is torch.float64


def test_constants():
    assert torch.zeros(2, 0).shape == torch.zeros((2, 0)).shape == (2, 0)
    assert torch.ones(2, dtype=torch.bool).tolist() == [True, True]
    assert torch.full((2,), 7).dtype is torch.int64
    assert torch.full((2,), 0.5, requires_grad=True).requires_grad
    like = torch.zeros(2, 3, dtype=torch.float64)
    for function in (torch.zeros_like, torch.ones_like, torch.empty_like):
        assert (function(like).shape, function(like).dtype) == ((2, 3), torch.float64)
    assert torch.zeros(()).tolist() == 0.0
    assert torch.empty(2, requires_grad=True).is_leaf


def test_sequences():
    assert torch.arange(3).tolist() == [0, 1, 2]
    assert torch.arange(1, 2, 0.25).tolist() == [1.0, 1.25, 1.5, 1.75]
    assert torch.arange(5, 1, -2).tolist() == [5, 3]
    assert torch.arange(3, dtype=torch.float64).dtype is torch.float64


def test_random_numbers_repeat_with_the_seed():
    drawn = []
    for _ in range(2):
        torch.manual_seed(3)
        numbers = [torch.rand(3), torch.randn(20), torch.randint(0, 9, (4,)), torch.randperm(5)]
        drawn.append([each.tolist() for each in numbers])
    assert drawn[0] == drawn[1] and sorted(drawn[0][3]) == [0, 1, 2, 3, 4]
    own = torch.Generator().manual_seed(3)
    assert torch.rand(3, generator=own).tolist() == drawn[0][0]


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (lambda: torch.tensor([[1, 2], [3]]), ValueError, "rectangular|expected sequence"),
        (lambda: torch.tensor("a"), TypeError, "str"),
        (lambda: torch.tensor([1], requires_grad=True), RuntimeError, "nly Tensors of floating"),
        (lambda: torch.from_numpy([1]), TypeError, r"expected np.ndarray \(got list\)"),
        (lambda: torch.zeros(-1), RuntimeError, "dimension"),
        (lambda: torch.arange(0, 1, 0), RuntimeError, "step must be nonzero"),
        (lambda: torch.arange(1, 0), RuntimeError, "inconsistent with step sign"),
        (lambda: torch.tensor(None), RuntimeError, "Could not infer dtype of NoneType"),
    ],
)
def test_refused(wrong, error, message):
    with pytest.raises(error, match=message):
        wrong()
