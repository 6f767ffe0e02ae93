"""How does a nested object become tensors by name and a line of JSON, and come back?"""

import math
from collections import OrderedDict

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad import dtypes
from minigrad.serialization.nested import flattened, rebuilt

keys = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
sizes = st.lists(st.integers(0, 9)).map(minigrad.Size)
named = st.sampled_from([*dtypes.ALL, minigrad.device("cpu")])
values = st.one_of(keys, sizes, named, st.integers(0, 99).map(minigrad.tensor))
objects = st.recursive(
    values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.dictionaries(keys, inner, max_size=4).map(OrderedDict),
    ),
    max_leaves=12,
)


def comparable(obj):
    """The object with every value beside its type, and tensors as numbers."""
    if isinstance(obj, dict):
        return type(obj), [(comparable(key), comparable(each)) for key, each in obj.items()]
    if isinstance(obj, list | tuple):
        return type(obj), [comparable(each) for each in obj]
    return (type(obj), obj.item()) if isinstance(obj, minigrad.Tensor) else (type(obj), repr(obj))


@given(objects)
def test_what_is_taken_apart_is_put_together_again(obj):
    tensors, structure = flattened(obj)
    assert comparable(rebuilt(structure, tensors)) == comparable(obj)


def test_tensors_of_a_plain_dictionary_keep_their_names():
    x = minigrad.zeros(1)
    tensors, _ = flattened({"0.weight": x, "0.bias": x})
    assert list(tensors) == ["0.weight", "0.bias"]


def test_tensors_whose_names_would_be_equal_are_told_apart():
    x, y, z = minigrad.zeros(1), minigrad.ones(1), minigrad.ones(2)
    obj = {"a": {"b": x}, "a.b": y, 1: z, "1": x, "__metadata__": y, "": z}
    tensors, structure = flattened(obj)
    assert list(tensors) == ["a.b", "a.b#2", "1", "1#2", "__metadata__#2", "tensor"]
    again = rebuilt(structure, tensors)
    assert again["a"]["b"] is x and again["a.b"] is y and again[1] is z and again[""] is z


def test_numbers_of_numpy_become_pythons_and_infinities_stay():
    number = minigrad.ones(1).numpy().astype("float64")[0]
    again = rebuilt(flattened([number, math.inf, math.nan])[1], {})
    assert type(again[0]) is float and again[1] == math.inf and math.isnan(again[2])


circle: list[object] = []
circle.append([circle])
REFUSED = [
    (object(), TypeError, "got object as a whole"),
    ([minigrad.device("cuda")], TypeError, "got device at '0'"),
    ({"a": [1, {2}]}, TypeError, "got set at 'a.1'"),
    ({"net": minigrad.nn.ReLU()}, TypeError, "got ReLU at 'net'; save its state_dict()"),
    ({(1, 2): 3}, TypeError, "keys must be str, int, float, bool or None, got tuple"),
    (circle, ValueError, "the container at '0.0' contains itself"),
]


@pytest.mark.parametrize(("obj", "kind", "message"), REFUSED)
def test_what_cannot_be_taken_apart_is_told_with_its_place(obj, kind, message):
    with pytest.raises(kind, match=message.replace("(", r"\(").replace(")", r"\)")):
        flattened(obj)


NO_STRUCTURES = [
    "3",
    "[",
    '{"value": 1, "list": []}',
    '{"value": [1]}',
    '{"tensor": "missing"}',
    '{"tensor": ["x"]}',
    '{"list": [{"tensor": "x"}, {"tensor": "x"}]}',
    '{"dict": [[[1], {"tensor": "x"}]]}',
    '{"dict": [["a"]]}',
    '{"dict": [["a", {"tensor": "x"}], ["a", {"value": 1}]]}',
    '{"set": []}',
    '{"dtype": "float16"}',
    '{"dtype": [1]}',
    '{"device": "tpu!"}',
    '{"size": [1.5]}',
    '{"ordered": [[["a", {"value": 1}]]]}',
    '{"ordered": [[["a", {"tensor": "x"}], ["a", {"value": 1}]], {"value": null}]}',
    '{"ordered": [{"tensor": "x"}, {"value": null}]}',
    '{"list": [{"tensor": "x"}, {"parameter": "x"}]}',
    '{"value": 1}',
]


@pytest.mark.parametrize("structure", NO_STRUCTURES)
def test_what_does_not_fit_the_tensors_is_refused(structure):
    with pytest.raises(ValueError):
        rebuilt(structure, {"x": minigrad.zeros(1)})
