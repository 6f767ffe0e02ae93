"""Are the gradients of definition and kernels those that differences of values say?"""

from __future__ import annotations

from functools import partial
from typing import Any

from ...tensor import Tensor
from ..gradcheck import gradcheck
from ..operations.case import Case, first_of
from ..operations.sample import Manner
from .duty import Duty


def check(case: Case, order: int) -> None:
    """Hold both ways to compute it against differences; their cotangents have every layout."""
    operation = case.operation
    varied = [
        each.detach() if each is not None and name in case.constants else each
        for name, each in zip(case.names, case.tensors, strict=True)
    ]
    ways = {"definition": (operation.definition, case.tensors), "kernels": (operation, varied)}
    for way, (function, tensors) in ways.items():
        try:
            gradcheck(
                partial(_result, function),
                [*tensors, *case.attributes],
                order=order,
                step=case.sample.step,
            )
        except AssertionError as error:
            # Without the script that repeats it: the operation has a shorter one.
            text = str(error).partition("\n  seed")[0]
            raise AssertionError(f"by the {way}: {text}") from error


def _result(function: Any, *operands: Any) -> Tensor:
    return first_of(function(*operands))


SMOOTH = Manner(smooth=True, special=False, dtypes=("float64",))
AWAY = Manner(smooth=True, at_kinks=False, special=False, dtypes=("float64",))

FIRST = Duty(
    "differences",
    "gradients are what differences say, also at kinks",
    partial(check, order=1),
    SMOOTH,
)
SECOND = Duty(
    "second_differences",
    "gradients of gradients are what differences say",
    partial(check, order=2),
    AWAY,
    share=1 / 3,
)
