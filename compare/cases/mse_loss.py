"""Mean squared error: reductions, weights, layouts, differences that cancel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import losses
from .binary_cross_entropy import REDUCTIONS


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    loss = library.nn.functional.mse_loss(
        operands["x"], operands["target"], weight=operands["weight"], **attributes
    )
    return {"out": loss}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    constants = frozenset({"weight"})
    for reduction in REDUCTIONS:
        attributes = {"reduction": reduction}
        for shape in ((32, 1), (), (5, 3, 4), (4001,)):
            x, target = normal(40, *shape, dtype=dtype), normal(41, *shape, dtype=dtype)
            weight = np.asarray(0.5 + normal(42, *shape, dtype=dtype) ** 2, dtype)
            operands = {"x": x, "target": target, "weight": None}
            name = f"{reduction}, shape {shape}"
            yield Case(name, operands, attributes, constants)
            yield Case(f"{name}, weight", {**operands, "weight": weight}, attributes, constants)
        for layout in LAYOUTS[1:]:
            x, target = normal(43, 9, 6, dtype=dtype), normal(44, 9, 6, dtype=dtype)
            operands = {"x": x, "target": target, "weight": None}
            name = f"{reduction}, {layout.__name__}"
            yield Case(name, operands, attributes, constants, layout)
        x = normal(45, 64, dtype=dtype) + dtype.type(1000)
        close = {"x": x, "target": x + dtype.type(0.01), "weight": None}
        yield Case(f"{reduction}, x close to target", close, attributes, constants)


OPERATION = Operation(call, losses.mse_loss, cases)
