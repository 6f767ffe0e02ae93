"""Binary cross entropy: reductions, weights, probabilities 0 and 1 and next to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation
from ..judging.judge import Array
from ..references import losses

REDUCTIONS = ("mean", "sum", "none")
CONSTANTS = frozenset({"target", "weight"})


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.binary_cross_entropy(*operands.values(), **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    generator = np.random.default_rng(30)
    for reduction in REDUCTIONS:
        attributes = {"reduction": reduction}
        for shape in ((32, 1), (7,), (5, 3, 4), (4001,)):
            p = generator.uniform(0.01, 0.99, shape).astype(dtype)
            target = generator.uniform(size=shape).round().astype(dtype)
            weight = generator.uniform(0.5, 2, shape).astype(dtype)
            name = f"{reduction}, shape {shape}"
            yield Case(name, operands(p, target), attributes, CONSTANTS)
            yield Case(f"{name}, weight", operands(p, target, weight), attributes, CONSTANTS)
            soft = generator.uniform(size=shape).astype(dtype)
            yield Case(f"{name}, soft targets", operands(p, soft), attributes, CONSTANTS)
        for layout in LAYOUTS[1:]:
            p = generator.uniform(0.01, 0.99, (9, 6)).astype(dtype)
            target = generator.uniform(size=(9, 6)).round().astype(dtype)
            name = f"{reduction}, {layout.__name__}"
            yield Case(name, operands(p, target), attributes, CONSTANTS, layout)
        p, target = edges(dtype)
        yield Case(
            f"{reduction}, p at and near 0 and 1", operands(p, target), attributes, CONSTANTS
        )


def operands(p: Array, target: Array, weight: Array | None = None) -> dict[str, Array | None]:
    return {"p": p, "target": target, "weight": weight}


def edges(dtype: np.dtype[Any]) -> tuple[Array, Array]:
    """Probabilities at which logarithms or the gradient's denominator are clamped, or nearly."""
    limits = np.finfo(dtype)
    near_zero = [0.0, limits.smallest_subnormal, limits.smallest_normal, 1e-30, 1e-13, 1e-11]
    near_one = [1.0, 1 - limits.epsneg, 1 - 3 * limits.epsneg, 0.999]
    p = np.array(near_zero + near_one, dtype)
    targets = np.array([0.0, 1.0, 0.25], dtype)
    return np.repeat(p, len(targets)), np.tile(targets, len(p))


OPERATION = Operation(call, losses.binary_cross_entropy, cases)
