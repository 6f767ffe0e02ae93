"""Public functions on tensors, by theme: they check and convert arguments, then call a primitive.

Methods of tensors call them, and they make tensors; so that neither has to be there first, a
theme is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import (
        activation,
        addition,
        arguments,
        arithmetic,
        clamping,
        classification_loss,
        closeness,
        comparison,
        conversion,
        creation,
        deviations,
        drawing,
        dropout,
        expansion,
        extrema,
        gathering,
        indexing,
        inplace,
        inplace_shape,
        inquiries,
        joining,
        linear,
        logic,
        loss,
        masking,
        median,
        normalization,
        norms,
        one_hot,
        pointwise,
        powers,
        products,
        rearranging,
        reductions,
        reinterpreting,
        rewriting,
        rounding,
        scattering,
        shape,
        softmax,
        sorting,
        splitting,
        transposing,
        vector_products,
    )

__all__ = [
    "activation",
    "addition",
    "arguments",
    "arithmetic",
    "clamping",
    "classification_loss",
    "closeness",
    "comparison",
    "conversion",
    "creation",
    "deviations",
    "drawing",
    "dropout",
    "expansion",
    "extrema",
    "gathering",
    "indexing",
    "inplace",
    "inplace_shape",
    "inquiries",
    "joining",
    "linear",
    "logic",
    "loss",
    "masking",
    "median",
    "normalization",
    "norms",
    "one_hot",
    "pointwise",
    "powers",
    "products",
    "rearranging",
    "reductions",
    "reinterpreting",
    "rewriting",
    "rounding",
    "scattering",
    "shape",
    "softmax",
    "sorting",
    "splitting",
    "transposing",
    "vector_products",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f".{name}", __name__)
