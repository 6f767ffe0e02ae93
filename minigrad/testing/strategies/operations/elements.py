"""Operations on each element by itself, or with its counterparts."""

from hypothesis import strategies as st

from ....tensor import Tensor
from .conditions import (
    Strategies,
    boolean,
    bounds,
    broadcast,
    floating,
    floating_broadcast,
    integers,
    numeric,
    numeric_broadcast,
    scalar,
    whole,
    whole_broadcast,
    with_scalar,
)
from .operation import Operation, functions_and_methods, of_functional, register

register(
    *functions_and_methods("exp expm1 log log1p log2 log10 sqrt rsqrt sin cos tanh sigmoid"),
    *functions_and_methods("reciprocal"),
    *functions_and_methods("abs absolute neg negative positive square relu", numeric),
    *functions_and_methods("sign floor ceil trunc fix round", numeric, jumps=True),
    *functions_and_methods("isnan isinf isfinite isreal logical_not", jumps=True),
    *functions_and_methods("bitwise_not", whole),
    *functions_and_methods("clone detach"),
    Operation("minus", ("-{0}",), numeric),
    Operation("invert", ("~{0}",), whole),
)


def _way(x: Tensor, y: Tensor) -> Strategies:
    return {"weight": st.sampled_from([0.25, 0.0, 1.0, 0.9, -0.5, 2.0])}


def _floats_alike(x: Tensor, y: Tensor) -> bool:
    return floating(x, y) and broadcast(x, y)


def _factor(x: Tensor, y: Tensor) -> Strategies:
    return {"number": scalar(x)}


BINARY = "add multiply mul true_divide divide div"
register(
    *functions_and_methods(BINARY, broadcast, rest=", {1}"),
    *functions_and_methods("sub subtract maximum minimum", numeric_broadcast, rest=", {1}"),
    *functions_and_methods("floor_divide remainder", floating_broadcast, rest=", {1}", jumps=True),
    *functions_and_methods(
        "eq ne not_equal lt less le less_equal gt greater ge greater_equal",
        broadcast,
        rest=", {1}",
        jumps=True,
    ),
    *functions_and_methods(
        "logical_and logical_or logical_xor", broadcast, rest=", {1}", jumps=True
    ),
    *functions_and_methods("bitwise_and bitwise_or bitwise_xor", whole_broadcast, rest=", {1}"),
    *functions_and_methods("pow", floating_broadcast, rest=", {1}"),
    *functions_and_methods("lerp", _floats_alike, _way, ", {1}, {weight}"),
    *functions_and_methods("addcmul", numeric_broadcast, _factor, ", {1}, {1}, value={number}"),
    *functions_and_methods("addcdiv", _floats_alike, _factor, ", {0}, {1}, value={number}"),
    Operation("rsub", ("torch.rsub({0}, {1})",), numeric_broadcast),
    *(
        Operation(f"operator {symbol}", (f"{{0}} {symbol} {{1}}",), fits, jumps=jumps)
        for symbol, fits, jumps in [
            ("+", broadcast, False),
            ("*", broadcast, False),
            ("/", broadcast, False),
            ("-", numeric_broadcast, False),
            ("//", floating_broadcast, True),
            ("%", floating_broadcast, True),
            ("<", broadcast, True),
            (">=", broadcast, True),
            ("==", broadcast, True),
            ("&", whole_broadcast, False),
            ("|", whole_broadcast, False),
            ("^", whole_broadcast, False),
        ]
    ),
)


def _alpha(*tensors: Tensor) -> Strategies:
    return {"alpha": scalar(tensors[0])}


def _exponent(tensor: Tensor) -> Strategies:
    if integers(tensor):
        return {"number": st.integers(0, 3)}
    return {"number": st.sampled_from([2, 0, 1, 3, 0.5, -1, -0.5, 1.5])}


def _shift(tensor: Tensor) -> Strategies:
    return {"number": st.integers(0, 3)}


register(
    Operation(
        "add(alpha)",
        ("torch.add({0}, {1}, alpha={alpha})",),
        floating_broadcast,
        _alpha,
    ),
    Operation("sub(alpha)", ("torch.sub({0}, {1}, alpha={alpha})",), floating_broadcast, _alpha),
    *(
        Operation(
            f"number {symbol}",
            (f"{{0}} {symbol} {{number}}", f"{{number}} {symbol} {{0}}"),
            fits,
            with_scalar,
            jumps=jumps,
        )
        for symbol, fits, jumps in [
            ("+", numeric, False),
            ("-", numeric, False),
            ("*", numeric, False),
            ("/", floating, False),
            ("%", floating, True),
            (">", numeric, True),
        ]
    ),
    Operation(
        "number **",
        ("{0} ** {number}", "torch.pow({0}, {number})", "{0}.pow({number})"),
        numeric,
        _exponent,
    ),
    *functions_and_methods(
        "bitwise_left_shift bitwise_right_shift", integers, _shift, ", {number}"
    ),
    *functions_and_methods("clamp clip", numeric, bounds, ", {low}, {high}"),
    *functions_and_methods("clamp_min clamp_max", numeric, with_scalar, ", {number}"),
    Operation(
        "where",
        ("torch.where({0}, {1}, {2})", "{1}.where({0}, {2})"),
        lambda c, x, y: boolean(c) and broadcast(c, x, y),
        jumps=True,
    ),
    Operation(
        "where(number)", ("torch.where({0} > 0, {0}, {number})",), numeric, with_scalar, jumps=True
    ),
    Operation(
        "masked_fill",
        ("torch.masked_fill({0}, {1}, {number})", "{0}.masked_fill({1}, {number})"),
        lambda x, m: boolean(m) and broadcast(x, m),
        lambda x, m: with_scalar(x),
    ),
    *functions_and_methods(
        "isclose", lambda x, y: floating(x, y) and broadcast(x, y), rest=", {1}", jumps=True
    ),
)


def _slope(tensor: Tensor) -> Strategies:
    return {"number": st.sampled_from([0.5, 1.0, 0.0, 2.0])}


def _beta_and_threshold(tensor: Tensor) -> Strategies:
    return {"beta": st.sampled_from([1.0, 0.5, 2.0]), "threshold": st.sampled_from([20.0, 1.0])}


register(
    *of_functional("relu", numeric),
    *of_functional("selu gelu silu softplus sigmoid tanh", floating),
    *of_functional("leaky_relu elu", floating, _slope, ", {number}"),
    Operation(
        "functional.gelu(tanh)", ("torch.nn.functional.gelu({0}, approximate='tanh')",), floating
    ),
    Operation(
        "functional.softplus(beta)",
        ("torch.nn.functional.softplus({0}, {beta}, {threshold})",),
        floating,
        _beta_and_threshold,
    ),
)
