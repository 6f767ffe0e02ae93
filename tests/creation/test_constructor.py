"""What `Tensor(...)` makes of sizes and of data: older scripts call it so."""

import numpy as np
import pytest

import minigrad


@pytest.mark.parametrize(
    "data", [[1, 2], (1, 2.5), [[1, 2], [3, 4]], [True, False], [], range(3), [np.float64(2)]]
)
def test_data_are_copied_in_the_default_dtype(torch, data):
    x = torch.Tensor(data)
    expected = torch.tensor(list(data), dtype=torch.float32)
    assert x.dtype is torch.float32 and not x.requires_grad
    assert x.shape == expected.shape and x.tolist() == expected.tolist()


@pytest.mark.parametrize("sizes", [(), (2,), (2, 3), (0, 4), (2, 1, 3), (np.int64(3),)])
def test_sizes_give_elements_that_are_not_yet_written(torch, sizes):
    x = torch.Tensor(*sizes)
    assert x.shape == torch.Size(sizes or (0,)) and x.dtype is torch.float32
    assert x.fill_(2.0).sum().item() == 2.0 * x.numel()
    assert torch.Tensor(torch.Size(sizes)).shape == torch.Size(sizes)


def test_it_follows_the_default_dtype(torch):
    torch.set_default_dtype(torch.float64)
    try:
        assert torch.Tensor([1, 2]).dtype is torch.Tensor(2).dtype is torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(("given", "expected"), [
    ((2.5,), "TypeError: new(): data must be a sequence (got float)"),
    ((None,), "TypeError: new(): data must be a sequence (got NoneType)"),
    ((True,), "TypeError: new(): data must be a sequence (got bool)"),
    (({1: 2},), "TypeError: new(): data must be a sequence (got dict)"),
    (("abc",), "TypeError: new(): invalid data type 'str'"),
    ((2, 3.5), "TypeError: new(): argument 'size' failed to unpack the object at pos 2"),
    ((-1,), "RuntimeError: Trying to create tensor with negative dimension -1: [-1]"),
])  # fmt: skip
def test_what_is_neither_is_refused(torch, failure, given, expected):
    assert failure(torch.Tensor, *given).startswith(expected)


def test_an_array_stays_where_it_is():
    array = np.ones(3)
    assert minigrad.Tensor(array).array is array
    assert minigrad.Tensor(array, requires_grad=True).requires_grad


def test_a_tensor_is_told_to_be_copied_or_shared():
    with pytest.raises(TypeError, match=r"x.detach\(\) shares its memory, x.clone\(\) copies it"):
        minigrad.Tensor(minigrad.ones(2))
