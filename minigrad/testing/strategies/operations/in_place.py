"""Operations that change their first operand."""

from __future__ import annotations

from ....dtypes import can_cast
from ....functions.exports.in_place import __all__ as FUNCTIONS
from ....functions.inquiries import result_type
from ....tensor import Tensor
from .conditions import (
    along_dim,
    boolean,
    bounds,
    broadcast,
    floating,
    full,
    integers,
    numeric,
    scalar,
    small,
    whole,
    with_scalar,
)
from .networks import _product_of
from .operation import Operation, register
from .picking import (
    INDEX,
    _index_and_number,
    _index_of_the_first,
    _key_and_number,
    _of_one_kind,
)


def _into_the_first(x: Tensor, y: Tensor) -> bool:
    """The result of both has the shape of the first, and a dtype that it takes."""
    return (
        y.ndim <= x.ndim
        and all(
            side in (1, mine) for side, mine in zip(y.shape[::-1], x.shape[::-1], strict=False)
        )
        and can_cast(result_type(x, y), x.dtype)
    )


def _numeric_into_the_first(x: Tensor, y: Tensor) -> bool:
    return numeric(x, y) and _into_the_first(x, y)


def _floats_into_the_first(x: Tensor, y: Tensor) -> bool:
    return x.is_floating_point() and _into_the_first(x, y)


def _a_row_for_it(x: Tensor, y: Tensor) -> bool:
    return full(x) and y.shape == x.shape[1:] and can_cast(y.dtype, x.dtype)


def _changing(
    names: str, fits: object, arguments: object = None, rest: str = "", jumps: bool = False
) -> None:
    for name in names.split():
        given = {} if arguments is None else {"arguments": arguments}
        sources = [f"{{0}}.{name}({rest})"]
        if name in FUNCTIONS:
            sources.append(f"torch.{name}({{0}}{rest and ', '}{rest})")
        register(
            Operation(name, tuple(sources), fits, writes=True, jumps=jumps, **given)  # type: ignore[arg-type]
        )


_changing("exp_ expm1_ log_ log1p_ log2_ log10_ sqrt_ rsqrt_ sin_ cos_ tanh_ sigmoid_", floating)
_changing("reciprocal_", floating)
_changing("abs_ absolute_ neg_ negative_ square_ relu_", numeric)
_changing("sign_ floor_ ceil_ trunc_ fix_ round_", numeric, jumps=True)
_changing("zero_ detach_", numeric)
_changing("add_ mul_ multiply_ sub_ subtract_", _numeric_into_the_first, rest="{1}")
_changing("div_ divide_ true_divide_ pow_", _floats_into_the_first, rest="{1}")
_changing("floor_divide_ remainder_", _floats_into_the_first, rest="{1}", jumps=True)
_changing("lerp_", lambda x, y: floating(x, y) and _into_the_first(x, y), rest="{1}, 0.9")
_changing("addcmul_", _numeric_into_the_first, rest="{1}, {1}, value=2")
_changing(
    "addcdiv_", lambda x, y: floating(x, y) and _into_the_first(x, y), rest="{1}, {1}, value=-0.5"
)
_changing("copy_", _into_the_first, rest="{1}")
_changing(
    "eq_ ne_ not_equal_ lt_ less_ le_ less_equal_ gt_ greater_ ge_ greater_equal_",
    _into_the_first,
    rest="{1}",
    jumps=True,
)
_changing("logical_and_ logical_or_ logical_xor_", _into_the_first, rest="{1}", jumps=True)
_changing("logical_not_", numeric, jumps=True)
_changing(
    "bitwise_and_ bitwise_or_ bitwise_xor_",
    lambda x, y: whole(x, y) and _into_the_first(x, y),
    rest="{1}",
)
_changing("bitwise_not_", whole)
_changing(
    "bitwise_left_shift_ bitwise_right_shift_",
    integers,
    lambda x: {"number": scalar(x).map(abs)},
    "{number}",
)
_changing("fill_", numeric, with_scalar, "{number}")
_changing(
    "fill_diagonal_", lambda x: numeric(x) and x.ndim == 2, with_scalar, "{number}, wrap=True"
)
_changing("clamp_ clip_", numeric, bounds, "{low}, {high}")
_changing("clamp_min_ clamp_max_", numeric, with_scalar, "{number}")
_changing(
    "masked_fill_",
    lambda x, m: boolean(m) and broadcast(x, m) and _into_the_first(x, m),
    lambda x, m: with_scalar(x),
    "{1}, {number}",
)
_changing("scatter_", lambda x: full(x) and small(x), _index_and_number, f"{INDEX}, {{number}}")
_changing(
    "scatter_add_",
    lambda x, y: numeric(x) and _of_one_kind(x, y),
    _index_of_the_first,
    f"{INDEX}, {{1}}",
)
_changing(
    "addmm_",
    lambda x, y, z: _product_of(y, z, added_to=x),
    rest="{1}, {2}",
)
_changing("cumsum_", numeric, along_dim, "{dim}")
_changing("tril_ triu_", lambda x: numeric(x) and x.ndim >= 2)
_changing("squeeze_", numeric)
_changing("unsqueeze_", lambda x: numeric(x) and x.ndim < 4, along_dim, "{dim}")
_changing("transpose_ swapaxes_ swapdims_", lambda x: numeric(x) and x.ndim >= 2, rest="0, 1")
_changing("t_", lambda x: numeric(x) and x.ndim == 2)

register(
    *(
        Operation(f"functional.{name}", (f"torch.nn.functional.{name}({{0}})",), fits, writes=True)
        for name, fits in [
            ("relu_", numeric),
            ("leaky_relu_", floating),
            ("elu_", floating),
            ("selu_", floating),
        ]
    ),
    *(
        Operation(f"operator {symbol}=", (f"{{0}} {symbol}= {{1}}",), fits, writes=True)
        for symbol, fits in [
            ("+", _numeric_into_the_first),
            ("-", _numeric_into_the_first),
            ("*", _numeric_into_the_first),
            ("/", _floats_into_the_first),
        ]
    ),
    Operation("[key] = number", ("{0}[{key}] = {number}",), full, _key_and_number, writes=True),
    Operation("[0] = tensor", ("{0}[0] = {1}",), _a_row_for_it, writes=True),
    Operation(
        "[key] *= number",
        ("{0}[{key}] *= {number}",),
        lambda x: full(x) and numeric(x),
        _key_and_number,
        writes=True,
    ),
    Operation(
        "[mask] = number",
        ("{0}[{0} > {number}] = {number}",),
        numeric,
        with_scalar,
        writes=True,
        jumps=True,
    ),
)
