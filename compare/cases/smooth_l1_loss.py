"""Smooth absolute error: what every loss of a difference meets, for several beta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation
from ..references import losses
from .l1_loss import differences


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.smooth_l1_loss(*operands.values(), **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for beta in (1.0, 0.25):
        yield from differences(dtype, {"beta": beta})


OPERATION = Operation(call, losses.smooth_l1_loss, cases)
