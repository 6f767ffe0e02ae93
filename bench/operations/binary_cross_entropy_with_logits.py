"""The binary cross entropy of rows of 64 logits."""

from __future__ import annotations

from typing import Any


def operands(library: Any, rows: int) -> dict[str, Any]:
    return {
        "x": library.randn(rows, 64).requires_grad_(),
        "target": (library.rand(rows, 64) < 0.5).float(),
    }


def call(library: Any, x: Any, target: Any) -> Any:
    return library.nn.functional.binary_cross_entropy_with_logits(x, target)
