"""Gradients with a known fault, and right ones at hard points: what a checker is checked with.

>>> from minigrad.testing import corpus
>>> sum(len(cases) for cases in corpus.WRONG.values())
132
>>> case = corpus.WRONG["second order"][0]
>>> case.name, case.operation
('square: the operand is held constant in the gradient', 'square')
"""

from __future__ import annotations

from . import (
    arguments,
    arrays,
    attributes,
    broadcasting,
    hard_kinks,
    hard_numbers,
    hard_shapes,
    kinks,
    layouts,
    second_order,
    signs,
    statistics,
    tails,
)
from .case import RightGradient, WrongGradient

WRONG: dict[str, list[WrongGradient]] = {
    "sign, factor, power": signs.CASES,
    "sums over broadcasts": broadcasting.CASES,
    "swapped operands": arguments.CASES,
    "statistics": statistics.CASES,
    "kinks": kinks.CASES,
    "some elements only": tails.CASES,
    "second order": second_order.CASES,
    "layouts and dtypes": layouts.CASES,
    "attributes": attributes.CASES,
    "NumPy, by hand": arrays.CASES,
}
RIGHT: dict[str, list[RightGradient]] = {
    "at kinks": hard_kinks.CASES,
    "hard numbers": hard_numbers.CASES,
    "shapes, layouts, dtypes": hard_shapes.CASES,
}
