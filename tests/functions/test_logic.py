"""Truth values and bits: PyTorch's results and refusals."""

import operator

import pytest
from hypothesis import given, strategies as st

from .agreement import check, several

NUMBERS = st.sampled_from([0, 1, -2, 63, 64, 0.5, True, False, float("inf"), float("nan")])


@pytest.mark.parametrize("name", ["logical_and", "logical_or", "logical_xor", "bitwise_and",
                                  "bitwise_or", "bitwise_xor", "bitwise_left_shift",
                                  "bitwise_right_shift"])  # fmt: skip
@given(pair=several(2))
def test_logic(name, pair):
    check(lambda torch, a, b: getattr(torch, name)(a, b), *pair)
    check(lambda torch, a, b: getattr(a, name)(b), *pair)


@pytest.mark.parametrize("symbol", [operator.iand, operator.ior, operator.ixor, operator.ilshift,
                                    operator.irshift])  # fmt: skip
@given(pair=several(2, alike=True), number=NUMBERS)
def test_operators_in_place(symbol, pair, number):
    def changed(target, other):
        same = target = target.detach().clone()
        target = symbol(target, other)
        return same, target is same

    check(lambda torch, a, b: changed(a, b), *pair)
    check(lambda torch, a: changed(a, number), pair[0])


@pytest.mark.parametrize("name", ["logical_and_", "logical_or_", "logical_xor_", "bitwise_and_",
                                  "bitwise_or_", "bitwise_xor_", "bitwise_left_shift_",
                                  "bitwise_right_shift_"])  # fmt: skip
@given(pair=several(2, alike=True))
def test_logic_in_place(name, pair):
    check(lambda torch, a, b: getattr(a.detach().clone(), name)(b.detach()), *pair)
    check(lambda torch, a: a.detach().clone().logical_not_(), pair[0])
    check(lambda torch, a: a.detach().clone().bitwise_not_(), pair[0])


@pytest.mark.parametrize("symbol", [operator.and_, operator.or_, operator.xor, operator.lshift,
                                    operator.rshift])  # fmt: skip
@given(pair=several(2), number=NUMBERS)
def test_operators_on_bits(symbol, pair, number):
    check(lambda torch, a, b: symbol(a, b), *pair)
    check(lambda torch, a: symbol(a, number), pair[0])
    check(lambda torch, a: symbol(number, a), pair[0])


def test_which_elements_are_numbers(torch):
    x = torch.tensor([[1.0, torch.nan], [-torch.inf, 0.0]]).t()
    for name, expected in (
        ("isnan", [[False, False], [True, False]]),
        ("isinf", [[False, True], [False, False]]),
        ("isfinite", [[True, False], [False, True]]),
        ("isreal", [[True, True], [True, True]]),
    ):
        for found in (getattr(torch, name)(x), getattr(x, name)()):
            assert found.tolist() == expected and found.stride() == x.stride()


def test_two_numbers_have_no_bits(failure, torch):
    for name in ("bitwise_and", "bitwise_left_shift"):
        assert failure(getattr(torch, name), 1, 2).startswith("TypeError")


LOGICAL = [
    lambda torch, x: x.logical_and_(torch.tensor([0.0, 1.0])),
    lambda torch, x: x.logical_or_(torch.tensor([[0.0, 1.0]])[0]),
    lambda torch, x: x.logical_xor_(torch.ones(2)),
    lambda torch, x: x.logical_not_(),
]


@pytest.mark.parametrize("change", LOGICAL)
def test_logic_in_place_leaves_histories_alone(torch, change):
    """It is not differentiated, so leaves may change, and gradients pass as if nothing had."""
    leaf = torch.tensor([0.0, 2.0], requires_grad=True)
    assert change(torch, leaf) is leaf and leaf.requires_grad and leaf.is_leaf
    assert leaf._version == 1 and set(leaf.tolist()) <= {0.0, 1.0}
    change(torch, leaf.view(1, 2)[0])
    y = leaf * 3
    name = y.grad_fn.name()
    view = y[:]
    change(torch, view)
    assert y.grad_fn.name() == name and view.grad_fn.name() == "AsStridedBackward0"
    (y + view).sum().backward()
    assert leaf.grad.tolist() == [6.0, 6.0]


@pytest.mark.parametrize("change", LOGICAL)
def test_what_logic_in_place_refuses(torch, change):
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor"):
        change(torch, torch.ones(1).expand(2))
    kept = torch.ones(2, requires_grad=True).exp()
    change(torch, kept)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        kept.sum().backward()
    with pytest.raises(RuntimeError, match=r"shape \[\] doesn't match the broadcast shape"):
        torch.tensor(1.0).logical_and_(torch.ones(2))


def test_a_number_is_zero_if_it_is_in_the_dtype_of_both(torch):
    """A float64 without dimensions becomes a float32 beside others."""
    tiny = torch.tensor(1e-60, dtype=torch.float64)
    assert torch.logical_and(torch.ones(2), tiny).tolist() == [False, False]
    assert torch.logical_or(torch.zeros(2), tiny).tolist() == [False, False]
    assert torch.logical_xor(torch.ones(2).double(), tiny).tolist() == [False, False]
