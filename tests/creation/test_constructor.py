"""What `Tensor(...)` makes of sizes and of data: older scripts call it so."""

import copy

import numpy as np
import pytest

import minigrad
from minigrad.testing.strategies import LAYOUTS, laid_out, tensor_of


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


@pytest.mark.parametrize(
    "array",
    [
        np.array([1.5, 1 / 3]), np.array([[1, 2**40]]), np.array([True, False]),
        np.uint8([1, 255]), np.float32([1, 2])[::2], np.zeros((2, 0, 3)), np.array(2.5),
    ],
)  # fmt: skip
def test_an_array_is_copied_unless_it_has_the_default_dtype(torch, array):
    x = torch.Tensor(array)
    assert x.dtype is torch.float32 and x.shape == array.shape
    assert x.tolist() == array.astype(np.float32).tolist()
    x.fill_(7.0)
    assert np.all((array == 7) == (array.dtype == np.float32))


def test_tensors_among_the_data_are_numbers(torch):
    numbers = torch.tensor([1.5, 2.0], dtype=torch.float64)
    nested = [[numbers[0], torch.tensor(True)], [3, torch.tensor([4])]]
    assert torch.Tensor(nested).tolist() == [[1.5, 1.0], [3.0, 4.0]]


@pytest.mark.parametrize("kind", ["Tensor", "derived"])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "bool"])
def test_of_a_tensor_it_makes_a_view(torch, kind, dtype):
    class Derived(torch.Tensor):
        pass

    kind = {"Tensor": torch.Tensor, "derived": Derived}[kind]
    x = torch.ones(2, 1, 3).to(getattr(torch, dtype)).transpose(0, 2)
    view = kind(x)
    assert type(view) is kind and type(x) is torch.Tensor
    assert view.dtype is x.dtype and view.stride() == x.stride()
    view.zero_()
    assert x.tolist() == torch.zeros(3, 1, 2).tolist() and x._version == view._version == 1


def test_gradients_go_through_it(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    view = torch.Tensor(torch.nn.Parameter(x))
    assert type(view) is torch.Tensor and view.requires_grad
    view = torch.Tensor(x)
    assert view.grad_fn.name() == "AliasBackward0" and not view.is_leaf
    (view * view).sum().backward()
    assert x.grad.tolist() == [2.0, 4.0]
    inner = x * 1
    torch.Tensor(inner).mul_(3.0)
    (gradient,) = torch.autograd.grad(inner.sum(), x)
    assert gradient.tolist() == [3.0, 3.0]


def test_what_is_meant_can_be_said_by_name(torch):
    x = torch.ones(2)
    assert torch.Tensor(data=(2, 3), device="cpu").tolist() == [2.0, 3.0]
    assert torch.Tensor(size=(2, 3)).shape == (2, 3)
    assert torch.Tensor(other=x).data_ptr() == x.data_ptr()


def test_a_derived_class_says_what_it_takes_in_new(torch):
    class Weighted(torch.Tensor):
        def __new__(cls, data, weight):
            return super().__new__(cls, data)

        def __init__(self, data, weight):
            super().__init__()
            self.weight = weight

    x = Weighted([1, 2], weight=3)
    assert type(x) is Weighted and x.tolist() == [1.0, 2.0] and x.weight == 3
    duplicate = copy.copy(x)
    assert type(duplicate) is Weighted and duplicate.weight == 3


def test_a_derived_parameter_is_one(torch):
    class Named(torch.nn.Parameter):
        def __new__(cls, data, name):
            parameter = super().__new__(cls, data, requires_grad=False)
            parameter.label = name
            return parameter

        def __init__(self, data, name):
            pass

    x = torch.ones(2)
    parameter = Named(x, "weight")
    assert type(parameter) is Named and parameter.data_ptr() == x.data_ptr()
    module = torch.nn.Module()
    module.weight = parameter
    assert [each.label for each in module.parameters()] == ["weight"]
    assert not module.weight.requires_grad


COMBINATION = "TypeError: new() received an invalid combination of arguments - got "


@pytest.mark.parametrize(("given", "named", "expected"), [
    ((2.5,), {}, "TypeError: new(): data must be a sequence (got float)"),
    ((None,), {}, "TypeError: new(): data must be a sequence (got NoneType)"),
    ((True,), {}, "TypeError: new(): data must be a sequence (got bool)"),
    (({1: 2},), {}, "TypeError: new(): data must be a sequence (got dict)"),
    ((), {"data": 3}, "TypeError: new(): data must be a sequence (got int)"),
    (("abc",), {}, "TypeError: new(): invalid data type 'str'"),
    (([[1, 2], [3]],), {}, "ValueError: expected sequence of length 2 at dim 1 (got 1)"),
    ((np.array(["a"]),), {}, "TypeError: can't convert np.ndarray of type numpy.str_."),
    ((np.ones(3)[::-1],), {}, "ValueError: At least one stride in the given numpy array is"),
    ((2, 3.5), {}, "TypeError: new(): argument 'size' failed to unpack the object at pos 2"),
    ((-1,), {}, "RuntimeError: Trying to create tensor with negative dimension -1: [-1]"),
    (([1, 2], 3), {}, COMBINATION + "(list, int)"),
    ((2.5, 3), {}, COMBINATION + "(float, int)"),
    (([1, 2],), {"requires_grad": True}, COMBINATION + "(list, requires_grad=bool)"),
    ((2,), {"size": (2,)}, COMBINATION + "(int, size=tuple)"),
    ((), {"size": 3}, COMBINATION + "(size=int"),
    ((2,), {"device": "cuda"}, "RuntimeError: legacy constructor expects device type: cpu but"),
])  # fmt: skip
def test_what_is_neither_is_refused(torch, failure, given, named, expected):
    assert failure(torch.Tensor, *given, **named).startswith(expected)


def test_a_view_of_a_tensor_takes_no_device(torch, failure):
    x = torch.ones(2)
    for device in ("cpu", None):
        text = failure(torch.Tensor, x, device=device).replace("minigrad.", "")
        assert text.startswith(
            "RuntimeError: Legacy tensor constructor of the form Tensor(tensor, "
        )
    assert failure(torch.Tensor, x, 3).startswith(COMBINATION + "(Tensor, int)")


def test_a_recorded_step_converts_an_array_at_each_call():
    numbers = np.array([1.0, 2.0])

    @minigrad.compile
    def step(x):
        return x * minigrad.Tensor(numbers)

    for _ in range(3):
        result = step(minigrad.ones(2))
        assert result.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_wraps_arrays_takes_them_as_they_lie(layout):
    array = laid_out(np.ones((2, 3)), layout)
    x = tensor_of(array, requires_grad=True, kind=minigrad.nn.Parameter)
    assert x.array is array and x.requires_grad and type(x) is minigrad.nn.Parameter
