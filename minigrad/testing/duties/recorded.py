"""Does a compiled step over the operation give the bits that an eager one gives?"""

from __future__ import annotations

from typing import Any

import numpy as np

from ... import autograd
from ...recording import compile
from ...recording.replay import Replay
from ...tensor import Array, Tensor, tensor_of
from ..operations.case import Case, Results, assert_same, first_of
from .duty import Duty

CALLS = 4  # recorded, made a program, and replayed twice


def check(case: Case) -> None:
    # Not the example itself, since a compiled step watches all that it reaches.
    operation, attributes = case.operation, tuple(case.attributes)
    there = tuple(each is not None for each in case.tensors)

    def step(cotangent: Tensor, *tensors: Tensor) -> list[Tensor]:
        given = iter(tensors)
        operands = [next(given) if each else None for each in there]
        out = first_of(operation(*operands, *attributes))
        wanted = [each for each in operands if each is not None and each.requires_grad]
        found = autograd.grad(out, wanted, cotangent.reshape(out.shape), allow_unused=True)
        return [out.detach(), *[each for each in found if each is not None]]

    compiled = compile(step)
    for call in range(CALLS):
        with np.errstate(all="ignore"):
            expected = step(*_operands(case, call))
            found = compiled(*_operands(case, call))
        assert_same(
            _named(found), _named(expected), f"in call {call + 1} of a compiled step is another"
        )
    if not isinstance(compiled.program, Replay):
        raise AssertionError(f"a compiled step is not replayed: it {compiled.program}")


def _operands(case: Case, call: int) -> list[Tensor]:
    """New tensors; at each other call their elements are in the opposite order."""

    def turned(array: Array) -> Array:
        return np.array(array if call % 2 == 0 else np.flip(array))

    given = [case.cotangent, *[each for each in case.tensors if each is not None]]
    return [tensor_of(turned(each.array), requires_grad=each.requires_grad) for each in given]


def _named(results: list[Any]) -> Results:
    names = ["out", *[f"tensor {at}" for at in range(1, len(results))]]
    return {name: each.array for name, each in zip(names, results, strict=True)}


DUTY = Duty(
    "recorded",
    "a compiled step is replayed, with the bits of an eager one",
    check,
    share=1 / 3,
)
