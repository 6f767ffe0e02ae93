"""Tensors from data: dtypes taken over or chosen, copies or shared memory, what is refused."""

import warnings

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad


@pytest.mark.parametrize(
    ("data", "dtype", "values"),
    [
        (1, "int64", 1),
        (1.5, "float32", 1.5),
        (True, "bool", True),
        ([1, 2.5], "float32", [1.0, 2.5]),
        ([True, 2], "int64", [1, 2]),
        ([], "float32", []),
        ([[], []], "float32", [[], []]),
        ([[1], [2]], "int64", [[1], [2]]),
        (1e40, "float32", float("inf")),
        (-(2**63), "int64", -(2**63)),
        (np.float64(2.0), "float64", 2.0),
        ([[1.0], [np.float64(1)]], "float64", [[1.0], [1.0]]),
        ([np.float32(1), 2.0], "float32", [1.0, 2.0]),
        ([np.int64(1), 2.5], "float32", [1.0, 2.5]),
        (np.ones(2, np.float32), "float32", [1.0, 1.0]),
        ([np.ones(2), np.zeros(2, np.float32)], "float64", [[1.0, 1.0], [0.0, 0.0]]),
        (range(3), "int64", [0, 1, 2]),
    ],
)
def test_dtype_follows_the_data(torch, data, dtype, values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lists of arrays are slow, says PyTorch
        made = torch.tensor(data)
        assert torch.tensor(data, dtype=torch.float64).dtype == torch.float64
    assert (made.dtype, made.tolist()) == (getattr(torch, dtype), values)


def test_integers_of_sizes_that_are_not_here_become_int64():
    assert minigrad.tensor(np.ones(2, np.uint16)).dtype is minigrad.int64
    assert minigrad.tensor([np.uint32(3)]).tolist() == [3]
    with pytest.raises(TypeError, match="no dtype for NumPy's uint16; it has float32"):
        minigrad.from_numpy(np.ones(2, np.uint16))


@pytest.mark.filterwarnings("ignore:Creating a tensor from a list:UserWarning")
def test_an_array_without_dimensions_is_a_number_but_in_front(torch, failure):
    assert torch.tensor([1.0, np.ones(())]).tolist() == [1.0, 1.0]
    assert failure(torch.tensor, [np.ones(())]) == "TypeError: len() of unsized object"


def test_tensors_in_lists_are_numbers(torch):
    made = torch.tensor([[torch.tensor(1)], [torch.tensor([2.5])]])
    assert (made.dtype, made.tolist()) == (torch.float32, [[1.0], [2.5]])


def test_a_dtype_that_is_asked_for(torch):
    assert torch.tensor([1.9, -1.9], dtype=torch.int64).tolist() == [1, -1]
    assert torch.tensor([0.5, 0.0], dtype=bool).tolist() == [True, False]
    assert torch.tensor(2**70, dtype=torch.float64).item() == 2.0**70


def test_tensor_copies_and_the_others_share(torch):
    array = np.zeros(3, np.float32)
    copied, shared, same = torch.tensor(array), torch.from_numpy(array), torch.as_tensor(array)
    array[:] = 5
    assert copied.tolist() == [0.0] * 3
    assert shared.tolist() == same.tolist() == [5.0] * 3
    assert torch.as_tensor(shared) is shared
    assert torch.as_tensor(shared, dtype=torch.float64).dtype == torch.float64
    x = torch.ones(2, requires_grad=True)
    assert torch.as_tensor(x, dtype=torch.float64).grad_fn is not None


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ([[1, 2], [3]], "ValueError: expected sequence of length 2 at dim 1 (got 1)"),
        ([[[1, 2], [3, 4]], [[1, 2], [3]]], "ValueError: expected sequence of length 2 at dim 2"),
        ([[1, 2], 3], "TypeError: not a sequence"),
        ([1, [2]], "TypeError: 'list' object cannot be interpreted as a"),
        ("a", "TypeError: new(): invalid data type 'str'"),
        (["a"], "ValueError: too many dimensions 'str'"),
        ([1, "a"], "TypeError: new(): invalid data type 'str'"),
        (None, "RuntimeError: Could not infer dtype of NoneType"),
        ([None], "RuntimeError: Could not infer dtype of NoneType"),
        ({}, "RuntimeError: Could not infer dtype of dict"),
        ([2**63], "ValueError: Overflow when unpacking long long"),
        (np.ones(2)[::-1], "ValueError: At least one stride in the given numpy array is negative"),
        (np.array(["a"]), "TypeError: can't convert np.ndarray of type numpy.str_."),
        (np.array([None]), "TypeError: can't convert np.ndarray of type numpy.object_."),
        (np.ones(2, ">f4"), "ValueError: given numpy array has byte order different from the nat"),
    ],
)
def test_refused(torch, failure, data, error):
    assert failure(torch.tensor, data).startswith(error)


def test_arguments_refused(torch, failure):
    assert failure(torch.from_numpy, [1]) == "TypeError: expected np.ndarray (got list)"
    assert failure(torch.tensor, [1], requires_grad=True) == (
        "RuntimeError: Only Tensors of floating point and complex dtype can require gradients"
    )
    assert failure(torch.tensor, [float("nan")], dtype=torch.int64) == (
        "RuntimeError: value cannot be converted to type int64 without overflow"
    )
    message = "TypeError: tensor(): argument 'dtype' must be minigrad.dtype, not type"
    assert failure(torch.tensor, [1.0], dtype=np.float32) == message


def test_dtypes_that_are_not_here():
    for array in (np.ones(1, np.float16), np.ones(1, complex)):
        with pytest.raises(TypeError, match=r"float64, float32, int64|has no dtype"):
            minigrad.tensor(array)
    with pytest.raises(TypeError, match="no complex numbers"):
        minigrad.tensor([1, 2j])


NUMBERS = (
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.floats().map(np.float64)
)


@given(st.lists(st.lists(NUMBERS, min_size=2, max_size=2), max_size=4))
def test_any_numbers_give_what_pytorch_gives(data):
    torch = pytest.importorskip("torch")
    ours, theirs = minigrad.tensor(data), torch.tensor(data)
    assert str(ours.dtype) == str(theirs.dtype).replace("torch", "minigrad")
    np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


@pytest.mark.parametrize("data", [None, {}, {1}, [None], [[1.0], [object]]])
def test_what_is_no_number_is_none_of_a_dtype_that_was_asked_for(torch, data):
    with pytest.raises((TypeError, ValueError, RuntimeError)) as refused:
        torch.tensor(data)
    assert refused.type is RuntimeError
    for dtype in (torch.float32, torch.float64, torch.int64, torch.bool, float):
        with pytest.raises(TypeError, match=r"real number|integer"):
            torch.tensor(data, dtype=dtype)


@pytest.mark.parametrize("number", [2**63, 2**64, 2**70, -(2**63) - 1])
def test_a_number_beyond_int64_is_none_of_it(torch, number):
    for data in (number, [number], [0, number]):
        with pytest.raises(ValueError, match="Overflow"):
            torch.tensor(data, dtype=torch.int64)
    assert torch.tensor(number, dtype=torch.float64).item() == float(number)
    assert torch.tensor([2**63 - 1, -(2**63)], dtype=torch.int64).tolist() == [2**63 - 1, -(2**63)]


def test_tensors_in_a_list_are_whole_numbers_where_those_are_asked_for(torch):
    whole = [torch.tensor(1), torch.tensor([2])]
    assert torch.tensor(whole, dtype=torch.int64).tolist() == [1, 2]
    for wrong in (torch.tensor(1.0), torch.ones(2)):
        for dtype in (torch.int64, torch.bool):
            with pytest.raises(TypeError, match="only integer tensors of a single element"):
                torch.tensor([wrong, 2], dtype=dtype)


def test_a_tensor_in_front_says_that_numbers_follow(torch):
    for wrong in ([torch.ones(1, 1), [1.0]], [torch.ones(1), [[1.0, 2.0]], 3.0]):
        with pytest.raises(TypeError):
            torch.tensor(wrong)


@pytest.mark.parametrize(
    ("data", "dtype"),
    [
        ([[3, 2], [1, 2]], "int64"),
        ([[3, 2], [1.0, 2]], "float32"),
        ([[3], [1]], "int64"),
        ([[True], [2]], "int64"),
    ],
)
def test_a_tensor_behind_a_list_is_a_list_of_its_elements(torch, data, dtype):
    first, second = data
    made = torch.tensor([first, torch.tensor(second)])
    assert (made.tolist(), made.dtype) == (data, getattr(torch, dtype))
    made = torch.tensor([first, torch.tensor([[each] for each in second])])
    assert made.tolist() == data
    with pytest.raises(ValueError, match="expected sequence of length"):
        torch.tensor([first, torch.tensor([*second, 5])])
    with pytest.raises(TypeError, match="not a sequence"):
        torch.tensor([first, torch.tensor(7)])


def test_a_tensor_of_several_is_no_number(torch):
    whole, real = torch.tensor([1, 2]), torch.tensor([1.0, 2.0])
    for data in ([whole, whole], [3, whole], [whole > 1, 3], [[3, 2], torch.ones(2, 2).long()]):
        with pytest.raises(TypeError, match="only integer tensors of a single element"):
            torch.tensor(data)
    for data in ([real, real], [whole, 3.0], [torch.ones(0)], [[3.0, 2], torch.ones(2, 2)]):
        with pytest.raises(ValueError, match="only one element tensors can be converted"):
            torch.tensor(data)


def test_what_of_numpy_python_takes_for_no_whole_number_is_none(torch, failure):
    text = "TypeError: 'numpy.{}' object cannot be interpreted as an integer"
    true, half = np.bool_(True), np.float32(0.5)
    for data in ([1, true], [[true], [1]]):
        assert failure(torch.tensor, data) == text.format("bool")
    for data in (true, [true], [np.array([True])]):
        assert failure(torch.tensor, data, dtype=torch.int64) == text.format("bool")
        assert torch.tensor(data).dtype == torch.tensor(data, dtype=torch.bool).dtype == torch.bool
    for dtype in (torch.int64, torch.bool):
        assert failure(torch.tensor, [half], dtype=dtype) == text.format("float32")
        assert torch.tensor([np.float64(0.5)], dtype=dtype).item() == (dtype is torch.bool)
    assert torch.tensor([1.5, true]).tolist() == [1.5, 1.0]


@pytest.mark.parametrize("data", [[[], [1]], [[], 1], [[[], [1]], [2]]])
def test_what_is_empty_in_front_is_empty(torch, data):
    assert torch.tensor([[], torch.ones(2)]).shape == (2, 0)
    made = torch.tensor(data)
    assert (made.numel(), made.dtype, made.shape[1]) == (0, torch.float32, len(data[0]))
    assert torch.tensor(data, dtype=torch.int64).dtype == torch.int64


def test_a_copy_in_another_dtype_lies_as_what_is_copied(torch):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch recommends detach().clone()
        for x in (torch.ones(1, 3).expand(3, 3), torch.ones(3, 3).T):
            assert torch.tensor(x, dtype=torch.float64).stride() == x.clone().stride()
