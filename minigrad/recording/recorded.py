"""A step that was taken down and has not been called again yet.

Making a program costs as much as several steps, and a call with an odd batch size may never come
again. So the first call only takes down, and the second makes the program. In between the caller
may change gradients and use the results; what they were is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..autograd import Edge, Node
from ..inference import version_of
from ..tensor import Array, Tensor
from .guards import Reached
from .recorder import Recorder
from .results import is_named, rebuilt
from .signature import Signature


class Outcome(NamedTuple):
    """What a tensor was like right after the step that gave it."""

    array: Array
    requires_grad: bool
    node: str | None  # its name
    has_gradient: bool
    is_freed: bool  # whether its graph was walked, so that walking it again fails
    version: int


class Recorded:
    """Everything that is needed to make a replay of a call later."""

    def __init__(
        self,
        recorder: Recorder,
        reached: Reached,
        tensors: list[Tensor],
        signature: Signature,
        result: Any,
    ) -> None:
        self.recorder = recorder
        self.reached = reached
        self.tensors = tensors
        self.arrays = [each.array for each in tensors]
        self.signature = signature
        self.result = _copied(result)
        leaves = {*recorder.gradients_read, *recorder.gradients_assigned}
        self.gradients = {leaf: leaf._grad for leaf in leaves}
        given = [*tensors_in(result), *self.gradients.values()]
        self.outcomes = {id(each): _outcome(each) for each in given if each is not None}

    def matches(self, signature: Signature) -> bool:
        """Whether a replay of this would be valid for a call now."""
        if signature != self.signature:
            return False
        try:
            for refresh in self.recorder.refreshers:
                refresh()
        except Exception:  # a setting is wrong, of which the step itself will tell
            return False
        return self.reached.unchanged()


def _outcome(tensor: Tensor) -> Outcome:
    node = tensor._node
    return Outcome(
        tensor.array,
        tensor._requires_grad,
        None if node is None else node.name(),
        tensor._grad is not None,
        node is not None and node.walked and _is_freed(node),
        version_of(tensor),
    )


def _copied(result: Any) -> Any:
    """A result in lists and dicts of its own: the caller may change those that were given."""
    if type(result) in (list, tuple) or is_named(result):
        return rebuilt(result, [_copied(each) for each in result])
    if type(result) is dict:
        return {key: _copied(each) for key, each in result.items()}
    return result


def _is_freed(start: Node) -> bool:
    """Whether walking from a node fails since its graph was walked: not if it saved nothing."""
    waiting: list[Edge] = [start]
    seen: set[Edge] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Node) and node not in seen:
            if getattr(node, "saved", ()) is None:
                return True
            seen.add(node)
            waiting += node.edges
    return False


def tensors_in(value: Any) -> Iterator[Tensor]:
    """The tensors in a result, in order."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from tensors_in(each)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))
