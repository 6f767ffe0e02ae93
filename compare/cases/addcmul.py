"""addcmul: shapes and layouts, factors, in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Call, Case, Cases, Operation, elementwise_layouts, normal
from ..references import sums

VALUES = (1, 0.5, -0.1, 0.0, 3)


def calling(name: str) -> Call:
    """What calls `addcmul` or its like, or the form in place on a copy."""

    def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
        x, a, b = operands.values()
        if attributes.get("in_place"):
            return {"out": getattr(x.clone(), f"{name}_")(a, b, value=attributes["value"])}
        return {"out": getattr(library, name)(x, a, b, value=attributes["value"])}

    return call


def cases_with(term: Callable[[Any, Any], Any]) -> Cases:
    """Operands for a sum with a term of two."""

    def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
        for name, x, layout in elementwise_layouts(dtype):
            a, b = normal(80, *x.shape, dtype=dtype), normal(81, *x.shape, dtype=dtype)
            yield Case(name, {"x": x, "a": a, "b": b}, {"value": 0.3}, layout=layout)
        x, a, b = (normal(seed, 6, 7, dtype=dtype) for seed in (82, 83, 84))
        for value in VALUES:
            for in_place in (False, True):
                name = f"{value}{' in place' if in_place else ''}"
                attributes = {"value": value, "in_place": in_place}
                yield Case(name, {"x": x, "a": a, "b": b}, attributes)
        yield Case("terms that cancel", {"x": -term(a, b), "a": a, "b": b}, {"value": 1})

    return cases


OPERATION = Operation(calling("addcmul"), sums.addcmul, cases_with(np.multiply), fused=False)
