"""An affine map from 64 features to 32."""

from __future__ import annotations

from typing import Any

CALCULATED = (2 * 64 * 32, 4 * 64 * 32)  # products and sums of a row, forward and back


def operands(library: Any, rows: int) -> dict[str, Any]:
    return {
        "x": library.randn(rows, 64).requires_grad_(),
        "weight": library.randn(32, 64).requires_grad_(),
        "bias": library.randn(32).requires_grad_(),
    }


def call(library: Any, x: Any, weight: Any, bias: Any) -> Any:
    return library.nn.functional.linear(x, weight, bias)
