"""The mean absolute error of rows of 64."""

from __future__ import annotations

from typing import Any


def operands(library: Any, rows: int) -> dict[str, Any]:
    return {
        "x": library.randn(rows, 64).requires_grad_(),
        "target": library.randn(rows, 64),
    }


def call(library: Any, x: Any, target: Any) -> Any:
    return library.nn.functional.l1_loss(x, target)
