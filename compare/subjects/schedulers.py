"""Do schedulers set PyTorch's learning rates, epoch by epoch, and go on where they were saved?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..judging.bits import same_bits
from ..judging.judge import Array
from ..row import Row
from ..sides import Side

EPOCHS = 30
SAVED = 11  # after so many epochs, in the middle of what each scheduler does
MEASURED = (3.0, 2.0, 2.5, 2.1, 2.0, 1.0, 1.5, 1.4, 1.3, 1.2)  # what ReduceLROnPlateau looks at

Make = Callable[[Any, Any], Any]
SCHEDULERS: dict[str, Make] = {
    "StepLR": lambda lr, optimizer: lr.StepLR(optimizer, step_size=4, gamma=0.7),
    "MultiStepLR": lambda lr, optimizer: lr.MultiStepLR(optimizer, [3, 12, 12, 20], gamma=0.3),
    "ExponentialLR": lambda lr, optimizer: lr.ExponentialLR(optimizer, gamma=0.9),
    "ConstantLR": lambda lr, optimizer: lr.ConstantLR(optimizer, factor=0.25, total_iters=15),
    "LinearLR": lambda lr, optimizer: lr.LinearLR(optimizer, 0.2, 0.8, total_iters=17),
    "PolynomialLR": lambda lr, optimizer: lr.PolynomialLR(optimizer, 17, power=1.5),
    "MultiplicativeLR": lambda lr, optimizer: lr.MultiplicativeLR(
        optimizer, lambda epoch: 1 - 1 / (2 + epoch)
    ),
    "CosineAnnealingLR": lambda lr, optimizer: lr.CosineAnnealingLR(optimizer, 9, eta_min=0.01),
    "CosineAnnealingWarmRestarts": lambda lr, optimizer: lr.CosineAnnealingWarmRestarts(
        optimizer, 4, T_mult=2, eta_min=0.01
    ),
    "LambdaLR": lambda lr, optimizer: lr.LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch)),
    "OneCycleLR": lambda lr, optimizer: lr.OneCycleLR(optimizer, 0.5, total_steps=EPOCHS + 1),
    "SequentialLR": lambda lr, optimizer: lr.SequentialLR(
        optimizer, [lr.LinearLR(optimizer, 0.1, total_iters=5), lr.StepLR(optimizer, 3)], [6]
    ),
    "ChainedScheduler": lambda lr, optimizer: lr.ChainedScheduler(
        [lr.LinearLR(optimizer, 0.1, total_iters=5), lr.ExponentialLR(optimizer, 0.9)]
    ),
    "ReduceLROnPlateau": lambda lr, optimizer: lr.ReduceLROnPlateau(
        optimizer, factor=0.5, patience=1, cooldown=1
    ),
}


def compare_schedulers(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for each scheduler: the rates of all epochs, and those after one that was saved.

    Their time is that of all epochs.
    """
    for name, make in SCHEDULERS.items():
        for resumed in (False, True):
            case = name + (f", resumed after {SAVED} epochs" if resumed else "")
            ours, theirs = (rates(Side(each), make, resumed) for each in (minigrad, torch))
            seconds = timing.time_run(rates, make, resumed) if timed else None
            for key, values in ours.items():
                row = same_bits(("schedulers", case, "float64", key), values, theirs[key])
                yield timing.with_seconds(row, seconds)


def rates(side: Side, make: Make, resumed: bool) -> dict[str, Array]:
    """The learning rate and the momentum of every epoch."""
    found = []
    scheduler, optimizer = made(side, make)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that no step of the optimiser came before
        for epoch in range(EPOCHS):
            if resumed and epoch == SAVED:
                state, of_optimizer = scheduler.state_dict(), optimizer.state_dict()
                scheduler, optimizer = made(side, make)
                optimizer.load_state_dict(of_optimizer)
                scheduler.load_state_dict(state)
            (group,) = optimizer.param_groups
            found.append((group["lr"], group["momentum"]))
            measured = MEASURED[epoch % len(MEASURED)]
            scheduler.step(*([measured] if "Plateau" in type(scheduler).__name__ else []))
    lr, momentum = np.array(found, np.float64).T
    return {"lr": lr, "momentum": momentum}


def made(side: Side, make: Make) -> tuple[Any, Any]:
    library = side.library
    parameter = library.ones(1, requires_grad=True)
    optimizer = library.optim.SGD([parameter], lr=0.2, momentum=0.8)
    return make(library.optim.lr_scheduler, optimizer), optimizer
