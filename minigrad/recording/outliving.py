"""What of a recording outlives the call: leaves, results, and the memory that they lie in."""

from __future__ import annotations

from bisect import bisect_right

from ..launch import Array
from ..tensor import Tensor
from .declined import UnsupportedError
from .guards import Reached
from .memory import address_of, extent
from .recorder import Recorder


def lasting_leaves(
    recorder: Recorder, reached: Reached, tensors: list[Tensor]
) -> tuple[dict[Tensor, Tensor | None], list[Tensor]]:
    """Leaves that stay from call to call: those with gradients read, and those given some."""
    read, assigned = recorder.gradients_read, recorder.gradients_assigned
    if any(leaf is tensor for leaf in {*read, *assigned} for tensor in tensors):
        raise UnsupportedError("an argument gets a gradient of its own")
    lasting = reached.tensors
    return (
        {leaf: known for leaf, known in read.items() if id(leaf) in lasting},
        [leaf for leaf in assigned if id(leaf) in lasting],
    )


def is_made(tensor: Tensor, tensors: list[Tensor], kept: list[Tensor]) -> bool:
    return not any(each is tensor for each in [*tensors, *kept])


def storages(outliving: list[Array], allocations: list[Array]) -> list[Array]:
    """The allocations in which arrays lie that outlive the step."""
    spans = sorted((*extent(array), k) for k, array in enumerate(allocations) if array.size)
    begins = [begin for begin, _, _ in spans]
    found: dict[int, Array] = {}
    for lasting in outliving:
        address = address_of(lasting)
        position = bisect_right(begins, address) - 1
        if position >= 0 and address < spans[position][1]:
            array = allocations[spans[position][2]]
            found[id(array)] = array
    return list(found.values())
