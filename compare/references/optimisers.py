"""The mathematics of each optimiser's step, in longdouble, with what rounding may do to it.

A step changes a dict of quantities: each a value and the noise that has gathered in it, counted
in roundings as in `judging.judge.Quantity`. Noise is carried through every formula to first order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..judging.judge import Array

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


def averaged(old: tuple[Array, Array], slope: Array, noise: Array, weight: Any) -> Any:
    """A running average after another slope, which enters it with a weight."""
    average = old[0] + weight * (slope - old[0])
    gathered = (1 - weight) * old[1] + weight * (noise + 3 * np.abs(slope - old[0]))
    return average, gathered + np.abs(average)


def averaged_square(old: tuple[Array, Array], slope: Array, noise: Array, kept: Any) -> Any:
    """A running average of squares, of which a part is kept."""
    square = kept * old[0] + (1 - kept) * slope**2
    gathered = kept * (old[1] + 2 * old[0])
    gathered += (1 - kept) * (2 * np.abs(slope) * noise + 3 * slope**2)
    return square, gathered + square


def root(square: tuple[Array, Array]) -> tuple[Array, Array]:
    """The square root of what is not negative."""
    spread = np.sqrt(square[0])
    safe = np.where(spread > 0, spread, 1)
    return spread, np.where(spread > 0, square[1] / (2 * safe), 0) + np.abs(spread)


def quotient(above: tuple[Array, Array], below: tuple[Array, Array]) -> tuple[Array, Array]:
    """A fraction whose denominator is positive."""
    value = above[0] / below[0]
    return value, above[1] / below[0] + np.abs(value) * (below[1] / below[0] + 1)


def stepped(state: State) -> Array:
    """Count a step; the number of steps."""
    nothing = np.zeros((), np.longdouble)
    steps = np.asarray(state.get("step", (nothing, nothing))[0] + 1)
    state["step"] = steps, nothing
    return steps


def adam(state: State, grad: Array, settings: Settings) -> None:
    """Change `param`, `exp_avg`, `exp_avg_sq` and, with amsgrad, `max_exp_avg_sq`."""
    steps, decay = stepped(state), settings["weight_decay"]
    if settings.get("decoupled_weight_decay"):
        value, noise = state["param"]
        shrunk = value * (1 - settings["lr"] * decay)
        state["param"] = shrunk, noise + 2 * np.abs(shrunk)
        settings = {**settings, "weight_decay": 0.0}
    slope, noise = descent(state["param"], grad, settings)
    zero = np.zeros_like(slope), np.zeros_like(slope)
    beta1, beta2 = map(np.longdouble, settings["betas"])
    state["exp_avg"] = averaged(state.get("exp_avg", zero), slope, noise, 1 - beta1)
    largest = averaged_square(state.get("exp_avg_sq", zero), slope, noise, beta2)
    state["exp_avg_sq"] = largest
    if settings["amsgrad"]:
        known = state.get("max_exp_avg_sq", zero)
        bigger = largest[0] > known[0]
        largest = tuple(np.where(bigger, *pair) for pair in zip(largest, known, strict=True))
        state["max_exp_avg_sq"] = largest
    correction = np.sqrt(1 - beta2**steps)
    spread, wrong = root(largest)
    denominator = spread / correction + settings["eps"]
    wrong = wrong / correction + 2 * spread / correction + 2 * denominator
    direction, noise = quotient(state["exp_avg"], (denominator, wrong))
    state["param"] = moved(state["param"], direction, noise, settings["lr"] / (1 - beta1**steps))


def rmsprop(state: State, grad: Array, settings: Settings) -> None:
    """Change `param`, `square_avg`, with `centered` `grad_avg`, with momentum its buffer."""
    stepped(state)
    slope, noise = descent(state["param"], grad, settings)
    zero = np.zeros_like(slope), np.zeros_like(slope)
    alpha = np.longdouble(settings["alpha"])
    square = averaged_square(state.get("square_avg", zero), slope, noise, alpha)
    state["square_avg"] = square
    if settings["centered"]:
        mean = averaged(state.get("grad_avg", zero), slope, noise, 1 - alpha)
        state["grad_avg"] = mean
        gathered = square[1] + 2 * np.abs(mean[0]) * mean[1] + mean[0] ** 2
        square = square[0] - mean[0] ** 2, gathered + np.abs(square[0])
    spread, wrong = root(square)
    denominator = spread + settings["eps"]
    direction, noise = quotient((slope, noise), (denominator, wrong + 2 * denominator))
    if settings["momentum"]:
        old, old_noise = state.get("momentum_buffer", zero)
        inertia = settings["momentum"]
        buffer = inertia * old + direction
        noise = inertia * old_noise + noise + 2 * np.abs(inertia * old) + np.abs(buffer)
        direction = buffer
        state["momentum_buffer"] = buffer, noise
    state["param"] = moved(state["param"], direction, noise, settings["lr"])


def adagrad(state: State, grad: Array, settings: Settings) -> None:
    """Change `param` and `sum`."""
    steps = stepped(state)
    slope, noise = descent(state["param"], grad, settings)
    first = np.full_like(slope, settings["initial_accumulator_value"])
    total, gathered = state.get("sum", (first, np.zeros_like(slope)))
    total = total + slope**2
    gathered = gathered + 2 * np.abs(slope) * noise + slope**2 + total
    state["sum"] = total, gathered
    spread, wrong = root((total, gathered))
    denominator = spread + settings["eps"]
    direction, noise = quotient((slope, noise), (denominator, wrong + 2 * denominator))
    length = settings["lr"] / (1 + (steps - 1) * settings["lr_decay"])
    state["param"] = moved(state["param"], direction, noise, length)


def moved(
    param: tuple[Array, Array], direction: Array, noise: Array, length: Any
) -> tuple[Array, Array]:
    """The parameter after a step of some length against a direction."""
    value = param[0] - length * direction
    added = length * noise + 2 * np.abs(length * direction)
    return value, param[1] + added + np.abs(value)
