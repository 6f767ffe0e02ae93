"""Sums, products, quotients and powers: PyTorch's promotion, values, gradients and refusals."""

import operator

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import minigrad

from .agreement import check, operands, several

OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
}  # fmt: skip
NAMES = [
    "add", "sub", "mul", "div", "true_divide", "floor_divide", "remainder", "pow",
    "subtract", "multiply", "divide",
]  # fmt: skip
SMOOTH = ["+", "-", "*", "/", "**"]
NUMBERS = st.sampled_from(
    [0, 1, -1, 2, 3, -2, 0.0, 0.5, -0.5, 1.5, -1.0, 2.0, True, False, float("inf"), float("nan")]
)


def _is_bool(exponent):
    """Of a power with a bool PyTorch gives the value, but then fails in backward."""
    return exponent.dtype.kind == "b"


@pytest.mark.parametrize("symbol", OPERATORS)
@given(pair=several(2))
def test_operators_on_two_tensors(symbol, pair):
    assume(symbol != "**" or not _is_bool(pair[1].values))
    check(lambda torch, a, b: OPERATORS[symbol](a, b), *pair)


@pytest.mark.parametrize("symbol", OPERATORS)
@given(x=operands(), number=NUMBERS)
def test_operators_on_a_tensor_and_a_number(symbol, x, number):
    assume(symbol != "**" or not _is_bool(np.array(number)))
    check(lambda torch, x: OPERATORS[symbol](number, x), x)
    check(lambda torch, x: OPERATORS[symbol](x, number), x)


@pytest.mark.parametrize("name", NAMES)
@given(pair=several(2))
def test_functions_and_methods_on_two_tensors(name, pair):
    assume(name != "pow" or not _is_bool(pair[1].values))
    check(lambda torch, a, b: getattr(torch, name)(a, b), *pair)
    check(lambda torch, a, b: getattr(a, name)(b), *pair)


@pytest.mark.parametrize("name", NAMES)
@given(x=operands(), number=NUMBERS)
def test_functions_on_a_tensor_and_a_number(name, x, number):
    assume(name != "pow" or not _is_bool(np.array(number)))
    check(lambda torch, x: getattr(torch, name)(number, x), x)
    check(lambda torch, x: getattr(torch, name)(x, number), x)


@pytest.mark.parametrize("symbol", SMOOTH)
@given(pair=several(2, dtypes=[np.float64], special=False))
def test_gradients_of_gradients_are_pytorchs(symbol, pair):
    check(lambda torch, a, b: OPERATORS[symbol](a * a, b), *pair, orders=2)


@given(pair=several(2), alpha=st.sampled_from([1, 2, -3, 0.5, True, False]))
def test_alpha(pair, alpha):
    for name in ("add", "sub"):
        check(lambda torch, a, b, name=name: getattr(torch, name)(a, b, alpha=alpha), *pair)
        check(lambda torch, a, b, name=name: getattr(a, name)(b, alpha=alpha), *pair)
    check(lambda torch, a, b: torch.rsub(a, b, alpha=alpha), *pair)
    check(lambda torch, a, b: torch.rsub(2, a), *pair)


BITS_64 = st.integers(-(2**63), 2**63 - 1) | st.sampled_from([-(2**63), 2**63 - 1, 2**53 + 1])


@given(a=BITS_64, b=BITS_64.filter(bool))
def test_whole_numbers_are_divided_to_the_last_digit(a, b):
    assume((a, b) != (-(2**63), -1))  # 2**63 is beyond 64 bits
    x, y = minigrad.tensor([a]), minigrad.tensor([b])
    nearer_to_zero = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    assert x.div(y, rounding_mode="trunc").item() == nearer_to_zero
    assert x.div(y, rounding_mode="floor").item() == (x // y).item() == a // b
    assert (x % y).item() == a % b


@given(pair=several(2), mode=st.sampled_from([None, "floor", "trunc", "nearest"]))
def test_rounding_modes(pair, mode):
    check(lambda torch, a, b: torch.div(a, b, rounding_mode=mode), *pair)
    check(lambda torch, a, b: a.div(b, rounding_mode=mode), *pair)


@pytest.mark.parametrize("symbol", OPERATORS)
@given(x=operands(), number=st.sampled_from([2, -1, 0.5]), kind=st.sampled_from([
    np.float32, np.float64, np.int64, np.int32, np.bool_,
]))  # fmt: skip
def test_numpys_scalars(symbol, x, number, kind):
    check(lambda torch, x: OPERATORS[symbol](x, kind(number)), x)


@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators_refuse_what_is_no_number(torch, symbol):
    for other in (None, [1.0, 2.0], object()):
        with pytest.raises(TypeError):
            OPERATORS[symbol](torch.ones(2), other)
        with pytest.raises(TypeError):
            OPERATORS[symbol](other, torch.ones(2))


def test_another_class_may_know_what_to_do_with_a_tensor(torch):
    class Other:
        def __radd__(self, tensor):
            return "added"

    assert torch.ones(2) + Other() == "added"


REFUSED = {
    "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton "
    "dimension 0": lambda torch: torch.ones(2) + torch.ones(3),
    "RuntimeError: Subtraction, the `-` operator, with two bool tensors is not supported. Use the "
    "`^` or `logical_xor()` operator instead.": lambda torch: (
        torch.ones(2).bool() - torch.ones(2).bool()
    ),
    "RuntimeError: Subtraction, the `-` operator, with a bool tensor is not supported. If you are "
    "trying to invert a mask, use the `~` or `logical_not()` operator instead.": lambda torch: (
        1 - torch.ones(2).bool()
    ),
    "RuntimeError: Negation, the `-` operator, on a bool tensor is not supported. If you are "
    "trying to invert a mask, use the `~` or `logical_not()` operator "
    "instead.": lambda torch: -torch.ones(2).bool(),
    "RuntimeError: Integers to negative integer powers are not allowed.": lambda torch: (
        torch.tensor([2]) ** -1
    ),
    "RuntimeError: ZeroDivisionError": lambda torch: torch.tensor([1]) // 0,
    "RuntimeError: div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
    "'up'": lambda torch: torch.div(torch.ones(1), 2, rounding_mode="up"),
    "RuntimeError: For integral input tensors, argument alpha must not be a floating point "
    "number.": lambda torch: torch.add(torch.tensor([1]), 1, alpha=0.5),
    "RuntimeError: Boolean alpha only supported for Boolean results.": lambda torch: torch.add(
        torch.tensor([1]), 1, alpha=True
    ),
    "NotImplementedError: \"div_floor_cpu\" not implemented for 'Bool'": lambda torch: (
        torch.tensor([True]) // True
    ),
    "RuntimeError: derivative for aten::floor_divide is not implemented": lambda torch: (
        (torch.ones(2, requires_grad=True) // 2).sum().backward()
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals_in_pytorchs_words(torch, failure, message):
    assert failure(REFUSED[message], torch) == message


def test_a_nodes_name_says_which_operation_it_was(torch):
    x = torch.ones(2, requires_grad=True)
    names = {
        "MulBackward0": 2 / x,
        "DivBackward0": x / 2,
        "DivBackward2": torch.div(x, 2, rounding_mode="floor"),
        "SubBackward0": torch.subtract(x, 1, alpha=2),
        "SubBackward1": torch.subtract(x, 1, 2),
        "RsubBackward1": 1 - x,
        "PowBackward0": x.square(),
        "PowBackward1": x**x,
        "PowBackward2": 2**x,
        "RemainderBackward0": x % 2,
        "RemainderBackward1": x % x,
    }
    assert {name: each.grad_fn.name() for name, each in names.items()} == {n: n for n in names}
    assert torch.div(x, 2, rounding_mode=None).grad_fn.name() == "DivBackward2"
    for quotient in (torch.div(x, 2), x.div(2), x.divide(2), (x * 1).div_(2)):
        assert quotient.grad_fn.name() == "DivBackward0"
    node = x.floor_divide(2).grad_fn
    assert node.name().endswith("::autograd::NotImplemented")
    assert repr(node).startswith("<NotImplemented object at 0x")


@pytest.mark.parametrize("name", ["mul", "div", "pow", "maximum"])
def test_a_change_of_an_operand_of_another_dtype_is_noticed(torch, name):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    for other in (torch.tensor([1, 4]), torch.tensor([1.0, 4.0]).double()):
        result = getattr(torch, name)(x, other)
        other.add_(1)
        with pytest.raises(RuntimeError, match="has been modified by an inplace operation"):
            result.sum().backward()


def test_a_graph_with_a_factor_of_what_is_added_may_be_walked_twice(torch):
    """There is nothing in it that could be freed."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = torch.sub(x, x, alpha=3.0).sum()
    for _ in range(2):
        y.backward()
    assert x.grad.tolist() == [-4.0, -4.0]


def test_of_two_numbers_there_is_no_remainder(torch):
    assert torch.remainder(7, torch.tensor(4)).item() == 3
    for wrong in (
        lambda: torch.remainder(7, 4),
        lambda: torch.div(torch.ones(1), 2, rounding_mode=1),
    ):
        with pytest.raises(TypeError):
            wrong()


def test_an_array_over_a_tensor_is_numpys_product_with_what_is_1_over_it(torch, failure):
    x = torch.tensor([1.0, 2.0, 4.0])
    quotient = np.array([1.0, 1.0, 2.0]) / x
    assert isinstance(quotient, torch.Tensor) and quotient.dtype == torch.float64
    assert quotient.tolist() == [1.0, 0.5, 0.5]
    assert (np.ones(3, np.float32) / x).dtype == torch.float32
    assert failure(lambda: np.ones(3) / x.requires_grad_()).startswith("RuntimeError: Can't call")
    assert failure(lambda: [1.0] / x).startswith("TypeError: unsupported operand type(s) for /")
