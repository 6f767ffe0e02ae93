"""kl_div: reductions, targets and their logarithms, zeros, distributions that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import LAYOUTS, Case, Operation, normal
from ..judging.judge import Array
from ..references import losses

REDUCTIONS = ("mean", "batchmean", "sum", "none")


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.kl_div(*operands.values(), **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for reduction in REDUCTIONS:
        for log_target in (False, True):
            attributes = {"reduction": reduction, "log_target": log_target}
            name = f"{reduction}{', log_target' if log_target else ''}"
            for shape in ((32, 1), (7,), (5, 3, 4), (20, 201)):
                operands = distributions(shape, dtype, log_target)
                yield Case(f"{name}, shape {shape}", operands, attributes)
            for layout in LAYOUTS[1:]:
                operands = distributions((9, 6), dtype, log_target)
                yield Case(f"{name}, {layout.__name__}", operands, attributes, layout=layout)
        attributes = {"reduction": reduction, "log_target": False}
        operands = distributions((6, 4), dtype, False)
        operands["target"][:, 0] = 0
        constant = frozenset({"target"})
        yield Case(f"{reduction}, zeros among targets", operands, attributes, constant)
        operands["target"][:, 0] = operands["target"][:, 1]
        alike = {**operands, "x": np.log(operands["target"])}
        yield Case(f"{reduction}, alike", alike, attributes)


def distributions(shape: tuple[int, ...], dtype: np.dtype[Any], log: bool) -> dict[str, Array]:
    """Logarithms of probabilities, and probabilities or their logarithms; not quite normalised."""
    x, scores = (normal(seed, *shape, dtype=np.dtype(np.float64)) for seed in (80, 81))
    x, scores = (each - np.log(np.exp(each).sum(-1, keepdims=True)) for each in (x, scores))
    return {"x": x.astype(dtype), "target": (scores if log else np.exp(scores)).astype(dtype)}


OPERATION = Operation(call, losses.kl_div, cases, fused=False)
