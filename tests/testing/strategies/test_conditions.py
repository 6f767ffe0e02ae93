"""Which tensors go together, and which arguments are drawn for them."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing.strategies.operations import conditions

from .drawn import drawn

NUMBER, EMPTY, VECTOR = torch.zeros(()), torch.zeros(2, 0), torch.zeros(3)
DOUBLE, INTEGERS = torch.zeros(3, dtype=torch.float64), torch.zeros(3, dtype=torch.int64)
TRUTHS = torch.zeros(3, dtype=torch.bool)
ONE_OF_EACH = {
    "number": NUMBER, "empty": EMPTY, "vector": VECTOR, "double": DOUBLE, "integers": INTEGERS,
    "truths": TRUTHS,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "those"),
    [
        ("floating", "number empty vector double"),
        ("whole", "integers truths"),
        ("integers", "integers"),
        ("boolean", "truths"),
        ("numeric", "number empty vector double integers"),
        ("has_dims", "empty vector double integers truths"),
        ("has_elements", "number vector double integers truths"),
        ("full", "vector double integers truths"),
        ("floating_with_dims", "empty vector double"),
        ("floating_with_elements", "number vector double"),
        ("numeric_and_full", "vector double integers"),
    ],
)
def test_a_condition_on_one_tensor(name, those):
    fits = getattr(conditions, name)
    assert [kind for kind, each in ONE_OF_EACH.items() if fits(each)] == those.split()


@pytest.mark.parametrize(
    ("name", "with_vector", "with_integers"),
    [
        ("one_dtype", "number empty vector", "integers"),
        ("floating", "number empty vector", ""),
        ("whole", "", "integers"),
        ("integers", "", "integers"),
        ("numeric", "number empty vector double integers",
         "number empty vector double integers"),
        ("one_shape", "vector double integers truths", "vector double integers truths"),
        ("broadcast", "number vector double integers truths",
         "number vector double integers truths"),
        ("floating_broadcast", "number vector double", ""),
        ("numeric_broadcast", "number vector double integers", "number vector double integers"),
        ("whole_broadcast", "", "integers"),
    ],
)  # fmt: skip
def test_a_condition_on_two_tensors(name, with_vector, with_integers):
    fits = getattr(conditions, name)
    for first, those in ((VECTOR, with_vector), (INTEGERS, with_integers)):
        assert [kind for kind, each in ONE_OF_EACH.items() if fits(first, each)] == those.split()


def test_shapes_broadcast_if_numpy_says_so():
    shapes = [(), (1,), (2,), (3,), (0,), (1, 3), (2, 1), (2, 3), (3, 2), (4, 1, 3)]
    for first in shapes:
        for second in shapes:
            try:
                fits = bool(np.broadcast_shapes(first, second, (1,)))
            except ValueError:
                fits = False
            tensors = [torch.zeros(each) for each in (first, second, (1,))]
            assert conditions.broadcast(*tensors) == fits, (first, second)


def test_small_is_what_may_be_repeated():
    for shape, fits in [((12,), True), ((13,), False), ((1, 1, 1), True), ((1,) * 4, False)]:
        assert conditions.small(torch.zeros(shape)) == fits


def test_dimensions_are_counted_from_either_end():
    for x, dims in ((NUMBER, {0, -1}), (VECTOR, {0, -1}), (EMPTY, {0, 1, -1, -2})):
        assert {*drawn(conditions.dim(x))} == dims
        assert {name: {*drawn(each)} for name, each in conditions.two_dims(x).items()} == {
            "first": dims,
            "second": dims,
        }
        assert {*drawn(conditions.along_dim_kept(x)["keepdim"])} == {True, False}
    assert {*drawn(conditions.several_dims(EMPTY))} == {(0,), (1,), (0, 1), (1, 0)}
    assert max(map(len, drawn(conditions.several_dims(torch.zeros(1, 1, 1))))) == 2


def test_numbers_of_a_tensors_kind():
    floats = [1.0, 2.0, 0.5, 0.0, -1.0, -1.5, 3.0]
    for x, wanted in ((TRUTHS, [True, False]), (INTEGERS, range(-3, 4)), (VECTOR, floats)):
        found = drawn(conditions.scalar(x))
        assert {*found} == {*wanted} and {*map(type, found)} == {*map(type, wanted)}


def test_up_to_three_places_along_a_dimension():
    found = drawn(conditions.places(2).map(tuple))
    assert {len(each) for each in found} == {1, 2, 3}
    assert {place for each in found for place in each} == {0, 1}
