"""Changes of a tensor in place: who may be changed, what it does to the graph, versions."""

from __future__ import annotations

from typing import Any

from .. import arrays, random, structure
from ..dtypes import CATEGORY
from ..grad_mode import mode
from ..launch import launch
from ..tensor import Array, Number, Operand, Tensor
from . import arithmetic
from .shape import expand


def check(target: Tensor, source_requires_grad: bool = False) -> None:
    """Raise if changing `target` in place would break the graph."""
    if not mode.grad_enabled:
        return
    if target._requires_grad and target._node is None:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )
    base = None if target._base is None else target._base[0]
    if base is not None and (base._requires_grad or source_requires_grad):
        if base._requires_grad and base._node is None:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place "
                "operation."
            )
        raise RuntimeError(
            "minigrad does not follow gradients through a change in place of a view; change the "
            "whole tensor, or write the operation out of place"
        )


def update(target: Tensor, result: Tensor) -> Tensor:
    """Give `target` the values and the history of `result`, computed from it."""
    check(target, result._requires_grad)
    if result.array.shape != target.array.shape:
        raise RuntimeError(
            f"output with shape {list(target.shape)} doesn't match the broadcast shape "
            f"{list(result.shape)}"
        )
    if CATEGORY[result.array.dtype.kind] > CATEGORY[target.array.dtype.kind]:
        raise RuntimeError(
            f"result type {result.dtype.scalar_type} can't be cast to the desired output type "
            f"{target.dtype.scalar_type}"
        )
    launch(arrays.assign, result.array, target.array)
    target._bump_version()
    if result._requires_grad:
        structure.bump()
        target._node, target._requires_grad = result._node, True
    return target


def add_(target: Tensor, other: Operand, alpha: Number) -> Tensor:
    return update(target, arithmetic.add(target, other if alpha == 1 else other * alpha))


def multiply_(target: Tensor, other: Operand) -> Tensor:
    return update(target, arithmetic.multiply(_before(target, other), other))


def divide_(target: Tensor, other: Operand) -> Tensor:
    return update(target, arithmetic.divide(_before(target, other), other))


def _before(target: Tensor, other: Operand) -> Tensor:
    """The target; a copy if the gradient of `other` will need the values it has now."""
    needed = mode.grad_enabled and isinstance(other, Tensor) and other._requires_grad
    return target.clone() if needed else target


def copy_(target: Tensor, source: Tensor) -> Tensor:
    """Copy values, broadcast and converted to the target's dtype; gradients flow to the source."""
    check(target, source._requires_grad)
    converted = source.to(target.dtype)
    result = expand(converted, target.array.shape)
    launch(arrays.assign, result.array, target.array)
    target._bump_version()
    if mode.grad_enabled and (result._requires_grad or target._node is not None):
        structure.bump()
        target._node, target._requires_grad = result._node, result._requires_grad
    return target


def fill_(target: Tensor, value: Number) -> Tensor:
    check(target)
    if target.array.flags.carray and target.array.dtype.kind == "f":
        launch(arrays.fill, target.array, float(value))
    else:
        launch(arrays.assign, value, target.array)
    return _replaced(target)


def _replaced(target: Tensor) -> Tensor:
    """The target after its values were replaced by constants: its history has ended."""
    target._bump_version()
    if mode.grad_enabled and target._node is not None:
        structure.bump()
        target._node, target._requires_grad = None, False
    return target


def _draw_uniform(generator: Any, low: float, high: float, out: Array) -> None:
    generator.uniform(out, low, high)


def _draw_normal(generator: Any, mean: float, std: float, out: Array) -> None:
    generator.normal(out, mean, std)


def _draw_integers(generator: Any, bounds: tuple[int, ...], out: Array) -> None:
    if len(bounds) == 1:
        bounds = (0, *bounds)
    generator.random(out, *bounds)


def uniform_(target: Tensor, low: float, high: float, generator: Any) -> Tensor:
    """Fill with numbers drawn uniformly from [low, high)."""
    check(target)
    launch(_draw_uniform, generator or random.default_generator, low, high, target.array)
    return _replaced(target)


def normal_(target: Tensor, mean: float, std: float, generator: Any) -> Tensor:
    """Fill with numbers drawn from a normal distribution."""
    check(target)
    launch(_draw_normal, generator or random.default_generator, mean, std, target.array)
    return _replaced(target)


def random_(target: Tensor, bounds: tuple[int, ...], generator: Any) -> Tensor:
    """Fill with integers: all that the dtype holds, below one bound, or between two."""
    check(target)
    launch(_draw_integers, generator or random.default_generator, bounds, target.array)
    return _replaced(target)
