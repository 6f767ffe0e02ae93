"""Huber loss: what every loss of a difference meets, for several delta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ..case import Case, Operation
from ..references import losses
from .l1_loss import differences


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.huber_loss(*operands.values(), **attributes)}


def cases(dtype: np.dtype[Any]) -> Iterator[Case]:
    for delta in (1.0, 0.25):
        yield from differences(dtype, {"delta": delta})


OPERATION = Operation(call, losses.huber_loss, cases)
