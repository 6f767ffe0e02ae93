"""Checking a replay against an eager run from the same state, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import random
from ..inference import version_of
from ..launch import Array
from ..tensor import Tensor
from .recorded import tensors_in
from .replay import Replay


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
    if len(expected) != len(actual):
        raise RuntimeError("verify: replay and eager give different numbers of tensors")
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
        self.versions = [version_of(each) for each in self.tensors]
        self.gradients = [
            (each, each._grad, None if each._grad is None else _copied(each._grad))
            for each in self.tensors
        ]
        generators = {random.default_generator, *replay.reached.generators}
        self.generators = [(each, each.get_state()) for each in generators]

    def restore(self) -> None:
        for tensor, values, version in zip(self.tensors, self.values, self.versions, strict=True):
            if tensor.array.flags.writeable:  # an expanded one is not
                tensor.array[...] = values
            tensor._version_cell[0] = version
        for tensor, gradient, copied in self.gradients:
            tensor._grad = gradient
            if gradient is not None and copied is not None:
                gradient.array[...], gradient._version_cell[0] = copied
        for generator, state in self.generators:
            generator.set_state(state)

    def outcome(self, result: Any) -> list[tuple[str, Array]]:
        """Copies of all that a run left behind, with names."""
        found = [("a result", each.array.copy()) for each in tensors_in(result)]
        found += [("a tensor", each.array.copy()) for each in self.tensors]
        found += [
            ("a gradient", each._grad.array.copy())
            for each in self.tensors
            if each._grad is not None
        ]
        return found


def _copied(gradient: Tensor) -> tuple[Array, int]:
    """The elements of a gradient and its version."""
    return gradient.array.copy(), version_of(gradient)
