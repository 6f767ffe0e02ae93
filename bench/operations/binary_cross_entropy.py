"""The binary cross entropy of rows of 64 probabilities."""

from __future__ import annotations

from typing import Any


def operands(library: Any, rows: int) -> dict[str, Any]:
    return {
        "p": library.rand(rows, 64).requires_grad_(),
        "target": (library.rand(rows, 64) < 0.5).float(),
    }


def call(library: Any, p: Any, target: Any) -> Any:
    return library.nn.functional.binary_cross_entropy(p, target)
