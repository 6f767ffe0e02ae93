"""The mathematics of each optimiser's step, in longdouble, with what rounding may do to it.

A step changes a dict of quantities: each a value and the noise that has gathered in it, counted
in roundings as in `judge.Quantity`. Noise is carried through every formula to first order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .judge import Array

Settings = Mapping[str, Any]
State = dict[str, tuple[Array, Array]]


def descent(param: tuple[Array, Array], grad: Array, settings: Settings) -> tuple[Array, Array]:
    """The gradient, negated to maximise, with the pull of weight decay."""
    value, noise = param
    pull = settings["weight_decay"] * value
    found = (-grad if settings["maximize"] else grad) + pull
    return found, settings["weight_decay"] * noise + 2 * np.abs(pull) + np.abs(found)


def sgd(state: State, grad: Array, settings: Settings) -> None:
    """Change `param` and, with momentum, `momentum_buffer`."""
    slope, noise = descent(state["param"], grad, settings)
    momentum, kept = settings["momentum"], 1 - settings["dampening"]
    if momentum:
        if "momentum_buffer" in state:
            old, old_noise = state["momentum_buffer"]
            velocity = momentum * old + kept * slope
            gathered = momentum * old_noise + kept * noise
            gathered += 2 * np.abs(momentum * old) + 2 * np.abs(kept * slope)
        else:
            velocity, gathered = slope, noise
        state["momentum_buffer"] = (velocity, gathered)
        if settings["nesterov"]:
            noise = noise + momentum * gathered + 2 * np.abs(momentum * velocity)
            slope = slope + momentum * velocity
        else:
            slope, noise = velocity, gathered
    state["param"] = moved(state["param"], slope, noise, settings["lr"])


def adam(state: State, grad: Array, settings: Settings) -> None:
    """Change `param`, `exp_avg`, `exp_avg_sq` and, with amsgrad, `max_exp_avg_sq`."""
    slope, noise = descent(state["param"], grad, settings)
    zero = np.zeros_like(slope), np.zeros_like(slope)
    beta1, beta2 = map(np.longdouble, settings["betas"])
    nothing = np.zeros((), np.longdouble)
    steps = state.get("step", (nothing, nothing))[0] + 1
    state["step"] = np.asarray(steps), nothing

    old, old_noise = state.get("exp_avg", zero)
    average = old + (1 - beta1) * (slope - old)
    gathered = beta1 * old_noise + (1 - beta1) * (noise + 3 * np.abs(slope - old))
    state["exp_avg"] = average, gathered + np.abs(average)

    old, old_noise = state.get("exp_avg_sq", zero)
    square = beta2 * old + (1 - beta2) * slope**2
    gathered = beta2 * (old_noise + 2 * old)
    gathered += (1 - beta2) * (2 * np.abs(slope) * noise + 3 * slope**2)
    state["exp_avg_sq"] = largest = square, gathered + square
    if settings["amsgrad"]:
        known = state.get("max_exp_avg_sq", zero)
        bigger = square > known[0]
        largest = np.where(bigger, square, known[0]), np.where(bigger, largest[1], known[1])
        state["max_exp_avg_sq"] = largest

    root = np.sqrt(1 - beta2**steps)
    spread = np.sqrt(largest[0])
    denominator = spread / root + settings["eps"]
    safe = np.where(spread > 0, spread, 1)
    wrong = np.where(spread > 0, largest[1] / (2 * safe), 0) / root
    wrong = wrong + 3 * spread / root + 2 * denominator
    average, gathered = state["exp_avg"]
    quotient = average / denominator
    noise = gathered / denominator + np.abs(quotient) * (wrong / denominator + 1)
    step_size = settings["lr"] / (1 - beta1**steps)
    state["param"] = moved(state["param"], quotient, noise, step_size)


def moved(
    param: tuple[Array, Array], direction: Array, noise: Array, length: Any
) -> tuple[Array, Array]:
    """The parameter after a step of some length against a direction."""
    value = param[0] - length * direction
    added = length * noise + 2 * np.abs(length * direction)
    return value, param[1] + added + np.abs(value)
