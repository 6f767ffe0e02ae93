"""Record what PyTorch's schedulers set: python tests/reference/record_schedules.py

Learning rates and momenta of two groups over 500 steps, in schedules.json. The functions below
take the library as an argument: the tests give them minigrad.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_name("schedules.json")
STEPS = 500
KEPT = [*range(40), *range(40, STEPS + 1, 20)]

CASES: dict[str, Callable[[Any, Any], Any]] = {
    "StepLR": lambda given, o: given.StepLR(o, 7, gamma=0.9),
    "MultiStepLR": lambda given, o: given.MultiStepLR(o, [3, 50, 50, 80, 300], gamma=0.3),
    "ExponentialLR": lambda given, o: given.ExponentialLR(o, 0.97),
    "CosineAnnealingLR": lambda given, o: given.CosineAnnealingLR(o, 60, eta_min=0.001),
    "CosineAnnealingWarmRestarts": lambda given, o: given.CosineAnnealingWarmRestarts(
        o, 7, T_mult=2, eta_min=0.001
    ),
    "LambdaLR": lambda given, o: given.LambdaLR(o, lambda epoch: 0.95**epoch),
    "LambdaLR of each group": lambda given, o: given.LambdaLR(
        o, [lambda epoch: 1 / (1 + epoch), lambda epoch: epoch // 30]
    ),
    "MultiplicativeLR": lambda given, o: given.MultiplicativeLR(
        o, [lambda epoch: 0.99, lambda epoch: 1 - 1 / (2 + epoch)]
    ),
    "PolynomialLR": lambda given, o: given.PolynomialLR(o, 300, power=1.5),
    "LinearLR": lambda given, o: given.LinearLR(o, 0.1, 0.7, total_iters=33),
    "ConstantLR": lambda given, o: given.ConstantLR(o, 0.2, total_iters=12),
    "OneCycleLR": lambda given, o: given.OneCycleLR(o, 0.3, total_steps=502),
    "OneCycleLR in three phases": lambda given, o: given.OneCycleLR(
        o, [0.3, 0.7], epochs=20, steps_per_epoch=26, three_phase=True, anneal_strategy="linear",
        pct_start=0.25, base_momentum=[0.5, 0.6], max_momentum=0.9, div_factor=10,
        final_div_factor=50,
    ),
    "OneCycleLR of the rate alone": lambda given, o: given.OneCycleLR(
        o, 0.1, total_steps=510, cycle_momentum=False
    ),
    "ReduceLROnPlateau": lambda given, o: given.ReduceLROnPlateau(o, patience=4, factor=0.6),
    "ReduceLROnPlateau of a score": lambda given, o: given.ReduceLROnPlateau(
        o, mode="max", factor=0.7, patience=2, threshold=0.05, threshold_mode="abs", cooldown=3,
        min_lr=[0.01, 0.2], eps=1e-3,
    ),
    "ReduceLROnPlateau by differences": lambda given, o: given.ReduceLROnPlateau(
        o, threshold=0.1, threshold_mode="abs", patience=0, cooldown=1, min_lr=1e-5
    ),
    "ReduceLROnPlateau of a relative score": lambda given, o: given.ReduceLROnPlateau(
        o, mode="max", patience=1, factor=0.99
    ),
    "SequentialLR": lambda given, o: given.SequentialLR(
        o, [given.LinearLR(o, total_iters=4), given.CosineAnnealingLR(o, 90),
            given.ExponentialLR(o, 0.9)], milestones=[5, 100],
    ),
    "ChainedScheduler": lambda given, o: given.ChainedScheduler(
        [given.LinearLR(o, total_iters=9), given.ExponentialLR(o, 0.99), given.StepLR(o, 70)]
    ),
}  # fmt: skip

# The optimisers they are applied to: momentum is a setting of the first, betas of the second.
OPTIMISERS: dict[str, dict[str, Any]] = {"SGD": {"momentum": 0.9}, "Adam": {}}


def two_groups(library: Any, optimiser: str) -> Any:
    """An optimiser with two groups, the second at a rate of its own."""
    groups = [{"params": [library.ones(1)]}, {"params": [library.ones(1)], "lr": 0.5}]
    return getattr(library.optim, optimiser)(groups, lr=0.1, **OPTIMISERS[optimiser])


def advance(optimizer: Any, schedulers: list[Any], epoch: int) -> None:
    """An epoch of a training whose measurements fall and rise again."""
    optimizer.step()
    for scheduler in schedulers:
        if "Plateau" in type(scheduler).__name__:
            scheduler.step(abs(40 - epoch % 100) / 10.0)
        else:
            scheduler.step()


def settings_of(optimizer: Any) -> list[list[Any]]:
    """The learning rate of each group, and momentum or the first beta."""
    return [
        [group["lr"], group["betas"][0] if "betas" in group else group["momentum"]]
        for group in optimizer.param_groups
    ]


def course(library: Any, names: list[str], optimiser: str, steps: int = STEPS) -> list[Any]:
    """The settings at first and after each step, under one scheduler or several in a chain."""
    optimizer = two_groups(library, optimiser)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schedulers = [CASES[name](library.optim.lr_scheduler, optimizer) for name in names]
        found = [settings_of(optimizer)]
        for epoch in range(steps):
            advance(optimizer, schedulers, epoch)
            found.append(settings_of(optimizer))
    return found


def recorded(library: Any, name: str) -> dict[str, Any]:
    """What is kept of a scheduler's courses."""
    courses = {optimiser: course(library, [name], optimiser) for optimiser in OPTIMISERS}
    if "OneCycle" not in name:
        del courses["Adam"]  # the same learning rates
    return {optimiser: [found[step] for step in KEPT] for optimiser, found in courses.items()}


def record() -> None:
    import torch

    lines = [f'"torch": {json.dumps(torch.__version__)}']
    lines += [f'"{name}": {json.dumps(recorded(torch, name))}' for name in CASES]
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    sys.exit(record())
