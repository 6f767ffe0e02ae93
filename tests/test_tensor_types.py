"""`FloatTensor` and its like: tensors of a dtype, as old scripts make and ask for them."""

import pickle

import numpy as np
import pytest

import minigrad

DTYPES = {
    "Float": "float32", "Double": "float64", "Long": "int64", "Bool": "bool",
    "Byte": "uint8", "Char": "int8", "Short": "int16", "Int": "int32",
}  # fmt: skip


@pytest.fixture(params=DTYPES)
def name(request):
    return f"{request.param}Tensor"


@pytest.fixture
def kind(torch, name):
    return getattr(torch, name)


@pytest.fixture
def dtype(torch, name):
    return getattr(torch, DTYPES[name.removesuffix("Tensor")])


@pytest.mark.parametrize(
    "data",
    [[1, 0], [[1.5, 2.0]], (True, False), [], range(3), np.array([1.5, 0.0]), np.int32([3])],
)
def test_data_are_converted(torch, kind, dtype, data):
    x = kind(data)
    assert type(x) is torch.Tensor and x.dtype is dtype
    assert x.equal(torch.tensor(data, dtype=dtype))


def test_an_array_of_the_dtype_is_shared(kind, dtype):
    array = np.ones(3, str(dtype).rpartition(".")[2])
    kind(array).zero_()
    assert not array.any()


def test_sizes_give_elements_that_are_not_yet_written(kind, dtype):
    x = kind(2, 3)
    assert x.shape == (2, 3) and x.dtype is dtype and kind().shape == (0,)
    assert kind(2, 3).zero_().sum().item() == 0


def test_a_tensor_of_the_dtype_is_seen_and_another_refused(torch, kind, dtype):
    x = torch.ones(2, dtype=dtype)
    assert kind(x).data_ptr() == x.data_ptr()
    for other in (torch.float32, torch.float64, torch.int64, torch.bool):
        if other is not dtype:
            with pytest.raises(TypeError, match="expected"):
                kind(x.to(other))


def test_tensors_of_the_dtype_are_instances(torch, kind, dtype):
    assert isinstance(torch.ones(2, dtype=dtype), kind) and kind.dtype is dtype
    assert not isinstance(3, kind) and not kind.is_cuda and not kind.is_sparse
    others = {torch.float32, torch.float64, torch.int64, torch.bool} - {dtype}
    assert not any(isinstance(torch.ones(2, dtype=other), kind) for other in others)
    parameter = torch.nn.Parameter(torch.ones(2))
    assert isinstance(parameter, kind) == (dtype is torch.float32)


def test_type_takes_it(torch, kind, dtype):
    assert torch.tensor([0.0, 2.0]).type(kind).equal(torch.tensor([0, 2], dtype=dtype))
    x = torch.ones(2, dtype=dtype)
    assert x.type(dtype=kind) is x


def test_it_has_its_name(torch, name, kind, printed):
    assert printed(kind) == f"<class 'minigrad.{name}'>" and kind.__name__ == name
    assert pickle.loads(pickle.dumps(kind)) is kind


def test_it_is_no_dtype(torch, kind, failure):
    assert failure(torch.zeros, 2, dtype=kind).startswith("TypeError: zeros(): argument 'dtype'")


def test_a_recorded_step_makes_and_asks_for_them():
    @minigrad.compile
    def step(x):
        weight = minigrad.FloatTensor([1.0, 3.0])
        return x * weight if isinstance(x, minigrad.FloatTensor) else x.type(minigrad.FloatTensor)

    for _ in range(3):
        assert step(minigrad.ones(2)).tolist() == [1.0, 3.0]
        assert step(minigrad.LongTensor([5])).dtype is minigrad.float32
