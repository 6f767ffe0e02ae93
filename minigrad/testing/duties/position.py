"""Is a part of a batch computed as if it were alone, whatever its place and its length?

The parts are those along the sizes that a sample calls independent; of an operation whose kernels
are elementwise, along all dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...tensor import Array, tensor_of
from ..operations.case import Case, Results, assert_same
from ..operations.sample import Manner, Size
from .door import launched_kernels
from .duty import Duty


def check(case: Case) -> None:
    whole = case.results()
    for size in independent(case):
        length = int(size)
        backwards = np.arange(length)[::-1]
        ends = (0, length // 2), (1, length), (0, length - 1), (length - 1, length)
        parts = [np.arange(first, last) for first, last in ends if 0 <= first < last]
        for indices in (*parts, backwards):
            if not indices.size:
                continue
            expected = {
                name: _part(each, _axis(case, name, size), indices)
                for name, each in whole.items()
                if each is not None and _axis(case, name, size) is not None
            }
            found = _alone(case, size, indices)
            what = f"of {_told(indices)} along {size.name} is another than within all {length}"
            assert_same({name: found[name] for name in expected}, expected, what)


def independent(case: Case) -> Sequence[Size]:
    """The sizes along which parts are independent."""
    declared = list(case.sample.independent)
    first = case.tensors[0]
    if not declared and first is not None and case.shape == first.shape:
        kernels = launched_kernels(case)
        if kernels and all(each.elementwise for each in kernels):
            declared = [each for each in case.sizes(first) if isinstance(each, Size)]
    return declared


def _alone(case: Case, size: Size, indices: Array) -> Results:
    tensors = {}
    for name, each in zip(case.names, case.tensors, strict=True):
        axis = _axis(case, name, size)
        if each is not None and axis is not None:
            tensors[name] = tensor_of(
                _part(each.array, axis, indices), requires_grad=each.requires_grad
            )
    axis = _axis(case, "out", size)
    cotangent = case.cotangent.array
    if axis is not None:
        cotangent = _part(cotangent, axis, indices)
    return case.results(tensors, tensor_of(cotangent))


def _part(array: Array, axis: int | None, indices: Array) -> Array:
    assert axis is not None
    return np.ascontiguousarray(array.take(indices, axis))


def _axis(case: Case, name: str, size: Size) -> int | None:
    """Which dimension of a tensor has the size; the result has it where the first tensor has."""
    if name == "out":
        axis = _axis(case, case.names[0], size)
        there = axis is not None and axis < len(case.shape) and case.shape[axis] == size
        return axis if there else None
    for axis, each in enumerate(case.sizes(case.tensors[case.names.index(name)])):
        if isinstance(each, Size) and each.name == size.name:
            return axis
    return None


def _told(indices: Array) -> str:
    first, last = int(indices[0]), int(indices[-1])
    return f"{first} to {last}" if len(indices) > 1 else str(first)


DUTY = Duty(
    "position",
    "neither its place nor its neighbours change a bit of a part",
    check,
    Manner(long=40),
    lambda case: bool(independent(case)),
    share=1 / 2,
)
