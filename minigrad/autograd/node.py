"""One operation in the graph, and where gradients go from it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, Union

from .. import launch
from ..handles import RemovableHandle, attach
from ..hooks import Hooks, hooks_of
from ..tensor import Tensor
from .accumulate import AccumulateGrad

_count = itertools.count(1)

# Where a gradient goes: to a node, to a leaf, or, for an operand that needs none, nowhere.
Edge = Union["Node", Tensor, None]
Gradients = Sequence[Tensor | None]


class Node:
    """One operation in the graph. Subclasses say how gradients pass through it.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> node = (x * 2).sum().grad_fn
    >>> node.name(), node.next_functions[0][0].name()
    ('SumBackward0', 'MulBackward0')
    >>> type(node)
    <class 'SumBackward0'>
    """

    __slots__ = ("__weakref__", "_hooks", "edges", "made_at", "sequence", "walked")

    gives_fresh_gradients = False  # whether each gradient it returns is in memory of its own

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.sequence = next(_count)
        self.edges = edges
        self._hooks: Hooks | None = None
        self.walked = False  # True once backward has been here and saved tensors are forgotten
        self.made_at = None if launch.installed is None else launch.installed.node_made()

    def backward(self, grad: Tensor) -> Gradients:
        """Gradients of the operands, given the gradient of the result."""
        raise NotImplementedError

    def release(self) -> None:
        """Forget saved tensors: this graph will not be walked again."""

    def in_turn(self) -> Sequence[Edge]:
        """The edges, in the order in which hooks of leaves at their ends are called."""
        return self.edges

    def several(self, grad: Any) -> tuple[Tensor | None, ...]:
        """What arrived, for hooks: a gradient for each result."""
        return (grad,)

    def one(self, gradients: tuple[Tensor | None, ...]) -> Any:
        """The same, for `backward`; None if there is none."""
        return gradients[0]

    def name(self) -> str:
        """What it is called where the graph is printed."""
        return type(self).__name__

    @property
    def place(self) -> Node:
        """Where a tensor with this node has its hooks, and gradients by that tensor arrive."""
        return self

    @property
    def shown(self) -> tuple[Node, int]:
        """The `grad_fn` of the tensor with this node, and which of that one's results it is."""
        if type(self).__name__ != self.called:
            self.__class__ = _class_called(self.called, type(self))
        return self, 0

    @property
    def maker(self) -> Node | None:
        """The node of the operation that made the elements of the tensor with this node."""
        return self

    @property
    def called(self) -> str:
        """The name without the C++ namespace before it."""
        return self.name().rpartition(":")[2]

    @property
    def next_functions(self) -> tuple[tuple[Node | AccumulateGrad | None, int], ...]:
        """Where gradients go from here: nodes and leaves, with the number of their result."""
        return tuple(map(_shown, self.edges))

    def register_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call `hook(grad_inputs, grad_outputs)` after backward; it may return other inputs."""
        return attach(hooks_of(self).after, hook)

    def register_prehook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call `hook(grad_outputs)` before backward; it may return others."""
        return attach(hooks_of(self).before, hook)

    def __repr__(self) -> str:
        return f"<{self.called} object at {id(self):#x}>"


def _class_called(name: str, kind: type[Node]) -> type[Node]:
    """A kind of nodes under PyTorch's name, for those who tell nodes apart by their class.

    A node gets it when somebody looks at it, so that making nodes takes no longer.
    """
    if (name, kind) not in _classes:
        members = {"__slots__": (), "__module__": "builtins"}
        _classes[name, kind] = type(name, (kind,), members)
    return _classes[name, kind]


_classes: dict[tuple[str, type], type[Node]] = {}


def _shown(edge: Edge) -> tuple[Node | AccumulateGrad | None, int]:
    if edge is None:
        return None, 0
    return edge.shown if isinstance(edge, Node) else (AccumulateGrad(edge), 0)


def edge_to(operand: Tensor | None) -> Edge:
    """Where the gradient of an operand goes.

    That of a view without a history, which requires one only because its base does: nowhere.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.ones(2, requires_grad=True)
    >>> torch.autograd.edge_to(x) is x, torch.autograd.edge_to(torch.ones(2)) is None
    (True, True)
    >>> torch.autograd.edge_to(x * 2).name()
    'MulBackward0'
    """
    if operand is None:
        return None
    if operand._base is not None:
        operand._with_history()
    if not operand._requires_grad:
        return None
    if operand._node is not None:
        return operand._node
    return operand if operand._base is None or operand._base[3] else None


def place_of(operand: Tensor) -> Edge:
    """Where the gradient by a tensor is found: mostly where the tensor's own gradient goes."""
    edge = edge_to(operand)
    return edge.place if isinstance(edge, Node) else edge
