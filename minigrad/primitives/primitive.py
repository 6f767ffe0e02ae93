"""How one differentiable operation is described, and its place in the graph.

A `Primitive` computes on arrays and has, next to that, a gradient for each operand, written in
operations on tensors: so gradients can be differentiated again, to any order. A gradient's
parameters say what it looks at:

    class Multiply(Primitive):
        def compute(self, a, b): ...                  # on arrays
        def gradient_a(self, grad, b): return grad * b   # on tensors; needs b kept, not a
        def gradient_b(self, grad, a): return grad * a

They may name operands, attributes, `out` (the result), and `source_shape` and `source_dtype` (of
the first operand). Only what is named by the gradient of an operand that wants one is kept. None
instead of a gradient says that the result does not follow the operand.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ..autograd import Edge, Node, edge_to
from ..broadcast import sum_to_shape
from ..dtypes import from_numpy
from ..grad_mode import mode
from ..inference import is_inference, version_of
from ..saved import FREED, Watched, check, watched as as_it_is
from ..tensor import Array, Tensor, tensor_of
from .restrictions import restriction


class Primitive:
    """An operation with its gradients; see above for what a subclass writes."""

    backward_name = ""  # what PyTorch calls its node; who makes nodes of its own names those
    is_view = False  # whether the result shares its operand's memory
    is_alias = False  # whether it is the operand, but for its place in the graph

    def __init__(self) -> None:
        parameters = tuple(inspect.signature(self.compute).parameters)
        self.gradients: dict[str, tuple[Callable[..., Tensor | None], tuple[str, ...]]] = {}
        for name in parameters:
            function = getattr(self, f"gradient_{name}", None)
            if function is not None:
                needed = tuple(inspect.signature(function).parameters)[1:]
                self.gradients[name] = (function, needed)
        self.operands = tuple(self.gradients)
        looked_at = {name for _, names in self.gradients.values() for name in names}
        self.asks_for_source = bool(looked_at & {"source_shape", "source_dtype"})
        self.node_name = f"{self.backward_name}Backward0"
        self._needed: dict[tuple[bool, ...], set[str]] = {}

    compute: Callable[..., Array]

    def __call__(
        self,
        *tensors: Tensor,
        watched: Sequence[Tensor] = (),
        named: str | None = None,
        **attributes: Any,
    ) -> Tensor:
        """Compute, and join the graph.

        `watched` are the tensors that attributes are arrays of; `named` is what PyTorch calls
        this use of the operation, if not as usual.
        """
        wants_gradient = False
        if mode.grad_enabled:
            for each in tensors:
                if each._base is not None:
                    regions.renew(each)
                wants_gradient = wants_gradient or each._requires_grad
        result = tensor_of(self.compute(*[each.array for each in tensors], **attributes))
        if self.is_view:
            result._version_cell = tensors[0]._version_cell
            result._base = _base_of_a_view(tensors[0], named)
        if wants_gradient:
            result._requires_grad = True
            name = named or self.node_name
            result._node = PrimitiveNode(self, tensors, watched, attributes, result, name)
        return result

    def needed(self, edges: Sequence[Edge]) -> set[str]:
        """What is looked at by the gradients of those operands that have an edge."""
        wanted = tuple([edge is not None for edge in edges])
        known = self._needed.get(wanted)
        if known is None:
            of_each = zip(wanted, self.gradients.values(), strict=True)
            known = {name for wants, (_, names) in of_each if wants for name in names}
            self._needed[wanted] = known
        return known


class PrimitiveNode(Node):
    """A primitive in the graph, with what its gradients will look at."""

    __slots__ = (
        "attributes",
        "dtype",
        "label",
        "primitive",
        "saved",
        "saved_out",
        "shapes",
        "watched",
    )

    def __init__(
        self,
        primitive: Primitive,
        tensors: tuple[Tensor, ...],
        watched: Sequence[Tensor],
        attributes: dict[str, Any],
        result: Tensor,
        label: str,
    ) -> None:
        Node.__init__(self, [edge_to(tensor) for tensor in tensors])
        self.primitive = primitive
        self.label = label
        self.attributes = attributes
        self.dtype = tensors[0].array.dtype
        self.shapes = [each.array.shape for each in tensors]
        self.saved: dict[str, Watched] | None = {}
        self.saved_out: Watched | None = None
        self.watched = [as_it_is(tensor) for tensor in watched]
        needed = primitive.needed(self.edges)
        if not needed:
            return
        for name, tensor in zip(primitive.operands, tensors, strict=True):
            if name in needed:
                self.saved[name] = tensor, tensor._version_cell[0], tensor._node
        if "out" in needed:
            self.saved_out = as_it_is(result.detach())  # not the result: that would be a cycle

    def name(self) -> str:
        return self.label

    @property
    def maker(self) -> Node | None:
        if not self.primitive.is_alias:
            return self
        (edge,) = self.edges
        return edge.maker if isinstance(edge, Node) else None

    def backward(self, grad: Tensor) -> list[Tensor | None]:
        if self.saved is None:
            raise RuntimeError(FREED)
        for tensor, version, node in self.watched:
            check(tensor, version, node)
        known: dict[str, Any] = {**self.attributes}
        for name, (tensor, version, node) in self.saved.items():
            if tensor._version_cell[0] != version or tensor._node is not node:
                check(tensor, version, node)
            known[name] = tensor
        if self.primitive.asks_for_source:
            known["source_shape"], known["source_dtype"] = self.shapes[0], from_numpy(self.dtype)
        if self.saved_out is not None:
            check(*self.saved_out, self)
            out = self.saved_out[0].detach()
            out._requires_grad, out._node = mode.grad_enabled, self
            known["out"] = out
        passed: list[Tensor | None] = []
        gradients = self.primitive.gradients.values()
        for edge, shape, (function, names) in zip(self.edges, self.shapes, gradients, strict=True):
            if edge is None:
                passed.append(None)
                continue
            gradient = function(grad, **{name: known[name] for name in names})
            if gradient is not None and gradient.array.shape != shape:
                gradient = sum_to_shape(gradient, shape)
            passed.append(gradient)
        return passed

    def release(self) -> None:
        kept = self.saved or self.watched or self.saved_out is not None
        if kept or self.primitive is regions.put_region:  # which PyTorch gives up in any case
            self.saved = None
            self.saved_out = None
            self.watched = []


def _base_of_a_view(operand: Tensor, named: str | None) -> tuple[Tensor, int, str, bool] | None:
    """What a view of a tensor is a view of, that one's version, and what forbids changes.

    None for a view of an inference tensor, which has no history that it could learn.
    """
    if is_inference(operand):
        return None
    base, _, earlier, _ = operand._base or (operand, 0, "", False)
    return base, version_of(base), restriction(named) or earlier, False


# Below, because it is made of primitives.
from . import regions  # noqa: E402
