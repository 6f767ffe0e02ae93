"""Cross entropy with classes: as the likelihood, with smoothed labels, large scores, certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation
from ..judging.judge import Array
from ..references import losses
from .binary_cross_entropy import CONSTANTS, REDUCTIONS
from .nll_loss import with_classes


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    x, target, weight = operands.values()
    return {"out": library.nn.functional.cross_entropy(x, target, weight, **attributes)}


def large_scores(dtype: np.dtype[Any]) -> Array:
    """Rows in which differences are large, or small beside the scores, or decide all."""
    return np.array(
        [[1e3, -1e3, 0.0], [500.25, 500.5, 499.75], [0.0, -60.0, -61.0], [30.0, 0.0, -80.0]], dtype
    )


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for smoothing in (0.0, 0.125):
        yield from with_classes(dtype, {"label_smoothing": smoothing})
        for reduction in REDUCTIONS:
            attributes = {"reduction": reduction, "ignore_index": -100}
            operands = {
                "x": large_scores(dtype),
                "target": np.array([0, 2, 0, 1]),
                "weight": None,
            }
            name = f"{reduction}, large scores, label_smoothing {smoothing}"
            attributes["label_smoothing"] = smoothing
            yield Case(name, operands, attributes, CONSTANTS)


OPERATION = Operation(call, losses.cross_entropy, cases)
