"""Do weights start with PyTorch's bits?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import torch

import minigrad

from .. import timing
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

SIDES = (Side(minigrad), Side(torch))
DTYPES = ("float32", "float64")
SHAPES = ((16, 9), (8, 16), (1, 8), (1, 1), (64, 100), (3, 4, 5))
SIZES = ((9, 16), (16, 8), (8, 1), (1, 1), (100, 64))
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"nonlinearity": "relu"},
    {"nonlinearity": "sigmoid"},
    {"mode": "fan_out", "a": 0.2},
)
SEEDS = (0, 2**40 + 7)


def compare_kaiming_uniform_(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for weights under every setting, drawn one after the other from one seed."""
    for settings, dtype in product(SETTINGS, DTYPES):
        shown = "".join(f", {key} = {value}" for key, value in settings.items())
        given = settings, dtype
        seconds = [timing.time_run(weight, *given, each) if timed else None for each in SHAPES]
        for seed in SEEDS:
            found = [weights(side, seed, settings, dtype) for side in SIDES]
            for shape, pair, both in zip(SHAPES, seconds, zip(*found, strict=True), strict=True):
                names = ("kaiming_uniform_", f"seed {seed}, shape {shape}{shown}", dtype, "weight")
                yield timing.with_seconds(same_bits(names, *both), pair)


def weights(side: Side, seed: int, settings: dict[str, Any], dtype: str) -> list[Array]:
    side.library.manual_seed(seed)
    return [side.array(weight(side, settings, dtype, shape)) for shape in SHAPES]


def weight(side: Side, settings: dict[str, Any], dtype: str, shape: tuple[int, ...]) -> Any:
    empty = side.library.empty(*shape, dtype=getattr(side.library, dtype))
    return side.library.nn.init.kaiming_uniform_(empty, **settings)


def compare_linear(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for weight and bias of layers made one after the other."""
    for dtype, bias in product(DTYPES, (True, False)):
        given = dtype, bias
        seconds = [timing.time_run(layer, *given, each) if timed else None for each in SIZES]
        for seed in SEEDS:
            found = [parameters(side, seed, dtype, bias) for side in SIDES]
            for size, pair, ours, theirs in zip(SIZES, seconds, *found, strict=True):
                case = f"seed {seed}, Linear{size}" + ("" if bias else ", no bias")
                for name, values in ours.items():
                    row = same_bits(("linear_init", case, dtype, name), values, theirs[name])
                    yield timing.with_seconds(row, pair)


def parameters(side: Side, seed: int, dtype: str, bias: bool) -> list[dict[str, Array]]:
    side.library.manual_seed(seed)
    layers = [layer(side, dtype, bias, size) for size in SIZES]
    return [{name: side.array(each) for name, each in made.named_parameters()} for made in layers]


def layer(side: Side, dtype: str, bias: bool, size: tuple[int, int]) -> Any:
    return side.library.nn.Linear(*size, bias=bias, dtype=getattr(side.library, dtype))
