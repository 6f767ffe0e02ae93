"""Layer normalisation of rows of 64."""

from __future__ import annotations

from typing import Any


def operands(library: Any, rows: int) -> dict[str, Any]:
    return {
        "x": library.randn(rows, 64).requires_grad_(),
        "weight": library.rand(64).requires_grad_(),
        "bias": library.rand(64).requires_grad_(),
    }


def call(library: Any, x: Any, weight: Any, bias: Any) -> Any:
    return library.nn.functional.layer_norm(x, (64,), weight, bias)
