"""Optimisers under every setting: twenty steps with the same gradients in both libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, normal
from ..judging.judge import Array, Quantity, judged
from ..references.optimisers import Settings, State, adagrad, adam, rmsprop, sgd
from ..row import Row, failure
from ..sides import Side

STEPS = 20
SHAPE = (16, 9)


def sgd_settings() -> Iterator[dict[str, Any]]:
    """Every combination that SGD accepts."""
    for momentum, dampening, weight_decay, nesterov, maximize in product(
        (0.0, 0.9), (0.0, 0.3), (0.0, 0.01), (False, True), (False, True)
    ):
        if (nesterov and (not momentum or dampening)) or (dampening and not momentum):
            continue
        yield {
            "lr": 0.1,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
        }


def adam_settings() -> Iterator[dict[str, Any]]:
    """Every combination of Adam's switches, with two pairs of betas and of eps."""
    for numbers, weight_decay, amsgrad, maximize in product(
        (((0.9, 0.999), 1e-8), ((0.5, 0.8), 1e-3)), (0.0, 0.01), (False, True), (False, True)
    ):
        betas, eps = numbers
        yield {
            "lr": 0.01,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
        }


def rmsprop_settings() -> Iterator[dict[str, Any]]:
    """Every combination of RMSprop's switches, with two decays of the averages."""
    for alpha, weight_decay, momentum, centered, maximize in product(
        (0.99, 0.5), (0.0, 0.01), (0.0, 0.9), (False, True), (False, True)
    ):
        yield {
            "lr": 0.01,
            "alpha": alpha,
            "eps": 1e-8 if not centered else 1e-2,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "centered": centered,
            "maximize": maximize,
        }


def adagrad_settings() -> Iterator[dict[str, Any]]:
    """Every combination of Adagrad's switches."""
    for lr_decay, weight_decay, initial, maximize in product(
        (0.0, 0.1), (0.0, 0.01), (0.0, 0.5), (False, True)
    ):
        yield {
            "lr": 0.1,
            "lr_decay": lr_decay,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial,
            "eps": 1e-10,
            "maximize": maximize,
        }


def compare_sgd(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for SGD."""
    return compare("sgd", "SGD", sgd, sgd_settings(), device, timed)


def compare_adam(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for Adam."""
    return compare("adam", "Adam", adam, adam_settings(), device, timed)


def compare_adamw(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for AdamW: Adam's, whose weight decay is decoupled."""
    return compare("adamw", "AdamW", decoupled, adam_settings(), device, timed)


def decoupled(state: State, grad: Array, settings: Settings) -> None:
    """A step of AdamW."""
    adam(state, grad, {**settings, "decoupled_weight_decay": True})


def compare_rmsprop(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for RMSprop."""
    return compare("rmsprop", "RMSprop", rmsprop, rmsprop_settings(), device, timed)


def compare_adagrad(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for Adagrad."""
    return compare("adagrad", "Adagrad", adagrad, adagrad_settings(), device, timed)


def compare(
    name: str,
    optimiser: str,
    step: Callable[[State, Array, Settings], None],
    settings: Iterator[dict[str, Any]],
    device: str,
    timed: bool,
) -> Iterator[Row]:
    """A row for the parameter and for each kept state, under each setting and dtype."""
    for each in settings:
        shown = ", ".join(f"{key} = {value}" for key, value in each.items())
        for dtype in DTYPES:
            start = normal(50, *SHAPE, dtype=dtype)
            grads = normal(51, STEPS, *SHAPE, dtype=dtype)
            grads[:, 0, 0] = 0  # an element that has never had a gradient
            try:
                ours = run(Side(minigrad), optimiser, each, start, grads)
                theirs = run(Side(torch, device), optimiser, each, start, grads)
            except Exception as error:  # whatever goes wrong is what has to be reported
                note = f"{type(error).__name__}: {error}"
                yield failure(name, note, case=shown, dtype=dtype.name, device=device)
                continue
            seconds = time_step(optimiser, each, start, grads[-1], device) if timed else None
            for key, quantity in expected(step, each, start, grads).items():
                row = judged((name, shown, dtype.name, key), ours[key], theirs[key], quantity)
                yield replace(timing.with_seconds(row, seconds), device=device)


def run(
    side: Side, optimiser: str, settings: Settings, start: Array, grads: Array
) -> dict[str, Array]:
    """Parameter and state after all steps."""
    param = side.tensor(start.copy()).requires_grad_(True)
    optimizer = getattr(side.library.optim, optimiser)([param], **settings)
    for grad in grads:
        param.grad = side.tensor(grad.copy())
        optimizer.step()
    state = {
        key: np.asarray(side.array(value), start.dtype)
        for key, value in optimizer.state.get(param, {}).items()
        if value is not None
    }
    return {"param": side.array(param), **state}


def time_step(
    optimiser: str, settings: Settings, start: Array, grad: Array, device: str
) -> timing.Pair:
    """Seconds of a step with one gradient again and again."""

    def step(side: Side) -> Callable[[], Any]:
        param = side.tensor(start.copy()).requires_grad_(True)
        param.grad = side.tensor(grad.copy())
        made: Callable[[], Any] = getattr(side.library.optim, optimiser)([param], **settings).step
        return made

    return timing.time_prepared(step, device)


def expected(
    step: Callable[[State, Array, Settings], None], settings: Settings, start: Array, grads: Array
) -> dict[str, Quantity]:
    """The exact parameter and state after all steps."""
    value = start.astype(np.longdouble)
    state: State = {"param": (value, np.zeros_like(value))}
    for grad in grads.astype(np.longdouble):
        step(state, grad, settings)
    return {key: Quantity(np.asarray(found), noise=noise) for key, (found, noise) in state.items()}
