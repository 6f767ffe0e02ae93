"""What does a training pass through? Every tensor of every step, by name.

The names of a step stand in the order in which a step makes what they name, so that among
tensors that part in one step the first is nearest to the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from ..judging.judge import Array
from .scripts import Script, Training
from .variation import PLAIN, Variation

Moment = dict[str, Array]
Trajectory = list[Moment]  # [0] is before the first step


def array(tensor: Any) -> Array:
    """The values, in memory that no later step changes."""
    return np.array(tensor.detach().numpy())


def parameters(training: Training) -> dict[str, Any]:
    return dict(training.network.named_parameters())


def buffers(training: Training) -> dict[str, Any]:
    return dict(training.network.named_buffers())


def kept_by_optimiser(training: Training) -> dict[str, Any]:
    """The tensors in the optimiser's state: `exp_avg of fc1.weight`."""
    found = {}
    for name, parameter in parameters(training).items():
        for key, value in training.optimizer.state.get(parameter, {}).items():
            if value is not None:
                found[f"{key} of {name}"] = value
    return found


def carried(training: Training) -> dict[str, Any]:
    """The tensors that one step hands to the next."""
    return {**buffers(training), **kept_by_optimiser(training), **parameters(training)}


def before_step(torch: Any, training: Training, features: Any, labels: Any) -> Moment:
    """What a step is given."""
    return {
        "generator": array(torch.get_rng_state()),
        "features": array(features),
        "labels": array(labels),
        "learning rate": np.array(training.optimizer.param_groups[0]["lr"], np.float64),
    }


def after_step(training: Training, loss: Any) -> Moment:
    """What a step has made and changed."""
    moment = {name: array(buffer) for name, buffer in buffers(training).items()}
    moment["loss"] = array(loss)
    named = parameters(training)
    for name in reversed(named):  # backward comes to the last layer first
        moment[f"gradient of {name}"] = array(named[name].grad)
    for name, tensor in {**kept_by_optimiser(training), **named}.items():
        moment[name] = array(tensor)
    return moment


def step_of(training: Training) -> Callable[[Any, Any], Any]:
    """The training step, as a script has it."""
    network, criterion, optimizer = training.network, training.criterion, training.optimizer

    def step(features: Any, labels: Any) -> Any:
        optimizer.zero_grad()
        loss = criterion(network(features), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step


def epochs(training: Training) -> Iterator[Any]:
    """Batches without end."""
    while True:
        yield from training.loader


def train(
    torch: Any,
    script: Script,
    steps: int,
    *,
    compiled: bool = False,
    variation: Variation = PLAIN,
) -> Trajectory:
    """The trajectory of a script with a library."""
    training = script(torch)
    variation.prepare(training)
    trajectory = [{name: array(tensor) for name, tensor in carried(training).items()}]
    variation.disturb(training)
    step = step_of(training)
    if compiled:
        step = torch.compile(step)
    for features, labels in islice(epochs(training), steps):
        moment = before_step(torch, training, features, labels)
        loss = step(*variation.batch(features, labels))
        trajectory.append(moment | after_step(training, loss))
        if training.scheduler is not None:
            training.scheduler.step()
    return trajectory
