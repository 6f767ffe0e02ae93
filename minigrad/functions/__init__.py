"""Public functions on tensors, by theme: they check and convert arguments, then call a primitive.

Methods of tensors call them, and they make tensors; so that neither has to be there first, a
theme is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import (
        activation,
        arithmetic,
        comparison,
        conversion,
        indexing,
        inplace,
        linear,
        loss,
        normalization,
        pointwise,
        products,
        reductions,
        shape,
    )

__all__ = [
    "activation",
    "arithmetic",
    "comparison",
    "conversion",
    "indexing",
    "inplace",
    "linear",
    "loss",
    "normalization",
    "pointwise",
    "products",
    "reductions",
    "shape",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f".{name}", __name__)
