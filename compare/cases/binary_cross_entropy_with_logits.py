"""Binary cross entropy of logits: reductions, weights, large and infinite logits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import losses
from .binary_cross_entropy import REDUCTIONS

CONSTANTS = frozenset({"target", "weight", "pos_weight"})


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    x, target, weight, pos_weight = operands.values()
    loss = library.nn.functional.binary_cross_entropy_with_logits
    return {"out": loss(x, target, weight, pos_weight=pos_weight, **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    generator = np.random.default_rng(31)
    for reduction in REDUCTIONS:
        attributes = {"reduction": reduction}
        for shape in ((32, 1), (), (5, 3, 4), (4001,)):
            x = np.asarray(3 * normal(50, *shape, dtype=dtype), dtype)
            target = np.asarray(generator.uniform(size=shape).round(), dtype)
            soft, weight, pos_weight = (
                np.asarray(generator.uniform(size=shape), dtype) for _ in range(3)
            )
            name = f"{reduction}, shape {shape}"
            for suffix, given in {
                "": (x, target, None, None),
                ", soft targets": (x, soft, None, None),
                ", weight": (x, target, weight, None),
                ", both weights": (x, soft, weight, pos_weight),
            }.items():
                yield Case(name + suffix, operands(*given), attributes, CONSTANTS)
        for layout in LAYOUTS[1:]:
            x, target = normal(51, 9, 6, dtype=dtype), normal(52, 9, 6, dtype=dtype) ** 2
            name = f"{reduction}, {layout.__name__}"
            yield Case(name, operands(x, target), attributes, CONSTANTS, layout)
        large = np.array([0.0, -0.0, 20, -20, 90, -90, 1000, -1000], dtype)
        for value in (0.0, 1.0, 0.25):
            target = np.full(8, value, dtype)
            name = f"{reduction}, large logits with target {value}"
            yield Case(name, operands(large, target), attributes, CONSTANTS)
        infinite = np.array([np.inf, np.inf, -np.inf, -np.inf], dtype)
        target = np.array([0.0, 1.0, 0.0, 1.0], dtype)
        name = f"{reduction}, infinite logits"
        yield Case(name, operands(infinite, target), attributes, CONSTANTS)


def operands(x: Any, target: Any, weight: Any = None, pos_weight: Any = None) -> dict[str, Any]:
    return {"x": x, "target": target, "weight": weight, "pos_weight": pos_weight}


OPERATION = Operation(call, losses.binary_cross_entropy_with_logits, cases)
