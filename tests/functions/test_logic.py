"""Truth values and bits: PyTorch's results and refusals."""

import operator

import pytest
from hypothesis import given, strategies as st

from .agreement import check, several

NUMBERS = st.sampled_from([0, 1, -2, 0.5, True, False, float("inf"), float("nan")])


@pytest.mark.parametrize("name", ["logical_and", "logical_or", "logical_xor", "bitwise_and",
                                  "bitwise_or", "bitwise_xor"])  # fmt: skip
@given(pair=several(2))
def test_logic(name, pair):
    check(lambda torch, a, b: getattr(torch, name)(a, b), *pair)
    check(lambda torch, a, b: getattr(a, name)(b), *pair)


@pytest.mark.parametrize("symbol", [operator.iand, operator.ior, operator.ixor])
@given(pair=several(2, alike=True), number=NUMBERS)
def test_operators_in_place(symbol, pair, number):
    def changed(target, other):
        same = target = target.detach().clone()
        target = symbol(target, other)
        return same, target is same

    check(lambda torch, a, b: changed(a, b), *pair)
    check(lambda torch, a: changed(a, number), pair[0])


@pytest.mark.parametrize("name", ["logical_and_", "logical_or_", "logical_xor_", "bitwise_and_",
                                  "bitwise_or_", "bitwise_xor_"])  # fmt: skip
@given(pair=several(2, alike=True))
def test_logic_in_place(name, pair):
    check(lambda torch, a, b: getattr(a.detach().clone(), name)(b.detach()), *pair)
    check(lambda torch, a: a.detach().clone().logical_not_(), pair[0])
    check(lambda torch, a: a.detach().clone().bitwise_not_(), pair[0])


@pytest.mark.parametrize("symbol", [operator.and_, operator.or_, operator.xor])
@given(pair=several(2), number=NUMBERS)
def test_operators_on_bits(symbol, pair, number):
    check(lambda torch, a, b: symbol(a, b), *pair)
    check(lambda torch, a: symbol(a, number), pair[0])
    check(lambda torch, a: symbol(number, a), pair[0])
