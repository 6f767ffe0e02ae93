"""Do weights start with PyTorch's bits?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import torch

import minigrad

from ..judging.bits import same_bits
from ..row import Row
from ..sides import Side

SIDES = (Side(minigrad), Side(torch))
DTYPES = ("float32", "float64")
SHAPES = ((16, 9), (8, 16), (1, 8), (1, 1), (64, 100), (3, 4, 5))
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"nonlinearity": "relu"},
    {"nonlinearity": "sigmoid"},
    {"mode": "fan_out", "a": 0.2},
)
SEEDS = (0, 2**40 + 7)


def compare_kaiming_uniform_(device: str) -> Iterator[Row]:
    """Rows for weights under every setting, drawn one after the other from one seed."""
    for seed, settings, dtype in product(SEEDS, SETTINGS, DTYPES):
        found = []
        for side in SIDES:
            side.library.manual_seed(seed)
            weights = [
                side.library.empty(*shape, dtype=getattr(side.library, dtype)) for shape in SHAPES
            ]
            init = side.library.nn.init.kaiming_uniform_
            found.append([side.array(init(weight, **settings)) for weight in weights])
        for shape, ours, theirs in zip(SHAPES, *found, strict=True):
            shown = ", ".join(f"{key} = {value}" for key, value in settings.items())
            case = f"seed {seed}, shape {shape}" + (f", {shown}" if shown else "")
            yield same_bits(("kaiming_uniform_", case, dtype, "weight"), ours, theirs)


def compare_linear(device: str) -> Iterator[Row]:
    """Rows for weight and bias of layers made one after the other."""
    sizes = ((9, 16), (16, 8), (8, 1), (1, 1), (100, 64))
    for seed, dtype, bias in product(SEEDS, DTYPES, (True, False)):
        found = []
        for side in SIDES:
            side.library.manual_seed(seed)
            layers = [
                side.library.nn.Linear(*size, bias=bias, dtype=getattr(side.library, dtype))
                for size in sizes
            ]
            found.append(
                [
                    {name: side.array(each) for name, each in layer.named_parameters()}
                    for layer in layers
                ]
            )
        for size, ours, theirs in zip(sizes, *found, strict=True):
            case = f"seed {seed}, Linear{size}" + ("" if bias else ", no bias")
            for name, values in ours.items():
                yield same_bits(("linear_init", case, dtype, name), values, theirs[name])
