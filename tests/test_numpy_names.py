"""Every argument that NumPy calls otherwise is taken by that name too, as PyTorch does it."""

import inspect
import pickle

import pytest

import minigrad
from minigrad.functions import exports
from minigrad.numpy_names import METHODS_WITHOUT, WITHOUT

# What the arguments are, by name; what is an operand is made a tensor.
VALUES = {
    "input": [[1.5, 0.5], [0.25, 1.0]],
    "self": [[1.5, 0.5], [0.25, 1.0]],
    "other": [[0.5, 2.0], [1.0, 4.0]],
    "condition": [[True, False], [False, True]],
    "mask": [[True, False], [False, True]],
    "mat1": [[1.0, 2.0], [3.0, 4.0]],
    "mat2": [[1.0, 2.0], [3.0, 4.0]],
    "tensor1": [[1.0, 2.0], [3.0, 4.0]],
    "tensor2": [[1.0, 2.0], [3.0, 4.0]],
    "end": [[1.0, 2.0], [3.0, 4.0]],
    "src": [[1.0, 2.0], [3.0, 4.0]],
    "tensor": [[1.0, 2.0], [3.0, 4.0]],
    "weight": [[1.0, 2.0], [3.0, 4.0]],
    "vec": [1.0, 2.0],
    "index": [[0, 1], [1, 0]],
    "indices": [[0, 1], [1, 0]],
}
PLAIN = {
    "dim": 1, "keepdim": True, "start": 0, "length": 1, "sizes": (2, 1), "chunks": 2, "k": 1,
    "split_size": 1, "split_size_or_sections": 1, "repeats": 2, "exponent": 2, "fill_value": 3,
    "high": 5, "value": 7, "min": 1, "max": 1, "shape": (4,), "size": (2, 2), "dims": (0, 1),
    "dim0": 0, "dim1": 1, "axis0": 0, "axis1": 1, "source": 0, "destination": 1, "shifts": 1,
    "num_samples": 1,
}  # fmt: skip
WHOLE = {"input": [3, 6], "self": [3, 6], "other": [5, 1]}
BITS = ("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not", "bitwise_left_shift",
        "bitwise_right_shift")  # fmt: skip
OTHERWISE = {
    "bmm": {"input": [[[1.0, 2.0]]], "mat2": [[[3.0], [4.0]]]},
    "dot": {"input": [1.0, 2.0], "tensor": [3.0, 4.0]},
    "outer": {"input": [1.0, 2.0], "vec2": [3.0, 4.0]},
    "index_select": {"index": [1, 0]},
    "select": {"index": 1},
    "bincount": {"input": [3, 1, 3]},
    "bernoulli": {"input": [[1.0, 0.0]]},
    "multinomial": {"input": [[1.0, 0.0], [0.0, 2.0]]},
    "one_hot": {"input": [0, 2]},
    **{name: WHOLE for each in BITS for name in (each, f"{each}_")},
}
MADE_ANEW = ("empty_like", "rand_like", "randn_like", "randint_like")  # looked at by shape
ALSO = {  # needed without being required
    "clamp": ["min"],
    "clip": ["min"],
    "clamp_": ["min"],
    "clip_": ["min"],
    "scatter": ["src"],
    "scatter_": ["src"],
    "where": ["input", "other"],
    "repeat_interleave": ["input", "repeats"],
    "randint_like": ["high"],
}
BY_PLACE = ("tensor_split",)  # its other argument has several names
SECOND = {"dim": ["axis"], "keepdim": ["keepdims"], "input": ["x", "a", "x1"], "other": ["x2"]}
PLACES = {
    "torch": (minigrad, [*exports.__all__, *minigrad.creation.__all__]),
    "Tensor": (minigrad.Tensor, [name for name in dir(minigrad.Tensor) if name[0] != "_"]),
    "functional": (
        minigrad.nn.functional,
        ["elu_", "gelu", "leaky_relu_", "linear", "one_hot", "relu_", "selu_", "softplus"],
    ),
}


def uses():
    """Every argument with a second name of everything public."""
    for place, (owner, names) in PLACES.items():
        for name in names:
            function = getattr(owner, name)
            known = inspect.isfunction(function) and name not in BY_PLACE
            own = inspect.signature(function).parameters if known else ()
            yield from ((place, name, first) for first in SECOND if first in own)


def arguments_of(torch, place, name, first):
    """What a function has to be given, and the argument that is asked about."""
    given = {**VALUES, **OTHERWISE.get(name, {})}
    own = inspect.signature(getattr(PLACES[place][0], name)).parameters
    wanted = [each for each in own if own[each].default is own[each].empty]
    wanted += [first, *(each for each in ALSO.get(name, ()) if each in own)]
    wanted += ["dim"] if first == "keepdim" else []
    found = {}
    for each in wanted:
        if each not in ("given", "last", "options"):
            value = given.get(each, PLAIN.get(each))
            found[each] = torch.tensor(value) if isinstance(value, list) else value
    if "tensors" in found:
        found["tensors"] = [torch.tensor(VALUES["input"])] * 2
    return found


def call(torch, place, name, first, by):
    """What a function gives when one argument comes by a name of its, the others as they must."""
    arguments = arguments_of(torch, place, name, first)
    arguments[by] = arguments.pop(first)
    operand = [arguments.pop("self")] if "self" in arguments else []
    owner = {"torch": torch, "Tensor": torch.Tensor, "functional": torch.nn.functional}[place]
    return seen(getattr(owner, name)(*operand, **arguments), name in MADE_ANEW)


def seen(result, only_shape):
    if isinstance(result, tuple):
        return [seen(each, only_shape) for each in result]
    if not hasattr(result, "tolist"):
        return result
    return list(result.shape) if only_shape else result.tolist()


@pytest.mark.parametrize("use", list(uses()), ids="-".join)
def test_a_second_name_is_as_good_as_the_first(torch, use):
    place, name, first = use
    expected = call(torch, place, name, first, first)
    for second in SECOND[first]:
        if name in WITHOUT or (place == "Tensor" and name in METHODS_WITHOUT):
            with pytest.raises(TypeError, match=f"unexpected keyword argument '{second}'"):
                call(torch, place, name, first, second)
        else:
            assert call(torch, place, name, first, second) == expected


def test_no_argument_twice_and_none_unknown(torch):
    x = torch.ones(2, 3)
    for wrong in (
        lambda: x.sum(dim=0, axis=0),
        lambda: x.sum(0, axis=0),
        lambda: x.sum(axes=0),
        lambda: torch.exp(x=x, a=x),
        lambda: torch.exp(input=x, x=x),
        lambda: x.add(x, x2=x),
        lambda: x.exp(x=x),
    ):
        with pytest.raises(TypeError):
            wrong()


def test_several_axes(torch):
    x = torch.ones(2, 3)
    assert x.sum(axis=(0, 1), keepdims=True).tolist() == [[6.0]]
    assert len(torch.tensor_split(x, 2, axis=1)) == len(x.tensor_split(2, axis=1)) == 2
    assert torch.max(x=x, axis=0, keepdims=True).indices.tolist() == [[0, 0, 0]]


def test_a_function_stays_the_one_that_its_name_stands_for(torch):
    assert pickle.loads(pickle.dumps(torch.sum)) is torch.sum
    assert torch.sum.__name__ == "sum"


def test_signatures_show_the_first_names():
    assert list(inspect.signature(minigrad.sum).parameters)[:3] == ["input", "dim", "keepdim"]
