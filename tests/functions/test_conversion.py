"""The same values in another dtype, at another place, in other memory."""

import numpy as np
import pytest

import minigrad


def test_to_takes_a_dtype_a_device_or_a_tensor(torch):
    x = torch.tensor([1.5, -2.5])
    wide = torch.float64
    for made in (x.to(wide), x.to("cpu", wide), x.to(torch.device("cpu"), wide, True),
                 x.to(torch.ones(1, dtype=wide)), x.to(dtype=wide, non_blocking=True),
                 x.to("cpu", dtype=wide),
                 x.to(float), x.double(), x.type(wide), x.type("torch.DoubleTensor"),
                 x.type_as(torch.ones(1, dtype=wide)), x.to(wide, False, True)):  # fmt: skip
        assert (made.dtype, made.tolist()) == (wide, [1.5, -2.5])
    assert x.long().tolist() == [1, -2] and x.bool().tolist() == [True, True]


@pytest.mark.parametrize(
    ("number", "dtype"), [(2.0, "float64"), (np.float32(2), "float64"), (True, "bool")]
)
def test_a_number_stands_for_the_dtype_of_a_tensor_of_it(torch, failure, number, dtype):
    x = torch.ones(2, requires_grad=True)
    assert x.to(number, True).dtype == x.to(number, copy=True).dtype == getattr(torch, dtype)
    assert failure(x.to, number, dtype=torch.float64).startswith("TypeError: to()")
    assert failure(x.to, np.int64(0)).startswith("RuntimeError: ")  # the number of a device


def test_nothing_to_change_gives_the_tensor_itself(torch):
    x = torch.ones(2)
    for same in (x.to(torch.float32), x.to("cpu"), x.to(), x.to(None), x.to(dtype=None),
                 x.to(x), x.float(), x.cpu(), x.contiguous(), x.type(torch.float32)):  # fmt: skip
        assert same is x
    for other in (x.to(torch.float32, copy=True), x.clone(), x.to("cpu", copy=True)):
        assert other is not x and other.data_ptr() != x.data_ptr()


def test_a_copy_that_was_asked_for_has_the_name_of_a_conversion(torch):
    x = torch.ones(2, requires_grad=True)
    for copy in (x.to("cpu", copy=True), x.to(x.dtype, copy=True), x.double()):
        assert copy.grad_fn.name() == "ToCopyBackward0"


def test_a_contiguous_copy_keeps_no_order(torch):
    x = torch.ones(2, 3)
    assert x.contiguous(memory_format=torch.preserve_format) is x
    for wrong in (None, torch.strided):
        with pytest.raises(TypeError, match="memory_format"):
            x.contiguous(memory_format=wrong)
        with pytest.raises(TypeError, match="memory_format"):
            x.is_contiguous(memory_format=wrong)
    with pytest.raises(RuntimeError, match="preserve memory format is unsupported"):
        x.t().contiguous(memory_format=torch.preserve_format)


def test_gradients_come_back_in_the_first_dtype(torch):
    x = torch.tensor([1.5, -2.5], requires_grad=True)
    (x.double() * x.clone()).sum().backward()
    assert (x.grad.dtype, x.grad.tolist()) == (torch.float32, [3.0, -5.0])
    assert not x.to(torch.int64).requires_grad and not x.bool().requires_grad


def test_a_type_has_a_name(torch, printed):
    names = [torch.ones(1, dtype=each).type() for each in (torch.float32, torch.bool)]
    assert printed(names) == "['minigrad.FloatTensor', 'minigrad.BoolTensor']"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda x: x.to("float64"), "RuntimeError: "),
        (lambda x: x.to(3), "RuntimeError: "),
        (lambda x: x.to([1]), "TypeError: to() "),
        (lambda x: x.to(np.float64), "TypeError: to() "),
        (lambda x: x.to("cpu", True), "TypeError: to()"),
        (lambda x: x.to(None, True), "TypeError: to()"),
        (lambda x: x.to("cpu", x.dtype, dtype=x.dtype), "TypeError: to() "),
        (lambda x: x.type("DoubleTensor"), "ValueError: invalid type: 'DoubleTensor'"),
        (lambda x: x.type(3), "TypeError: dtype must be a type, str, or dtype object"),
        (
            lambda x: x.type_as(3),
            "TypeError: type_as(): argument 'other' (position 1) must be Ten",
        ),
    ],
)
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch.ones(2)).startswith(error)


def test_other_devices_are_named():
    for wrong in (lambda x: x.to("cuda"), lambda x: x.cuda(), lambda x: x.to("cuda:0")):
        with pytest.raises(AssertionError, match="only the device 'cpu', got 'cuda"):
            wrong(minigrad.ones(1))
    assert not minigrad.cuda.is_available() and minigrad.cuda.device_count() == 0


def test_data_is_replaced(torch, failure):
    x = torch.ones(2, requires_grad=True)
    x.data = torch.zeros(3, dtype=torch.float64)
    assert x.tolist() == [0.0] * 3 and x.requires_grad and x.dtype == torch.float64

    def replace(x, value):
        x.data = value

    assert failure(replace, x, 3) == "TypeError: Variable data has to be a tensor, but got int"
    assert failure(replace, x, torch.ones(2).long()) == (
        "RuntimeError: data set to a tensor that requires gradients must be floating point or "
        "complex dtype"
    )


def test_history_is_forgotten_in_place(torch, failure):
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    assert y.detach_() is y and y.is_leaf and not y.requires_grad
    assert failure(torch.ones(2)[0].detach_).startswith(
        "RuntimeError: Can't detach views in-place. Use detach() instead."
    )
