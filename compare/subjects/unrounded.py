"""Do functions that only move, count or take numbers as they are give PyTorch's bits?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, contiguous, normal, transposed
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

Results = dict[str, Any]
Call = Callable[[Side, np.dtype[Any]], Results]
GIVEN: dict[str, Any] = {
    "a list": [[1.1, 2], [3.0, -4.5]],
    "integers": [2, 3, 2**24 + 1],
    "bools": [[True], [False]],
    "nothing": [],
}


def leaf(
    side: Side, seed: int, *shape: int, dtype: np.dtype[Any], layout: Any = contiguous
) -> Any:
    return side.tensor(layout(normal(seed, *shape, dtype=dtype))).requires_grad_(True)


def whole_gradients(side: Side, out: Any, *leaves: Any) -> list[Any]:
    """Gradients along whole numbers, of which no sum is rounded."""
    along = side.library.arange(out.numel(), dtype=out.dtype).reshape(out.shape)
    found: list[Any] = side.library.autograd.grad(out, leaves, side.tensor(side.array(along)))
    return found


def grids(indexing: str) -> Call:
    def call(side: Side, dtype: np.dtype[Any]) -> Results:
        lines = [leaf(side, k, size, dtype=dtype) for k, size in enumerate((4, 3, 2))]
        found = side.library.meshgrid(*lines, indexing=indexing)
        gradients = whole_gradients(side, found[0] + found[1] * 2 + found[2] * 4, *lines)
        results = {f"grid {k}": each for k, each in enumerate(found)}
        return results | {f"grad {k}": each for k, each in enumerate(gradients)}

    return call


def filled(wrap: bool, layout: Any, *shape: int) -> Call:
    def call(side: Side, dtype: np.dtype[Any]) -> Results:
        x = leaf(side, 5, *shape, dtype=dtype, layout=layout)
        out = (x * 1).fill_diagonal_(0.5, wrap)
        return {"out": out, "grad_x": whole_gradients(side, out, x)[0]}

    return call


def counted(weighted: bool, minlength: int) -> Call:
    def call(side: Side, dtype: np.dtype[Any]) -> Results:
        numbers = np.random.default_rng(6).integers(0, 12, 500)
        weights = side.tensor((numbers % 5 - 1.5).astype(dtype)) if weighted else None
        return {"out": side.library.bincount(side.tensor(numbers), weights, minlength)}

    return call


def taken(data: Any) -> Call:
    return lambda side, dtype: {"out": side.library.Tensor(data)}


CALLS: dict[str, Call] = {
    "meshgrid, ij": grids("ij"),
    "meshgrid, xy": grids("xy"),
    "fill_diagonal_": filled(False, contiguous, 5, 5),
    "fill_diagonal_, wide": filled(False, transposed, 3, 7),
    "fill_diagonal_, tall": filled(False, contiguous, 9, 2),
    "fill_diagonal_, tall, wrap": filled(True, contiguous, 9, 2),
    "fill_diagonal_, cube": filled(False, transposed, 3, 3, 3),
    "bincount": counted(False, 0),
    "bincount, minlength": counted(False, 20),
    "bincount, weights": counted(True, 0),
    **{f"Tensor of {name}": taken(data) for name, data in GIVEN.items()},
}


def compare_unrounded(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for results and gradients, whose time is that of all of them."""
    for name, call in CALLS.items():
        for dtype in DTYPES:
            ours, theirs = (
                run(side, call, dtype) for side in (Side(minigrad), Side(torch, device))
            )
            seconds = timing.time_run(call, dtype, device=device) if timed else None
            for key, values in ours.items():
                row = same_bits(("unrounded", name, dtype.name, key), values, theirs[key])
                yield timing.with_seconds(row, seconds)


def run(side: Side, call: Call, dtype: np.dtype[Any]) -> dict[str, Array]:
    return {name: side.array(each) for name, each in call(side, dtype).items()}
