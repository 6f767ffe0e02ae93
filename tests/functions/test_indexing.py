"""x[key] and x[key] = value: PyTorch's elements, views, gradients, versions and refusals."""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from hypothesis.extra import numpy as npst

import minigrad

from .agreement import check, operands
from .moving import plain, shared

STEP = st.none() | st.integers(1, 3)
BOUND = st.none() | st.integers(-5, 5)
SHORT = npst.array_shapes(min_dims=1, max_dims=2, min_side=1, max_side=2)
MANY = 150  # keys are of many kinds, and a case takes 2 ms
KINDS = ["integer", "integer", "slice", "slice", "None", "bool", "list", "list", "mask"]
ADDING = ("None", "bool")  # a dimension, instead of picking along one


class AsTensor:
    """An array that a key has as a tensor of the library that it is for."""

    def __init__(self, values):
        self.values = values

    def __repr__(self):
        return f"tensor({self.values})"


@st.composite
def keys(draw, shape):
    """A key of several parts that fits a shape without sizes of 0, or now and then does not."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    axes = list(range(len(shape)))
    picking = [kind for kind in kinds if kind not in ADDING][: len(axes)]
    ellipsis = draw(st.integers(0, 2 * len(kinds)))  # behind all parts: there is none
    behind = [kind for kind in kinds[ellipsis:] if kind not in ADDING]
    axes = [*axes[: len(picking) - len(behind)], *axes[len(axes) - len(behind) :]]
    parts = []
    for position, kind in enumerate(kinds):
        parts += [...] if position == ellipsis else []
        if kind in ADDING:
            parts.append(None if kind == "None" else draw(st.booleans()))
        elif axes:
            parts.append(_part(draw, kind, shape[axes.pop(0)]))
    wrong = draw(st.integers(0, 19))
    parts += [9] if wrong == 0 else [slice(None)] * 4 if wrong == 1 else []
    return parts[0] if len(parts) == 1 and draw(st.booleans()) else tuple(parts)


def _part(draw, kind, size):
    inside = st.integers(-size, size - 1)
    if kind == "integer":
        place = draw(inside)
        return draw(st.sampled_from([place, np.int64(place), AsTensor(place)]))
    if kind == "slice":
        return slice(draw(BOUND), draw(BOUND), draw(STEP))
    if kind == "list":
        places = draw(npst.arrays(np.int64, draw(SHORT), elements=inside))
        return draw(st.sampled_from([places.tolist(), places, AsTensor(places)]))
    mask = draw(npst.arrays(np.bool_, (size,)))
    return draw(st.sampled_from([mask.tolist(), mask, AsTensor(mask)]))


def built(torch, key):
    if isinstance(key, tuple):
        return tuple(built(torch, part) for part in key)
    return torch.tensor(key.values) if isinstance(key, AsTensor) else key


SHAPES = npst.array_shapes(min_dims=0, max_dims=3, min_side=1, max_side=3)


@settings(max_examples=MANY)
@given(data=st.data(), shape=SHAPES)
def test_picking(data, shape):
    x, key = data.draw(plain(shape=shape)), data.draw(keys(shape))
    check(lambda torch, x: x[built(torch, key)], x, orders=2)
    backwards = tuple(reversed(range(len(shape))))
    turned = data.draw(keys(shape[::-1]))
    check(lambda torch, x: x.permute(backwards)[built(torch, turned)], x)


@settings(max_examples=MANY)
@given(data=st.data(), shape=npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
def test_picking_a_view(data, shape):
    x = data.draw(plain(shape=shape))
    part = st.none() | st.integers(-2, 2) | st.builds(slice, BOUND, BOUND, STEP)
    parts = data.draw(st.lists(part, max_size=4))
    if data.draw(st.booleans()):  # one at most: of two, PyTorch lets the second stand for too much
        parts.insert(data.draw(st.integers(0, len(parts))), ...)
    key = tuple(parts)
    check(lambda torch, x: x[key], x, orders=2)
    shared(lambda torch, x: x[key], x)


@st.composite
def assignments(draw):
    """A tensor, a key of distinct places, and what is assigned: of a shape that mostly fits."""
    shape = draw(SHAPES)
    x, key = draw(plain(shape=shape)), draw(keys(shape))
    mine = built(LikeNumPy, key)
    try:
        places = np.arange(x.values.size).reshape(shape)[mine]
    except (IndexError, ValueError):
        places = np.zeros(())
    assume(len(np.unique(places)) == np.size(places))  # which of several wins is nobody's promise
    size = draw(st.sampled_from([np.shape(places), np.shape(places)[1:], (), (1, 1), (2,)]))
    dtypes = [x.values.dtype] * 3 + ([np.float32] if x.requires_grad else [np.int64])
    return x, key, draw(operands(size, [draw(st.sampled_from(dtypes))]))


class LikeNumPy:
    tensor = staticmethod(np.asarray)


@settings(max_examples=MANY)
@given(given=assignments(), number=st.sampled_from([7, True, 1.5, None]))
def test_assigning(given, number):
    x, key, value = given

    def assigned(torch, x, value):
        y = x * 1
        y[built(torch, key)] = value if number is None else number
        return y, y._version

    check(assigned, x, value, orders=2)


@settings(max_examples=MANY)
@given(given=assignments(), turn=st.booleans())
def test_changing_what_a_key_picks(given, turn):
    x, key, value = given

    def changed(torch, x, value):
        y = x * 1
        seen = y.flatten() if turn else y[...]
        y[built(torch, key)] *= value
        return y, y._version, seen

    check(changed, x, value)


@pytest.mark.parametrize("key", [0, (0, 0), [0, 1], ...])
def test_a_value_may_have_dimensions_of_size_1_too_many(torch, key):
    x, value = torch.zeros(2, 3), torch.full((), 7.0)
    key = torch.tensor(key) if isinstance(key, list) else key
    x[key] = value.expand(1, 1, 1, *x[key].shape)
    assert (x[key] == 7).all()
    assert x.sum() == 7 * x[key].numel()


@pytest.mark.parametrize("number", [-(2**63), -(2**31), 127, 128, 2**31, 2**63 - 1])
def test_any_integer_of_int64_can_be_assigned(torch, number):
    x = torch.zeros(3, dtype=torch.int64)
    x[1:] = number
    assert x.tolist() == [0, number, number]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x[2], "IndexError: index 2 is out of bounds for dimension 0 with size 2"),
        (lambda x: x[0, 0, 0], "IndexError: too many indices for tensor of dimension 2"),
        (lambda x: x[0, 0][0], "IndexError: invalid index of a 0-dim tensor."),
        (lambda x: x[0, 0][:], "IndexError: slice() cannot be applied to a 0-dim tensor."),
        (lambda x: x[::-1], "ValueError: step must be greater than zero"),
        (lambda x: x[2**63], "ValueError: Overflow when unpacking long long"),
        (lambda x: x[[2**63]], "ValueError: Overflow when unpacking long long"),
        (lambda x: x[[True]], "IndexError: The shape of the mask [1] at index 0 does not match "
                              "the shape of the indexed tensor [2, 3] at index 0"),
        (lambda x: x[[0, 1], [0, 1, 2]], "IndexError: shape mismatch: indexing tensors could not "
                                         "be broadcast together with shapes [2], [3]"),
        (lambda x: x[x], "IndexError: tensors used as indices must be long, int, byte or bool"),
        (lambda x: x["a",], "TypeError: new(): invalid data type 'str'"),
        (lambda x: x[0, 0]["a",], "IndexError: too many indices for tensor of dimension 0"),
        (lambda x: x[0, 0, b"a"], "IndexError: too many indices for tensor of dimension 2"),
        (lambda x: x[0, 0][2**63], "ValueError: Overflow when unpacking long long"),
        (lambda x: x.__delitem__(0), "TypeError: Tensor does not support deleting items"),
        (lambda x: x.__setitem__(0, "a"), "TypeError: can't assign a str to a "),
        (lambda x: x.__setitem__(0, 2**63), "ValueError: Overflow when unpacking long long"),
        (lambda x: x.__setitem__([0], x + 1), "RuntimeError: shape mismatch: value tensor of "
                                              "shape [2, 3] cannot be broadcast to indexing "
                                              "result of shape [1, 3]"),
        (lambda x: x.__setitem__([0], x.double()[:1]), "RuntimeError: Index put requires the "
                                                       "source and destination dtypes match"),
        (lambda x: x.__setitem__(0, x.double()[:, 0]), "RuntimeError: The expanded size of the "
                                                       "tensor (3) must match the existing size"),
        (lambda x: x.requires_grad_().__setitem__(0, 1), "a view of a leaf Variable that requires "
                                                         "grad is being used in an in-place"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3))


@pytest.mark.parametrize(
    ("shape", "key", "picked"),
    [
        ((2, 0), [[7]], (1, 1, 0)),
        ((2, 3, 0), (0, [7, -9]), (2, 0)),
        ((2, 3, 0), (slice(None), [7, 8]), (2, 2, 0)),
        ((2, 3, 0), ([[7], [8]], slice(None), [0, 0, 0]), IndexError),
        ((2, 3), (slice(0, 0), [7]), (0, 1)),
        ((2, 3), ([7, -9], slice(3, None)), (2, 0)),
        ((2, 3), (slice(1, 1), [[7]], None), (0, 1, 1, 1)),
        ((0, 2), [7], IndexError),
        ((0, 2), (slice(None), [7]), (0, 1)),
        ((2, 0), ([7], [7]), IndexError),
    ],
)
def test_where_there_is_nothing_any_index_picks_it(torch, shape, key, picked):
    """But none picks a place along a dimension that has none."""
    key = tuple(torch.tensor(each) if isinstance(each, list) else each for each in key) \
        if isinstance(key, tuple) else torch.tensor(key)  # fmt: skip
    leaf = torch.zeros(shape, requires_grad=True)
    x = leaf * 1
    if picked is IndexError:
        with pytest.raises(IndexError, match="is out of bounds for dimension"):
            x[key]
        return
    assert x[key].shape == picked
    x[key] = 5.0
    x[key] = torch.zeros(picked)
    (x[key].sum() + x.sum()).backward()
    assert leaf.grad.shape == shape


@pytest.mark.parametrize(
    ("key", "picked"),
    [
        ((..., ...), [[0, 1, 2], [3, 4, 5]]),
        ((0, ..., ...), [0, 1, 2]),
        ((0, 0, ..., ..., 0), IndexError),  # refused for what is no dimension at all
        ((..., ..., 0), IndexError),
        ((..., ..., [0]), IndexError),
        ((0, ..., ..., None), IndexError),
        ((..., ..., True), IndexError),
        ((0, ..., None, ...), [[0], [1], [2]]),
        ((..., ..., slice(0, 1)), [[0, 1, 2], [3, 4, 5]]),
        ((..., ..., slice(1, 2)), IndexError),
        ((..., ..., slice(-1)), IndexError),
        ((0, 0, ..., ..., None), [0]),
    ],
)
def test_each_of_several_ellipses_stands_for_all_that_is_left(torch, key, picked):
    """So what follows the second lies beyond the last dimension."""
    x = torch.arange(6).reshape(2, 3)
    if picked is IndexError:
        for change in (x.__getitem__, lambda key: x.__setitem__(key, 7)):
            with pytest.raises(IndexError):
                change(key)
        return
    assert x[key].tolist() == picked
    x[key] = 7
    assert (x[key] == 7).all()


@pytest.mark.filterwarnings("ignore:indexing with dtype")
def test_bytes_of_numpy_are_a_mask(torch):
    x = torch.arange(6).view(2, 3)
    assert x[:, np.array([0, 2, 1], np.uint8)].tolist() == [[1, 2], [4, 5]]
    assert x[np.array([[1, 0, 0], [0, 0, 9]], np.uint8)].tolist() == [0, 5]
    assert x[np.array(1, np.uint8)].shape == (1, 2, 3)
    assert x[[np.uint8(0), np.uint8(1)]].tolist() == [[3, 4, 5]]
    with pytest.raises(IndexError, match=r"The shape of the mask \[3\] at index 0"):
        x[np.array([0, 1, 1], np.uint8)]
    assert x[np.array([1, 0, 0], np.int8)].shape == (3, 3)


def test_bytes_of_numpy_give_a_warning():
    with pytest.warns(UserWarning, match="indexing with dtype minigrad.uint8 is now deprecated"):
        minigrad.arange(2)[np.array([0, 1], np.uint8)]


def test_a_view_that_is_a_leaf_takes_what_it_is_assigned_to_into_the_graph(torch):
    base = torch.zeros(2, 3)
    row = base.unbind()[0]
    row.requires_grad_()
    base[0] = row
    assert base.requires_grad and not base.is_leaf


def test_tensors_in_a_list_are_numbers(torch, failure):
    x = torch.arange(6).reshape(3, 2)
    assert x[[torch.tensor([2]), torch.tensor(0), 1], :].tolist() == [[4, 5], [0, 1], [2, 3]]
    assert x[[[torch.tensor([[2]])], [0]], 1].tolist() == [[5], [1]]
    assert x[:, [torch.tensor([False]), torch.tensor(True)]].tolist() == [[1], [3], [5]]
    for wrong in ([torch.tensor([0, 1])], [0, torch.tensor(1.0)], [[torch.tensor([])]]):
        assert failure(x.__getitem__, (wrong, 0)) == (
            "TypeError: only integer tensors of a single element can be converted to an index"
        )


@pytest.mark.parametrize("wrong", [None, {}, object])
def test_what_is_no_number_is_no_place(torch, wrong):
    x = torch.ones(2, 3)
    for change in (x.__getitem__, lambda key: x.__setitem__(key, 0)):
        with pytest.raises(RuntimeError, match="Could not infer dtype"):
            change((0, [wrong]))


@pytest.mark.parametrize("key", [2**70, [2**70], [0, -(2**64)], (0, [2**70])])
def test_a_place_beyond_64_bits_is_none(torch, key):
    with pytest.raises(ValueError, match="Overflow when unpacking long long"):
        torch.ones(2, 3)[key]


@pytest.mark.parametrize(
    "pick",
    [
        lambda torch, x: x[[0, 1]],
        lambda torch, x: x[[True, False, True]],
        lambda torch, x: x[True],
        lambda torch, x: x[torch.tensor([0, 1])],
        lambda torch, x: put(x * 1, [0, 1], 5.0),
        lambda torch, x: put(x * 1, 0, 5.0),
        lambda torch, x: put(torch.zeros(3), 0, x[0]),
    ],
)
def test_what_a_key_picks_is_differentiated_once(torch, pick):
    x = torch.ones(3, requires_grad=True)
    picked = pick(torch, x).sum()
    picked.backward()
    with pytest.raises(RuntimeError, match="a second time"):
        picked.backward()


def put(x, key, value):
    x[key] = value
    return x


@pytest.mark.filterwarnings("ignore:indexing with dtype")
def test_an_array_of_bytes_picks_what_several_numbers_are_assigned_to(torch, failure):
    rows, columns = np.array([1, 0], np.uint8), np.array([1, 0, 1], np.uint8)
    x = torch.zeros(2, 3)
    x[rows] = torch.tensor([1.0, 2.0, 3.0])
    x[rows, columns] += 10
    x[rows, [1]] = 7
    assert x.tolist() == [[11, 7, 13], [0, 0, 0]]
    for key in (rows, (rows, 0), (..., columns), (None, rows)):
        for value in (5, torch.ones(1, 1)):
            assert failure(x.__setitem__, key, value) == (
                "RuntimeError: masked_fill_ only supports boolean masks, but got mask with dtype "
                "unsigned char"
            )
    assert failure(x.__setitem__, columns, 5).startswith("IndexError: The shape of the mask [3]")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ((slice(-4, None),), "SliceBackward0"),
        ((..., slice(-9, 4)), "SliceBackward0"),
        ((slice(-1, None), [0]), "IndexBackward0"),
        ((slice(0, 9),), "AliasBackward0"),
        ((slice(-4, None), 0), "SelectBackward0"),
    ],
)
def test_a_slice_of_all_is_a_part_if_it_is_counted_from_the_end(torch, key, name):
    x = torch.ones(4, 4, requires_grad=True)
    assert x[key].grad_fn.name() == name
    changed = x * 1
    changed[key] = torch.ones((), requires_grad=True)
    changed.sum().backward()
    assert x.grad.sum().item() == 16 - x[key].numel()
