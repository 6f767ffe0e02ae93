"""Counts the floating-point operations that a kernel's own Python text does.

The kernel's function runs uncompiled, and so does every function that it calls. What it works on
are numbers that count; NumPy and the intrinsics are replaced by what does the same with those.
"""

from __future__ import annotations

import math
import operator
import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numba.core.registry import CPUDispatcher
from numba.extending import _Intrinsic as Intrinsic

from minigrad.kernels import lanes
from minigrad.kernels.intrinsics import ROUNDER, ROUNDER_OF_FLOAT32
from minigrad.kernels.lanes import LANES, SCRATCH
from minigrad.kernels.large_products import gradient_products, product
from minigrad.kernels.roofline import VECTORS
from minigrad.kernels.sharing import share

LIBRARY = 20  # what a function of the C library counts


class Number:
    """A float that counts what is done with it."""

    counted = 0

    def __init__(self, value: Any) -> None:
        self.value = np.float64(value.value if isinstance(value, Number) else value)

    def __float__(self) -> float:
        return float(self.value)

    def __index__(self) -> int:
        return int(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __neg__(self) -> Number:
        return Number(-self.value)

    def __abs__(self) -> Number:
        return Number(abs(self.value))

    __hash__ = None  # type: ignore[assignment]


def _counting(function: Callable[..., Any], cost: int, swapped: bool = False) -> Any:
    def method(self: Number, other: Any) -> Number:
        Number.counted += cost
        first, second = self.value, Number(other).value
        with np.errstate(all="ignore"):
            return Number(function(second, first) if swapped else function(first, second))

    return method


def _comparing(function: Callable[..., bool]) -> Any:
    return lambda self, other: bool(function(self.value, Number(other).value))


for _name, _cost in {"add": 1, "sub": 1, "mul": 1, "truediv": 1, "pow": LIBRARY}.items():
    _function = getattr(operator, _name)
    setattr(Number, f"__{_name}__", _counting(_function, _cost))
    setattr(Number, f"__r{_name}__", _counting(_function, _cost, swapped=True))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Number, f"__{_name}__", _comparing(getattr(operator, _name)))


class Numbers(np.ndarray):
    """An array of numbers that count."""

    dtype = types.SimpleNamespace(type=Number)  # type: ignore[assignment]

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, Number(value) if isinstance(value, (int, float)) else value)


class Wide(Number):
    """What a kernel is told a dtype by where it computes in float64 though it is of float32."""


class WideNumbers(Numbers):
    dtype = types.SimpleNamespace(type=Wide)


def numbers(array: Any) -> Numbers:
    made = np.empty(array.shape, object).view(Numbers)
    for position in np.ndindex(array.shape):
        made[position] = float(array[position])
    return made


def _function(calculate: Callable[..., float], cost: int) -> Callable[..., Number]:
    def counted(*operands: Any) -> Number:
        Number.counted += cost
        with np.errstate(all="ignore"):
            return Number(calculate(*[Number(each).value for each in operands]))

    return counted


def _product(
    a: Any, a_turned: bool, b: Any, b_turned: bool, bias: Any, out: Any, first_terms: int = 0
) -> int:
    first, second = (a.T if a_turned else a), (b.T if b_turned else b)
    Number.counted += 2 * first.shape[0] * first.shape[1] * second.shape[1]
    result = np.vectorize(float)(first) @ np.vectorize(float)(second)
    for position in np.ndindex(result.shape):
        out[position] = bias[position[1]] + result[position] if bias.size else result[position]
    return 0


def _share(body: Any, count: int, size: int, operands: Any, calling: Any = None) -> int:
    return int(body(0, count, *([] if calling is None else [calling]), *operands))


def _gradient_products(grad: Any, x: Any, weight: Any, grad_x: Any, grad_w: Any) -> int:
    nothing = grad.reshape(-1)[:0]
    if grad_x.size:
        _product(grad, False, weight, False, nothing, grad_x)
    if grad_w.size:
        _product(grad, True, x, False, nothing, grad_w)
    return 0


NATIVE = [(product, _product), (gradient_products, _gradient_products), (share, _share)]
NUMPY = types.SimpleNamespace(
    abs=abs, float32=Number, float64=Number, int32=int, int64=int, uint32=np.uint32,
    uint64=np.uint64, inf=math.inf, isfinite=math.isfinite,
    isinf=math.isinf, isnan=math.isnan, nan=math.nan, sqrt=_function(np.sqrt, 1),
)  # fmt: skip
MATH = types.SimpleNamespace(
    copysign=_function(np.copysign, 0), inf=math.inf, isfinite=math.isfinite,
    log=_function(np.log, LIBRARY), log1p=_function(np.log1p, LIBRARY), pi=math.pi,
    sin=_function(np.sin, LIBRARY), cos=_function(np.cos, LIBRARY), sqrt=_function(np.sqrt, 1),
)  # fmt: skip


def _multiply_adds(factor: Number, turns: int) -> Number:
    """Of float32: VECTORS vectors of 16."""
    value = factor
    for _ in range(VECTORS * 16 * turns):
        value = value * factor + factor
    return value


ZERO = Number(0)


class Lanes(list[Any]):
    """Eight numbers side by side; None is a lane without an element, which counts nothing."""

    def __mul__(self, other: Any) -> Lanes:
        pairs = zip(self, other, strict=True)
        return Lanes(None if a is None or b is None else a * b for a, b in pairs)

    def __add__(self, other: Any) -> Lanes:
        return self._sum(other, operator.add)

    def __sub__(self, other: Any) -> Lanes:
        return self._sum(other, operator.sub)

    def _sum(self, other: Any, function: Callable[..., Number]) -> Lanes:
        total = Lanes(self)
        for k, (a, b) in enumerate(zip(self, other, strict=True)):
            if a is not None or b is not None:
                total[k] = function(ZERO if a is None else a, ZERO if b is None else b)
        return total


def _load(array: Any, offset: int, count: int) -> Lanes:
    elements = list(array.reshape(-1)[offset : offset + min(max(count, 0), LANES)])
    return Lanes([*elements, *[None] * (LANES - len(elements))])


def _store(array: Any, offset: int, count: int, lanes: Lanes) -> None:
    for k in range(min(count, LANES)):
        array.reshape(-1)[offset + k] = ZERO if lanes[k] is None else lanes[k]


def _zeros(count: int) -> Numbers:
    """One zero in all places: numbers do not change, and there are many places."""
    made = np.empty(count, object).view(Numbers)
    made.fill(ZERO)
    return made


def _larger(a: Any, b: Any) -> Any:
    return a if a is not None and a > b else b


ON_LANES: dict[str, Callable[..., Any]] = {
    "load": _load,
    "store": _store,
    "spread": lambda array, offset: Lanes([array.reshape(-1)[offset]] * LANES),
    "widened": lambda lanes: lanes,
    "filled": lambda number: Lanes([Number(number)] * LANES),
    "lane": lambda lanes, k: ZERO if lanes[k] is None else lanes[k],
    "larger": lambda a, b: Lanes(
        y if x is None else x if x > y else y for x, y in zip(a, b, strict=True)
    ),
    "equal": lambda a, b: Lanes(
        None if x is None else Number(x == y) for x, y in zip(a, b, strict=True)
    ),
    "add_product": lambda total, a, b: total + a * b,
    "scratch": lambda like: _zeros(SCRATCH).view(
        WideNumbers if isinstance(like, float) else Numbers
    ),
}


def _power_of_two(rounded: Number) -> Number:
    """Of a number that is rounded as a float32 is, or a float64; all that counts is a float64."""
    if rounded.value < ROUNDER / 2:
        return Number(2.0 ** np.round(rounded.value - ROUNDER_OF_FLOAT32))
    return Number((rounded.value.view(np.int64) << 52).view(np.float64))


INTRINSICS: dict[str, Callable[..., Any]] = {
    "is_float32": lambda like: not isinstance(like, Wide),
    "rounded_like": lambda like, value: Number(value),
    "multiply_adds": _multiply_adds,
    "multiply_add": lambda a, b, c: Number(a) * b + c,
    "fused_multiply_add": lambda a, b, c: Number(a) * b + c,
    "bits_of": lambda value: int(value.value.view(np.int64)),
    "float_from_bits": lambda bits: Number(np.int64(bits).view(np.float64)),
    "power_of_two": _power_of_two,
}


class _Names(dict[str, Any]):
    """What a function's text names, looked up in its module when it is named."""

    def __init__(self, module: dict[str, Any]) -> None:
        super().__init__(__builtins__=__builtins__)
        self._module = module

    def __missing__(self, name: str) -> Any:
        if name not in self._module:
            raise KeyError(name)  # one of Python's own
        return _replaced(self._module[name])


class _Module:
    """A module whose functions count."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return _replaced(getattr(self._module, name))


def _replaced(value: Any) -> Any:
    """What counts in the place of what does not."""
    if value is np or value is math:
        return NUMPY if value is np else MATH
    if isinstance(value, types.ModuleType):
        return _Module(value)
    if getattr(value, "__module__", None) == lanes.__name__:
        return ON_LANES[value.__name__]
    if isinstance(value, Intrinsic):
        return INTRINSICS[value._name]
    for each, counting in NATIVE:
        if value is each:
            return counting
    return _uncompiled(value.py_func) if isinstance(value, CPUDispatcher) else value


def _uncompiled(function: types.FunctionType) -> Callable[..., Any]:
    return types.FunctionType(function.__code__, _Names(function.__globals__))


def _counting_operand(operand: Any) -> Any:
    if isinstance(operand, float):
        return Number(operand)
    return operand.copy() if operand.dtype == np.uint32 else numbers(operand)  # words of a stream


def counted_flops(kernel: Any, operands: Sequence[Any]) -> int:
    """How many operations the kernel's function does on these operands, which stay as they are."""
    given = [_counting_operand(each) for each in operands]
    Number.counted = 0
    _uncompiled(kernel.function)(*given)
    return Number.counted
