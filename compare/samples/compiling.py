"""Does a compiled step give the bits that the eager one does?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import minigrad
from minigrad import Tensor

from .conversion import for_minigrad
from .course import SEED
from .sample import Sample, tensors_in

FACTORS = 1.0, 1.0, 0.875  # one call is recorded, at one the program is made, one is replayed
REFUSED = "in a compiled step"  # is in every such error
# These ask operands for numbers, for shapes or for Python, which a replay would not do again.
ASKING = frozenset(
    "__getitem__ allclose argwhere bincount cat equal linspace masked_select narrow "
    "nn.functional.one_hot nonzero repeat_interleave tensor_split unique".split()
)


class RefusedError(Exception):
    """Something that a compiled step says it cannot do."""


def difference_of_compiled(sample: Sample) -> str | None:
    """What of a compiled step's results and gradients is not the eager one's."""
    conversion = for_minigrad()
    arguments = conversion(list(sample.arguments))
    keywords = conversion(dict(sample.keywords))
    tensors = list(conversion.made.values())

    def step(*given: Tensor) -> Any:
        there = dict(zip(map(id, tensors), given, strict=True))
        results, _ = sample.subject.run(minigrad, put(arguments, there), put(keywords, there))
        outs = [each for each in tensors_in(results, Tensor) if each.requires_grad]
        leaves = [each for each in given if each.requires_grad]
        if not outs or not leaves:
            return results, ()
        weights = [minigrad.cos(3 * each.detach() + 1) for each in outs]
        return results, minigrad.autograd.grad(outs, leaves, weights, allow_unused=True)

    eager, replayed = calls(step, tensors), calls(minigrad.compile(step), tensors)
    for number, (wanted, found) in enumerate(zip(eager, replayed, strict=True), 1):
        if sample.subject.name in ASKING and isinstance(found, str) and REFUSED in found:
            raise RefusedError(found)
        if found != wanted:
            return f"compiled, call {number}: {found} instead of {wanted}"
    return None


def put(value: Any, there: Mapping[int, Tensor]) -> Any:
    """Arguments with other tensors in their places."""
    if isinstance(value, Tensor):
        return there[id(value)]
    if type(value) in (tuple, list):
        return type(value)(put(each, there) for each in value)
    if isinstance(value, dict):
        return {key: put(each, there) for key, each in value.items()}
    return value


def calls(step: Callable[..., Any], tensors: Sequence[Tensor]) -> list[list[Any] | str]:
    """All bits of what each call gives, or its error."""
    minigrad.manual_seed(SEED)
    found: list[list[Any] | str] = []
    for factor in FACTORS:
        given = [scaled(each, factor).requires_grad_(each.requires_grad) for each in tensors]
        try:
            found.append([*bits(step(*given)), *bits(given)])  # and operands afterwards
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


def scaled(tensor: Tensor, factor: float) -> Tensor:
    """Numbers of a call's own."""
    copy = tensor.detach().clone()
    return copy * factor if copy.is_floating_point() else copy


def bits(value: Any) -> list[Any]:
    """Tensors as what can be compared to the bit; that of a NaN's sign means nothing."""
    if isinstance(value, Tensor):
        array = np.array(value.detach().numpy(), order="C")
        if value.is_floating_point():
            array[np.isnan(array)] = np.nan
        steps = [step for step, n in zip(value.stride(), value.shape, strict=True) if n != 1]
        return [value.dtype, value.shape, steps, value.requires_grad, array.tobytes()]
    if isinstance(value, tuple | list):
        return [each for part in value for each in bits(part)]
    return [repr(value)]
