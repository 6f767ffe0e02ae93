"""What does each single step do, when it starts from where PyTorch was?

Training amplifies a last bit, and what has drifted apart hides later mistakes. Here every step
begins with the tensors, the batch and the generator that PyTorch's training had there.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ..judging.judge import Array
from .scripts import Script
from .trajectory import Trajectory, after_step, before_step, carried, step_of
from .variation import PLAIN, Variation


def set_generator(torch: Any, state: Array) -> None:
    """Let the library draw next what PyTorch drew next."""
    torch.set_rng_state(torch.from_numpy(state))


def single_steps(
    torch: Any, script: Script, path: Trajectory, variation: Variation = PLAIN
) -> Trajectory:
    """For each step of PyTorch's path what this library, or a variation, makes of its start."""
    training = script(torch)
    variation.prepare(training)
    step = step_of(training)
    found = [path[0]]
    for start, given in pairwise(path):
        with torch.no_grad():
            for name, tensor in carried(training).items():
                if name in start:  # most optimisers make their state in the first step
                    tensor.copy_(torch.from_numpy(start[name]))
        variation.disturb(training)
        set_generator(torch, given["generator"])
        features, labels = (torch.from_numpy(given[name]) for name in ("features", "labels"))
        moment = before_step(torch, training, features, labels)
        loss = step(*variation.batch(features, labels))
        found.append(moment | after_step(training, loss))
        if training.scheduler is not None:
            training.scheduler.step()
    return found
