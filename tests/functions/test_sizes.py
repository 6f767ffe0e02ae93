"""What may stand for a size: integers of any kind, tensors of one, and behind the first, bools."""

import numpy as np
import pytest

import minigrad

GIVEN = {
    "a tensor": lambda torch: torch.tensor(2),
    "a tensor of one element": lambda torch: torch.tensor([[2]]),
    "a tensor of two elements": lambda torch: torch.tensor([2, 2]),
    "a tensor of a float": lambda torch: torch.tensor(2.0),
    "a tensor of a bool": lambda torch: torch.tensor(True),
    "a tensor of a bool with a dimension": lambda torch: torch.tensor([True]),
    "a tensor of bools": lambda torch: torch.tensor([True, True]),
    "NumPy's": lambda torch: np.int8(2),
    "NumPy's truth": lambda torch: np.bool_(True),
    "an array": lambda torch: np.array(2),
    "an array of one element": lambda torch: np.array([2]),
    "True": lambda torch: True,
    "False": lambda torch: False,
    "a float": lambda torch: 2.0,
    "beyond 64 bits": lambda torch: 2**70,
    "None": lambda torch: None,
}
CALLS = {
    "first": lambda torch, x, n: torch.zeros(n, 2),
    "last": lambda torch, x, n: torch.zeros(2, 3, n),
    "in a tuple": lambda torch, x, n: torch.ones((2, n)),
    "in a list": lambda torch, x, n: torch.full([n, 2], 3.0),
    "by name": lambda torch, x, n: torch.zeros(size=(2, n)),
    "new_zeros": lambda torch, x, n: x.new_zeros(2, n),
    "rand": lambda torch, x, n: torch.zeros_like(torch.rand(2, n)),
    "eye": lambda torch, x, n: torch.eye(2, n),
    "view": lambda torch, x, n: x.view(-1, n),
    "reshape": lambda torch, x, n: x.reshape(n, -1),
    "expand": lambda torch, x, n: torch.ones(1, 1).expand(2, n),
    "repeat": lambda torch, x, n: x.repeat(2, n),
    "tile": lambda torch, x, n: torch.tile(x, (2, n)),
    "permute": lambda torch, x, n: x.permute(0, n),
    "flip": lambda torch, x, n: x.flip(0, n),
    "sum": lambda torch, x, n: x.sum((1, n)),
    "split": lambda torch, x, n: x.split(n),
    "sections": lambda torch, x, n: x.split([4, n]),
    "tensor_split": lambda torch, x, n: x.tensor_split((1, n)),
    "narrow": lambda torch, x, n: x.narrow(0, 1, n),
    "start": lambda torch, x, n: x.narrow(0, n, 1),
    "select": lambda torch, x, n: x.select(0, n),
    "topk": lambda torch, x, n: x.topk(n).values,
    "triu": lambda torch, x, n: x.triu(n),
    "roll": lambda torch, x, n: x.roll((1, n), (0, 1)),
    "repeat_interleave": lambda torch, x, n: x.repeat_interleave(n, 0),
    "unflatten": lambda torch, x, n: x.unflatten(0, (-1, n)),
    "one_hot": lambda torch, x, n: torch.nn.functional.one_hot(torch.tensor([0]), n),
    "Linear": lambda torch, x, n: torch.nn.Linear(n, 3).weight.shape,
    "outputs": lambda torch, x, n: torch.nn.Linear(3, n).weight.shape,
    "BatchNorm": lambda torch, x, n: torch.nn.BatchNorm1d(n).weight,
}  # fmt: skip


def outcome(torch, call, size):
    try:
        result = call(torch, torch.arange(24.0).reshape(6, 4), size(torch))
    except Exception as error:
        return type(error)
    found = result if isinstance(result, (tuple, list)) else [result]
    return [each.tolist() if isinstance(each, torch.Tensor) else each for each in found]


@pytest.mark.parametrize("name", CALLS)
def test_the_same_as_pytorch(name):
    torch = pytest.importorskip("torch")
    for given, size in GIVEN.items():
        mine, theirs = (outcome(library, CALLS[name], size) for library in (minigrad, torch))
        assert mine == theirs, given


def test_a_layer_of_true_features(torch):
    layer = torch.nn.Linear(True, 2)
    assert layer(torch.ones(3, 1)).shape == (3, 2) and layer.in_features is True


def test_shapes_to_broadcast_are_integers_or_sequences_of_them(torch):
    assert torch.broadcast_shapes(3, (2, 1), [1, 1]) == (2, 3)
    for wrong in (2.0, torch.tensor(2), np.int64(2)):
        with pytest.raises(RuntimeError, match="should be of type ints"):
            torch.broadcast_shapes(wrong, 2)


def test_shapes_that_do_not_broadcast(torch, failure):
    broadcast = torch.broadcast_shapes
    assert broadcast(None, (2, 1), range(1, 2)) == (2, 1) and broadcast(None) == ()
    assert failure(broadcast, (4, 3), 2) == (
        "RuntimeError: Attempting to broadcast a dimension of length 2 at -1! Mismatching "
        "argument at index 1 had (2,); but expected shape should be broadcastable to [4, 3]"
    )
    assert failure(broadcast, (2,), (-1,)).startswith("RuntimeError: Attempting to broadcast")
    assert failure(broadcast, 1, -1) == (
        "ValueError: Attempting to broadcast a dimension with negative length!"
    )


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
