"""What counts as an integer where a size, a dimension or a shift is expected."""

import numpy as np
import pytest


@pytest.mark.parametrize("given", [2, np.int32(2), np.uint8(2)])
def test_an_integer_is_an_integer_of_any_kind(torch, given):
    assert torch.zeros(1, 2, 3).squeeze(0).unsqueeze(given).shape == (2, 3, 1)
    assert torch.zeros(4).roll(given).tolist() == [0, 0, 0, 0]


def test_a_tensor_of_one_integer_without_dimensions_is_one(torch):
    two = torch.tensor(2)
    assert torch.zeros(two, 3).shape == (2, 3)
    assert torch.arange(6).reshape(two, 3).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert torch.arange(6).narrow(0, two, two).tolist() == [2, 3]


@pytest.mark.parametrize("wrong", [2.0, np.float64(2), "2", [2]])
def test_what_is_no_integer_is_none(torch, failure, wrong):
    assert failure(torch.zeros, wrong, 3).startswith("TypeError: ")
    assert failure(torch.zeros(1, 2).unsqueeze, wrong).startswith("TypeError: ")


@pytest.mark.parametrize("wrong", [2.0, True])
def test_a_tensor_of_something_else_is_no_size(torch, wrong):
    for of_size in (torch.zeros, torch.arange(6).reshape):
        with pytest.raises((TypeError, RuntimeError)):  # PyTorch's error depends on the dtype
            of_size(torch.tensor(wrong), 3)
