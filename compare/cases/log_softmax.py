"""Log-softmax: the cases of softmax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..case import Operation
from ..references import softmax
from .softmax import cases


def call(library: Any, operands: Mapping[str, Any], attributes: Mapping[str, Any]) -> Any:
    return {"out": library.nn.functional.log_softmax(operands["x"], **attributes)}


OPERATION = Operation(call, softmax.log_softmax, cases)
