"""Cross entropy with probabilities: shapes, reductions, weights, smoothed labels, large scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation
from ..references import losses
from .binary_cross_entropy import CONSTANTS, REDUCTIONS
from .cross_entropy import call, large_scores
from .nll_loss import SHAPES, drawn


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    generator = np.random.default_rng(70)
    for reduction in REDUCTIONS:
        for smoothing in (0.0, 0.125):
            attributes = {"reduction": reduction, "label_smoothing": smoothing}
            described = f", label_smoothing {smoothing}"
            for shape in SHAPES:
                x, _, weight = drawn(shape, dtype)
                target = generator.uniform(size=shape).astype(dtype)
                operands = {"x": x, "target": target, "weight": None}
                name = f"{reduction}, shape {shape}{described}"
                yield Case(name, operands, attributes, CONSTANTS)
                weighted = {**operands, "weight": weight}
                yield Case(f"{name}, weight", weighted, attributes, CONSTANTS)
            for layout in LAYOUTS[1:]:
                x, _, weight = drawn((9, 6), dtype)
                target = generator.uniform(size=(9, 6)).astype(dtype)
                operands = {"x": x, "target": target, "weight": weight}
                name = f"{reduction}, {layout.__name__}{described}"
                yield Case(name, operands, attributes, CONSTANTS, layout)
            x = large_scores(dtype)
            target = np.full(x.shape, 0.25, dtype)
            operands = {"x": x, "target": target, "weight": None}
            yield Case(f"{reduction}, large scores{described}", operands, attributes, CONSTANTS)


OPERATION = Operation(call, losses.cross_entropy_of_probabilities, cases)
