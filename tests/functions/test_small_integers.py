"""Integers of fewer than 64 bits: what functions make of them, in PyTorch too."""

import math
import operator

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad

NAMES = ("uint8", "int8", "int16", "int32")
IN_C = {"uint8": "unsigned char", "int8": "signed char", "int16": "short int", "int32": "int"}


def limits(name):
    known = np.iinfo(name)
    return int(known.min), int(known.max)


def wrapped(value, name):
    """What is left of an integer in so many bits."""
    low, high = limits(name)
    return (value - low) % (high - low + 1) + low


def numbers(name):
    return st.lists(st.integers(*limits(name)), min_size=1, max_size=5)


@st.composite
def pairs(draw):
    """The name of a dtype, and as many numbers of it as others."""
    name = draw(st.sampled_from(NAMES))
    x = draw(numbers(name))
    return name, x, draw(st.lists(st.integers(*limits(name)), min_size=len(x), max_size=len(x)))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul])
@given(pair=pairs())
def test_arithmetic_wraps_around(operation, pair):
    name, x, y = pair
    dtype = getattr(minigrad, name)
    a, b = (minigrad.tensor(each, dtype=dtype) for each in (x, y))
    expected = [wrapped(operation(*each), name) for each in zip(x, y, strict=True)]
    assert operation(a, b).dtype is dtype and operation(a, b).tolist() == expected
    alone = [wrapped(operation(each, y[0]), name) for each in x]
    assert operation(a, y[0]).tolist() == operation(a, b[0]).tolist() == alone
    assert (-a).tolist() == [wrapped(-each, name) for each in x]


@given(pair=pairs())
def test_division_is_pythons(pair):
    name, x, y = pair
    y = [each or 1 for each in y]
    a, b = (minigrad.tensor(each, dtype=getattr(minigrad, name)) for each in (x, y))
    both = list(zip(x, y, strict=True))
    assert (a // b).tolist() == [wrapped(one // other, name) for one, other in both]
    assert (a % b).tolist() == [one % other for one, other in both]
    cut = [wrapped(math.trunc(one / other), name) for one, other in both]
    assert minigrad.div(a, b, rounding_mode="trunc").tolist() == cut
    assert (a / b).dtype is minigrad.float32


@given(pair=pairs())
def test_sums_are_of_64_bits_and_bits_stay_in_the_dtype(pair):
    name, x, y = pair
    a, b = (minigrad.tensor(each, dtype=getattr(minigrad, name)) for each in (x, y))
    assert (a.sum().dtype, a.sum().item()) == (minigrad.int64, sum(x))
    assert a.cumsum(0).tolist() == np.cumsum(x).tolist()
    assert a.prod().dtype is a.cumsum(0).dtype is minigrad.int64
    assert a.sum(dtype=a.dtype).item() == wrapped(sum(x), name)
    both = list(zip(x, y, strict=True))
    for each in (operator.and_, operator.or_, operator.xor):
        assert each(a, b).tolist() == [each(*pair) for pair in both]
    assert (~a).tolist() == [wrapped(~each, name) for each in x]
    for each in (operator.lt, operator.eq, operator.ge):
        assert each(a, b).tolist() == [each(*pair) for pair in both]
    values, places = a.sort(stable=True)
    assert values.tolist() == sorted(x) and places.tolist() == np.argsort(x, stable=True).tolist()
    assert (a.max().item(), a.min().item(), a.max().dtype) == (max(x), min(x), a.dtype)


@pytest.mark.parametrize("name", NAMES)
def test_a_number_that_the_dtype_has_not_wraps_as_an_operand_and_is_refused_as_a_value(
    torch, failure, name
):
    x, (low, high) = torch.ones(2, dtype=getattr(torch, name)), limits(name)
    assert (x + (high + 1)).tolist() == [wrapped(high + 2, name)] * 2
    assert (x == wrapped(high + 2, name)).any() == (x == high + 2).any()
    spelled = "int" if name == "int32" else f"{name}_t"
    message = f"RuntimeError: value cannot be converted to type {spelled} without overflow"
    for call in (
        lambda: x.fill_(high + 1), lambda: torch.full_like(x, high + 1),
        lambda: x.clamp(max=high + 1),
        lambda: x.masked_fill(x > 0, high + 1), lambda: torch.where(x > 0, x, high + 1),
        lambda: x.__setitem__(0, high + 1), lambda: x.pow(high + 1), lambda: x.fill_(math.nan),
        lambda: x.scatter(0, torch.tensor([0]), high + 1), lambda: x.fill_(-high - 2),
    ):  # fmt: skip
        assert failure(call) == message
    assert x.tolist() == [1, 1]
    assert failure(torch.tensor, [high + 1], dtype=x.dtype) == (
        f"RuntimeError: value cannot be converted to type {name} without overflow"
    )
    assert torch.tensor(np.array([high + 1]), dtype=x.dtype).item() == low


@pytest.mark.parametrize("name", NAMES)
def test_a_quotient_is_by_the_number_that_was_given(torch, name):
    x, (low, high) = torch.tensor([0, 3], dtype=getattr(torch, name)), limits(name)
    for number in (low - 1, high + 1, 2**40, -(2**62), 2**63):
        assert (x / number).tolist() == (x.float() / number).tolist()
        assert torch.div(number, x[1:]).tolist() == (number / x[1:].float()).tolist()
    assert (x / torch.tensor(2**40)).tolist() == (x.float() / 2**40).tolist()
    assert (x / np.int64(2**40)).tolist() == (x.float() / 2**40).tolist()


@pytest.mark.parametrize("name", NAMES)
def test_bools_are_exponents_and_bases(torch, name):
    x, chosen = torch.tensor([0, 3], dtype=getattr(torch, name)), torch.tensor([False, True])
    assert (x**chosen).tolist() == [1, 3] and (chosen**x).tolist() == [1, 1]
    assert (x**chosen).dtype is (chosen**x).dtype is x.dtype


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "number", [np.int64(2**40), np.uint64(2**40), np.float64(1e20), np.float64("nan")], ids=repr
)
def test_numpys_numbers_have_to_fit_and_their_arrays_wrap(torch, failure, name, number):
    dtype = getattr(torch, name)
    expected = f"RuntimeError: value cannot be converted to type {name} without overflow"
    assert failure(lambda: torch.tensor(number, dtype=dtype)) == expected
    assert failure(lambda: torch.as_tensor(number, dtype=dtype)) == expected
    assert torch.tensor(np.int64(2**7 - 1), dtype=dtype).item() == 2**7 - 1
    assert torch.tensor(np.array(2**40), dtype=dtype).item() == 0


def test_numbers_of_64_bits_without_a_sign_are_not_read_with_one(torch, failure):
    action = lambda: torch.tensor(np.uint64(2**63), dtype=torch.int64)  # noqa: E731
    assert failure(action) == "ValueError: Overflow when unpacking long long"


def test_bytes_take_negative_numbers_as_what_they_are_short_of_256(torch, failure):
    x = torch.tensor([1, 2, 255], dtype=torch.uint8)
    assert (-x).tolist() == [255, 254, 1] and x.abs().tolist() == x.tolist()
    assert x.clone().fill_(-255).tolist() == [1, 1, 1]
    assert torch.tensor([-1], dtype=torch.uint8).item() == 255
    assert "without overflow" in failure(x.fill_, -0.5)
    assert (x.any().dtype, x.all(0).dtype) == (torch.uint8, torch.uint8)
    assert torch.ones(1, dtype=torch.int8).any().dtype is torch.bool


@pytest.mark.parametrize("name", NAMES)
def test_floats_are_cut_to_32_bits_and_then_to_the_dtype(torch, name):
    dtype = getattr(torch, name)
    for source in (torch.float32, torch.float64):
        x = torch.tensor([1.9, -1.9, 300.7, -40000.2], dtype=source)
        assert x.to(dtype).tolist() == [wrapped(each, name) for each in (1, -1, 300, -40000)]
        beyond = torch.tensor([math.nan, math.inf, -math.inf, 1e20], dtype=source)
        assert beyond.to(dtype).tolist() == [wrapped(-(2**31), name)] * 4
        assert torch.zeros(4, dtype=dtype).copy_(x).tolist() == x.to(dtype).tolist()


def test_conversions_by_name(torch):
    x = torch.tensor([1.5, 200.0, 70000.0], requires_grad=True)
    whole = {"byte": torch.uint8, "char": torch.int8, "short": torch.int16, "int": torch.int32}
    for name, dtype in whole.items():
        converted = getattr(x, name)()
        assert converted.dtype is dtype and not converted.requires_grad
        assert getattr(converted, name)() is converted
    assert x.int().tolist() == [1, 200, 70000]
    (x * x.byte()).sum().backward()
    assert x.grad.tolist() == x.byte().tolist()


@pytest.mark.parametrize("name", NAMES)
def test_memory_is_shared_with_numpy(torch, name):
    array = np.zeros(3, name)
    for make in (torch.from_numpy, torch.as_tensor, torch.from_dlpack):
        shared = make(array)
        shared += 1
        assert shared.dtype is getattr(torch, name) and shared.numpy().dtype == name
        assert np.from_dlpack(shared).dtype == name
    assert array.tolist() == [3, 3, 3]
    assert torch.tensor(array).dtype is torch.tensor(array[0]).dtype is getattr(torch, name)


@pytest.mark.filterwarnings("ignore:(indexing with dtype|where received)")
@pytest.mark.parametrize("use", ["index", "where"])
def test_a_gradient_notices_that_a_mask_of_bytes_has_changed(torch, use):
    x, mask = torch.ones(2, requires_grad=True), torch.ones(2, dtype=torch.uint8)
    y = x[mask] if use == "index" else torch.where(mask, x, 2 * x)
    mask[0] = 0
    with pytest.raises(RuntimeError, match="is at version 1; expected version 0 instead"):
        y.sum().backward()


def assign(x, key, value):
    x[key] = value


@pytest.mark.parametrize(
    "use",
    [lambda x, mask: x[mask], lambda x, mask: x[[mask]],
     lambda x, mask: assign(x, mask, minigrad.ones(2)),
     lambda x, mask: assign(x, [mask], minigrad.ones(2)),
     lambda x, mask: minigrad.where(mask, x, x), lambda x, mask: x.where(mask, x),
     lambda x, mask: minigrad.where(mask, x, x, out=minigrad.zeros(2))],
)  # fmt: skip
def test_the_warning_of_a_mask_of_bytes_names_the_users_line(use):
    with pytest.warns(UserWarning) as warned:
        use(minigrad.zeros(2), minigrad.ones(2, dtype=minigrad.uint8))
    assert {each.filename for each in warned} == {__file__}


@pytest.mark.filterwarnings("ignore:indexing with dtype:UserWarning")
def test_which_integers_are_indices(torch, failure):
    x = torch.arange(6.0).reshape(2, 3)
    columns = torch.tensor([2, 0], dtype=torch.int32)
    assert x[:, columns].tolist() == [[2, 0], [5, 3]]
    assert x.index_select(1, columns).tolist() == [[2, 0], [5, 3]]
    assert x.gather(1, columns[:, None]).tolist() == [[2], [3]]
    assert x[torch.tensor([0, 7], dtype=torch.uint8)].tolist() == [[3, 4, 5]]
    assert x[torch.tensor(1, dtype=torch.uint8)].shape == (1, 2, 3)
    for dtype in (torch.int8, torch.int16, torch.int32):
        assert x[torch.tensor(1, dtype=dtype)].tolist() == [3, 4, 5]
        assert x.sum(torch.tensor(1, dtype=dtype)).shape == (2,)
    for dtype in (torch.int8, torch.int16):
        places = columns.to(dtype)
        assert failure(lambda key: x[:, key], places) == (
            "IndexError: tensors used as indices must be long, int, byte or bool tensors"
        )
        assert "Expected dtype int32/int64 for index" in failure(x.gather, 1, places[:, None])
    with pytest.raises(IndexError, match="index 3 is out of bounds"):
        x[:, columns + 1]


def test_gradients_come_through_indices_of_32_bits(torch):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    places = torch.tensor([2, 0, 2], dtype=torch.int32)
    weights = torch.tensor([1.0, 10.0, 100.0])
    for pick in (
        lambda: x[places],
        lambda: x.gather(0, places),
        lambda: x.index_select(0, places),
    ):
        (grad,) = torch.autograd.grad(pick(), x, weights)
        assert grad.tolist() == [10, 0, 101]


def test_classes_may_be_bytes(torch, failure):
    scores = torch.tensor([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]], requires_grad=True)
    found = []
    for dtype in (torch.int64, torch.uint8):
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor([2, 1], dtype=dtype))
        found.append((loss.item(), torch.autograd.grad(loss, scores)[0].tolist()))
    assert found[0] == found[1]
    for name, spelled in (("int32", "Int"), ("int16", "Short"), ("int8", "Char")):
        target = torch.tensor([2, 1], dtype=getattr(torch, name))
        assert failure(torch.nn.functional.nll_loss, scores, target) == (
            f"RuntimeError: expected target dtype to be Long or Byte, but got {spelled}"
        )
        assert failure(torch.nn.functional.one_hot, target) == (
            "RuntimeError: one_hot is only applicable to index tensor of type LongTensor."
        )


@pytest.mark.parametrize("name", NAMES)
def test_random_integers_are_of_the_dtypes_range(torch, failure, name):
    dtype, (low, high) = getattr(torch, name), limits(name)
    x = torch.empty(1000, dtype=dtype).random_(generator=torch.Generator().manual_seed(0))
    assert x.min() >= 0 and x.max() > 0.9 * high
    drawn = [
        torch.randint(
            0, 100, (9,), generator=torch.Generator().manual_seed(0), dtype=each
        ).tolist()
        for each in (dtype, torch.int64)
    ]
    assert drawn[0] == drawn[1]
    assert failure(x.random_, low - 1, high) == (
        f"RuntimeError: from is out of bounds for {IN_C[name]}"
    )
    assert failure(x.random_, low, high + 2) == (
        f"RuntimeError: to - 1 is out of bounds for {IN_C[name]}"
    )
    assert failure(x.uniform_).startswith("NotImplementedError")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_for_floats_alone_is_refused(torch, failure, name):
    x = torch.ones(3, dtype=getattr(torch, name))
    assert failure(x.requires_grad_).startswith("RuntimeError: only Tensors of floating point")
    assert failure(x.mean).startswith("RuntimeError: mean(): could not infer output dtype")
    assert "std and var only" in failure(x.std)
    wrong = failure(setattr, torch.ones(3, requires_grad=True), "grad", x)
    assert wrong.startswith(
        f"RuntimeError: attempting to assign a gradient with dtype '{IN_C[name]}' to a tensor with"
    )
    assert "can't be cast" in failure(torch.nn.functional.dropout, x)
    assert "not implemented for" in failure(torch.nn.functional.elu, x)
    for change in (lambda: x.div_(2), lambda: x.add_(1.5), lambda: x.mul_(torch.ones(3)), x.exp_):
        assert "result type Float can't be cast to the desired output type" in failure(change)
    assert x.add_(torch.tensor([1, 2, 3])).tolist() == [2, 3, 4]


@pytest.mark.parametrize("name", NAMES)
def test_it_says_of_what_dtype_it_is(torch, printed, name):
    x = torch.tensor([1, 100], dtype=getattr(torch, name))
    assert printed(x) == f"tensor([  1, 100], dtype=minigrad.{name})"
    assert printed(x[0]) == f"tensor(1, dtype=minigrad.{name})"
    assert printed(x[:0]) == f"tensor([], dtype=minigrad.{name})"
