"""Are optimisers right with groups of parameters, with settings that change, and resumed?"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, normal
from ..judging.judge import Array, Quantity, judged
from ..references.optimisers import State, adagrad, adam, rmsprop, sgd
from ..row import Row
from ..sides import Side
from .optimisers import decoupled

STEPS, SHAPE = 20, (5, 3)
SLOWER, RESUMED = 8, 12  # the steps from which on the first group is slower, and all is loaded
WITHOUT_GRADIENT = range(3, 6)  # steps in which the last parameter has none
GROUP_OF = (0, 1, 1)  # of each parameter
OPTIMISERS: dict[str, tuple[Any, dict[str, Any]]] = {
    "SGD": (sgd, {"momentum": 0.9, "dampening": 0.0, "nesterov": False}),
    "Adam": (adam, {"betas": (0.9, 0.999), "eps": 1e-8, "amsgrad": False}),
    "AdamW": (decoupled, {"betas": (0.9, 0.999), "eps": 1e-8, "amsgrad": True}),
    "RMSprop": (rmsprop, {"alpha": 0.9, "eps": 1e-2, "momentum": 0.5, "centered": False}),
    "Adagrad": (adagrad, {"lr_decay": 0.1, "initial_accumulator_value": 0.1, "eps": 1e-10}),
}
OF_GROUPS: tuple[dict[str, Any], ...] = (
    {"lr": 0.05, "weight_decay": 0.0},
    {"lr": 0.02, "weight_decay": 0.1},
)


def compare_groups(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for each parameter after all steps, whose time is theirs."""
    for dtype in DTYPES:
        starts = [normal(100 + k, *SHAPE, dtype=dtype) for k in range(len(GROUP_OF))]
        grads = normal(110, STEPS, len(GROUP_OF), *SHAPE, dtype=dtype)
        for name, (step, settings) in OPTIMISERS.items():
            given = name, settings, starts, grads
            ours, theirs = trained(Side(minigrad), *given), trained(Side(torch, device), *given)
            seconds = timing.time_run(trained, *given, device=device) if timed else None
            for k, quantity in enumerate(expected(step, settings, starts, grads)):
                names = ("groups", name, dtype.name, f"param {k}")
                row = judged(names, ours[k], theirs[k], quantity)
                yield timing.with_seconds(row, seconds)


def trained(
    side: Side, name: str, settings: dict[str, Any], starts: list[Array], grads: Array
) -> list[Array]:
    """The parameters in one library, whose optimiser is replaced on the way."""
    params = [side.tensor(each.copy()).requires_grad_(True) for each in starts]

    def made() -> Any:
        groups = [{"params": [], **deepcopy(each)} for each in OF_GROUPS]
        for param, group in zip(params, GROUP_OF, strict=True):
            groups[group]["params"].append(param)
        return getattr(side.library.optim, name)(groups, **settings)

    optimizer = made()
    for number, of_step in enumerate(grads):
        if number == SLOWER:
            optimizer.param_groups[0]["lr"] /= 2
        if number == RESUMED:
            saved, optimizer = optimizer.state_dict(), made()
            optimizer.load_state_dict(saved)
        for param, grad in zip(params, of_step, strict=True):
            param.grad = side.tensor(grad.copy())
        if number in WITHOUT_GRADIENT:
            params[-1].grad = None
        optimizer.step()
    return [side.array(param) for param in params]


def expected(
    step: Any, settings: dict[str, Any], starts: list[Array], grads: Array
) -> Iterator[Quantity]:
    """The exact parameters."""
    for k, (start, group) in enumerate(zip(starts, GROUP_OF, strict=True)):
        value = start.astype(np.longdouble)
        state: State = {"param": (value, np.zeros_like(value))}
        used = {"maximize": False, **settings, **OF_GROUPS[group]}
        for number, of_step in enumerate(grads.astype(np.longdouble)):
            if number == SLOWER and group == 0:
                used["lr"] = used["lr"] / 2
            if number not in WITHOUT_GRADIENT or k < len(GROUP_OF) - 1:
                step(state, of_step[k], used)
        found, noise = state["param"]
        yield Quantity(found, noise=noise)
