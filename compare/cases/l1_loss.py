"""Absolute error: reductions, layouts, no difference, infinite ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..references import losses
from .binary_cross_entropy import REDUCTIONS


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.l1_loss(*operands.values(), **attributes)}


def differences(dtype: np.dtype[Any], settings: Mapping[str, float]) -> Iterator[Case]:
    """What every loss of a difference meets."""
    kink = max(settings.values(), default=0.0)
    described = "".join(f", {name} {value}" for name, value in settings.items())
    for reduction in REDUCTIONS:
        attributes = {"reduction": reduction, **settings}
        for shape in ((32, 1), (), (5, 3, 4), (4001,)):
            x, target = normal(40, *shape, dtype=dtype), normal(41, *shape, dtype=dtype)
            name = f"{reduction}, shape {shape}{described}"
            yield Case(name, {"x": x, "target": target}, attributes)
        for layout in LAYOUTS[1:]:
            x, target = normal(43, 9, 6, dtype=dtype), normal(44, 9, 6, dtype=dtype)
            name = f"{reduction}, {layout.__name__}{described}"
            yield Case(name, {"x": x, "target": target}, attributes, layout=layout)
        special = np.array([0.0, -0.0, kink, -kink, 1e-30, -1e30, np.inf, -np.inf], dtype)
        name = f"{reduction}, at the kink and at infinity{described}"
        yield Case(name, {"x": special, "target": np.zeros(8, dtype)}, attributes)
        empty = np.zeros((0, 3), dtype)
        yield Case(f"{reduction}, empty{described}", {"x": empty, "target": empty}, attributes)


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    yield from differences(dtype, {})


OPERATION = Operation(call, losses.l1_loss, cases)
