"""Checking a replay against an eager run from the same state, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import random
from ..launch import Array
from ..tensor import Tensor
from .replay import Replay, _tensors_in


def run(
    replay: Replay,
    bound: tuple[Array, ...],
    tensors: list[Tensor],
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Run the step eagerly, put everything back, replay it, and compare all that it touched."""
    state = State(replay, tensors)
    expected = state.outcome(function(*args, **kwargs))
    state.restore()
    rebound = replay.bind(tensors, replay.signature)
    result = replay.run(bound if rebound is None else rebound, tensors)
    actual = state.outcome(result)
    for (name, wanted), (_, given) in zip(expected, actual, strict=True):
        if wanted.tobytes() != given.tobytes():
            differing = int(np.count_nonzero(wanted != given))
            raise RuntimeError(
                f"verify: {name} of shape {wanted.shape} differs between replay and eager in "
                f"{differing} of {wanted.size} elements"
            )
    return result


class State:
    """Everything a step may change, as it was before."""

    def __init__(self, replay: Replay, tensors: list[Tensor]) -> None:
        self.tensors = [*replay.reached.kept()[0], *tensors]
        self.values = [each.array.copy() for each in self.tensors]
        self.versions = [each._version_cell[0] for each in self.tensors]
        self.gradients = [
            (each, each._grad, None if each._grad is None else each._grad.array.copy())
            for each in self.tensors
        ]
        self.generator = random.default_generator.get_state()

    def restore(self) -> None:
        for tensor, values, version in zip(self.tensors, self.values, self.versions, strict=True):
            tensor.array[...] = values
            tensor._version_cell[0] = version
        for tensor, gradient, elements in self.gradients:
            tensor._grad = gradient
            if gradient is not None:
                gradient.array[...] = elements
        random.default_generator.set_state(self.generator)

    def outcome(self, result: Any) -> list[tuple[str, Array]]:
        """Copies of all that a run left behind, with names."""
        found = [("a result", each.array.copy()) for each in _tensors_in(result)]
        found += [("a tensor", each.array.copy()) for each in self.tensors]
        found += [
            ("a gradient", each._grad.array.copy())
            for each in self.tensors
            if each._grad is not None
        ]
        return found
