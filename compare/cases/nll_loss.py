"""Negative log likelihood: shapes, reductions, weights, rows to be ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..judging.judge import Array
from ..references import losses
from .binary_cross_entropy import CONSTANTS, REDUCTIONS

SHAPES = ((32, 10), (5,), (6, 4, 3), (3, 2, 4, 3), (2, 3, 2, 1, 2), (2001, 3))


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    x, target, weight = operands.values()
    return {"out": library.nn.functional.nll_loss(x, target, weight, **attributes)}


def drawn(shape: tuple[int, ...], dtype: np.dtype[Any]) -> tuple[Array, Array, Array]:
    """Scores of a shape, classes and weights for them."""
    generator = np.random.default_rng(60)
    batch, count = ((), shape[0]) if len(shape) == 1 else ((shape[0], *shape[2:]), shape[1])
    scores = np.asarray(2 * normal(61, *shape, dtype=dtype), dtype)
    target = np.asarray(generator.integers(0, count, batch))
    return scores, target, generator.uniform(0.5, 2, count).astype(dtype)


def with_classes(dtype: np.dtype[Any], settings: Mapping[str, float]) -> Iterator[Case]:
    """What every loss of classes meets."""
    described = "".join(f", {name} {value}" for name, value in settings.items())
    for reduction in REDUCTIONS:
        attributes = {"reduction": reduction, "ignore_index": -100, **settings}
        for shape in SHAPES:
            x, target, weight = drawn(shape, dtype)
            name = f"{reduction}, shape {shape}{described}"
            operands = {"x": x, "target": target, "weight": None}
            yield Case(name, operands, attributes, CONSTANTS)
            weighted = {**operands, "weight": weight}
            yield Case(f"{name}, weight", weighted, attributes, CONSTANTS)
            ignoring = {**attributes, "ignore_index": 1}
            if len(shape) > 1:
                yield Case(f"{name}, weight, class 1 ignored", weighted, ignoring, CONSTANTS)
        for layout in LAYOUTS[1:]:
            x, target, weight = drawn((9, 6), dtype)
            operands = {"x": x, "target": target, "weight": weight}
            name = f"{reduction}, {layout.__name__}{described}"
            yield Case(name, operands, attributes, CONSTANTS, layout)


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    yield from with_classes(dtype, {})


OPERATION = Operation(call, losses.nll_loss, cases)
