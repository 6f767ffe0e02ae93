"""Fused operations: a readable definition, and kernels that do the same in one go.

An operation's file gives four things, and `Fused` joins them:

- `definition(x, ..., attribute, ...)`: plain tensor operations, the truth that tests hold the
  kernels to, and the way that gradients of gradients go;
- `compute(x, ..., attribute, ...)`: on arrays, allocates and launches; returns the result; in a
  tuple, what only the gradient will need besides the tensors; and statistics, if the operation
  gives any beside its result, which no gradient flows through;
- `gradient(needs, grad, saved, attribute, ...)`: on arrays, allocates and launches; returns a
  gradient for each tensor, and may leave out those where `needs` has False;
- which tensors are saved: operands by name, or with the operand whose gradient alone looks at
  them; or `out`, the result. An operation that saves its result cannot go through the definition,
  which needs the operand, so it also gives `gradient_on_tensors(grad, out, attribute, ...)` in
  differentiable operations;
- and where they are much less work than the definition and its gradient, `gradient_on_operands(
  needs, grad, x, ..., attribute, ...)`, the gradients in such operations.

Other arguments only keep to PyTorch's letter:

- `follows`: operands in the order of whose dimensions the result lies in memory;
- `again`: which of the saved tensors gradients of gradients must find unchanged, if not all;
- `together`: PyTorch gives all gradients by one node, so all require a gradient if one does;
- `turns`: the operands in the order in which hooks get their gradients, if that is another one;
- `without`: what the node is called if an operand is None, by that operand's name;
- `named`: what the node is called, by the attributes;
- `viewed`: operands that PyTorch looks at through a view that it makes in the call. Of what is
  said of an operand itself afterwards, if that is a view of another tensor, it does not know.

`sample` says what tests may give an operation, see `minigrad.testing`; for those in `ops` that
stands in `testing/samples`.

`MINIGRAD_JIT=0`, or `with use_definitions():`, makes every operation its definition.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import compress
from types import MappingProxyType
from typing import Any

from . import autograd, structure
from .arrays import assign, copy
from .autograd import Edge, Node, edge_to
from .autograd.constant_node import ConstantNode, together
from .grad_mode import mode
from .launch import launch
from .memory_order import empty_in_order
from .primitives.primitive import Primitive
from .primitives.regions import renew
from .saved import FREED, Watched, check, watch
from .tensor import Array, Tensor, tensor_of

Definition = Callable[..., Any]
Gradient = Callable[..., Sequence[Array | None]]

registry: dict[str, Fused] = {}
_kernels_enabled = os.environ.get("MINIGRAD_JIT", "1") != "0"


@contextmanager
def use_definitions() -> Iterator[None]:
    """Run definitions instead of kernels inside this context."""
    global _kernels_enabled
    previous, _kernels_enabled = _kernels_enabled, False
    structure.bump()
    try:
        yield
    finally:
        _kernels_enabled = previous
        structure.bump()


def kernels_enabled() -> bool:
    return _kernels_enabled


class Fused:
    """An operation with a definition and kernels; calling it runs the kernels."""

    def __init__(
        self,
        backward_name: str,
        definition: Definition,
        compute: Callable[..., tuple[Any, ...]],
        gradient: Gradient,
        tensors: Sequence[str],
        saves: Sequence[str] | Mapping[str, str],
        gradient_on_tensors: Callable[..., Tensor] | None = None,
        gradient_on_operands: Callable[..., Sequence[Tensor | None]] | None = None,
        follows: Sequence[str] = (),
        again: Sequence[str] | None = None,
        together: bool = False,
        turns: Sequence[str] = (),
        without: Mapping[str, str] = MappingProxyType({}),
        named: Callable[..., str] | None = None,
        viewed: Sequence[str] = (),
        sample: Callable[..., Any] | None = None,
    ) -> None:
        self.name = definition.__module__.rpartition(".")[2]
        parameters = tuple(inspect.signature(definition).parameters)
        if parameters != tuple(inspect.signature(compute).parameters):
            raise TypeError(f"{self.name}: definition and compute must have the same parameters")
        if parameters[: len(tensors)] != tuple(tensors):
            raise TypeError(f"{self.name}: tensors must be the first parameters, in order")
        if ("out" in saves) != (gradient_on_tensors is not None):
            raise TypeError(f"{self.name}: gradient_on_tensors goes with saving the result")
        self.backward_name = backward_name
        self.named = named
        self.sample = sample
        self.definition = definition
        self.compute = compute
        self.gradient = gradient
        self.gradient_on_tensors = gradient_on_tensors
        self.gradient_on_operands = gradient_on_operands
        self.followed = tuple(tensors.index(name) for name in follows)
        self.gradients_together = together
        self.without = [(tensors.index(name), made) for name, made in without.items()]
        self.turns = [tensors.index(name) for name in turns or tensors]
        self.viewed = [tensors.index(name) for name in viewed]
        self.tensor_count = len(tensors)
        self.attributes = parameters[len(tensors) :]
        self.saves_out = "out" in saves
        self.saved_positions = tuple(tensors.index(name) for name in saves if name != "out")
        self.watched_again = [
            tensors.index(name) for name in (saves if again is None else again) if name != "out"
        ]
        # Of a node's tensors, those that must not change; with a saved result, that one. And if
        # only one gradient looks at it, whose that is.
        self.watched_positions: list[tuple[int, int | None]] = [(0, None)]
        if not self.saves_out:
            only = [
                tensors.index(saves[name]) if isinstance(saves, Mapping) else None
                for name in saves
            ]
            self.watched_positions = [*zip(self.saved_positions, only, strict=True)]
        registry[self.name] = self

    def __repr__(self) -> str:
        return f"<fused operation {self.name}>"

    def __call__(self, *operands: Any) -> Any:
        if not _kernels_enabled:
            return self.definition(*operands)
        # Loops, here and in the node: a comprehension costs 0.07 µs more in Python 3.11.
        tensors = operands[: self.tensor_count]
        given: list[Any] = [*operands]  # what `compute` takes: arrays in the place of tensors
        edges: list[Edge] = [None] * self.tensor_count
        needs: list[bool | None] = [False] * self.tensor_count  # a gradient; None: there is none
        copied = False
        for position, tensor in enumerate(tensors):
            if tensor is None:
                needs[position] = None
                continue
            if tensor._base is not None and mode.grad_enabled:
                renew(tensor)
            array = tensor.array
            if not array.flags.carray:
                array = copy(array)
                copied = True
            given[position] = array
            if tensor._requires_grad:
                edge: Edge = tensor._node
                if edge is None:
                    plain = tensor._base is None or not mode.grad_enabled
                    edge = tensor if plain else edge_to(tensor)
                edges[position] = edge
                needs[position] = True
        out, saved, *statistics = self.compute(*given)
        result = tensor_of(self._in_order(out, tensors) if copied and self.followed else out)
        if True in needs and mode.grad_enabled:
            kept: list[Array | None] = []
            for position in self.saved_positions:
                kept.append(given[position])
            if self.saves_out:
                kept.append(out)
            kept += saved
            result._requires_grad = True
            attributes = operands[self.tensor_count :]
            result._node = FusedNode(self, edges, needs, tensors, attributes, kept, result)
        return (result, *map(tensor_of, statistics)) if statistics else result

    def _in_order(self, out: Array, tensors: Sequence[Tensor]) -> Array:
        """The result in memory whose dimensions are in the order of some operands'."""
        if not out.ndim:  # the mean or the sum of what would have followed them
            return out
        followed = [tensors[position].array for position in self.followed]
        ordered = empty_in_order(out.shape, out.dtype, *followed)
        launch(assign, out, ordered)
        return ordered


class FusedNode(Node):
    """A fused operation in the graph."""

    __slots__ = ("attributes", "label", "needs", "operation", "saved", "tensors", "watched")

    gives_fresh_gradients = True

    def __init__(
        self,
        operation: Fused,
        edges: list[Edge],
        needs: list[bool | None],
        tensors: tuple[Tensor | None, ...],
        attributes: tuple[Any, ...],
        saved: list[Array | None],
        result: Tensor,
    ) -> None:
        Node.__init__(self, edges)  # super() would cost as much again
        self.operation = operation
        self.needs = needs
        self.attributes = attributes
        self.label = ""  # what PyTorch calls this use of the operation, if not as usual
        self.saved: list[Array | None] | None = saved
        # Of the result an alias is kept: the result itself would make a cycle.
        self.tensors = tensors = (result.detach(),) if operation.saves_out else tensors
        self.watched: list[Watched] = []  # what must not change
        for position, only in operation.watched_positions:
            tensor = tensors[position]
            if tensor is not None and (only is None or edges[only] is not None):
                self.watched.append((tensor, tensor._version_cell[0], tensor._node))

    def name(self) -> str:
        if self.label:
            return self.label
        named = self.operation.named
        if named:
            return named(*self.attributes)
        missing = [name for place, name in self.operation.without if self.needs[place] is None]
        return f"{(missing or [self.operation.backward_name])[0]}Backward0"

    def backward(self, grad: Tensor) -> Sequence[Tensor | None]:
        saved = self.saved
        if saved is None:
            raise RuntimeError(FREED)
        operation = self.operation
        for tensor, version, node in self.watched:
            if tensor._version_cell[0] != version or tensor._node is not node:
                maker = self if operation.saves_out and tensor is self.tensors[0] else None
                check(tensor, version, node, maker)
        if mode.grad_enabled:
            return self._backward_on_tensors(grad)
        array = grad.array if grad.array.flags.carray else copy(grad.array)
        gradients: list[Tensor | None] = []
        for found in operation.gradient(self.needs, array, saved, *self.attributes):
            gradients.append(None if found is None else tensor_of(found))
        return gradients

    def _backward_on_tensors(self, grad: Tensor) -> Sequence[Tensor | None]:
        """Gradients that can be differentiated themselves."""
        operation = self.operation
        if operation.gradient_on_tensors is not None:
            alias = self.tensors[0]
            assert alias is not None
            # In the place in the graph that the result had, so that second gradients come by here.
            out = alias.detach()
            out._requires_grad, out._node = True, self
            return [operation.gradient_on_tensors(grad, out, *self.attributes)]
        # Fresh aliases of the operands, so that the walk through the definition ends at them.
        aliases = [self._alias(position) for position in range(len(self.tensors))]
        needs = [each is not None and each._requires_grad for each in aliases]
        found: tuple[Any, ...]
        if operation.gradient_on_operands is not None:
            given = operation.gradient_on_operands(needs, grad, *aliases, *self.attributes)
            found = tuple(compress(given, needs))
        else:
            out = operation.definition(*aliases, *self.attributes)
            out = out[0] if isinstance(out, tuple) else out
            wanted = [each for each in aliases if each is not None and each._requires_grad]
            found = autograd.grad(out, wanted, grad, create_graph=True, allow_unused=True)
        if operation.gradients_together:
            saved = [self.tensors[position] for position in operation.saved_positions]
            edges = [edge_to(each) for each in (grad, *saved)]
            found = together(found, edges, f"{operation.backward_name}BackwardBackward0")
        again = [self.tensors[position] for position in operation.watched_again]
        for each in found:
            if each is not None:
                watch(each, *(tensor for tensor in again if tensor is not None))
        gradients = iter(found)
        return [next(gradients) if needed else None for needed in needs]

    def _alias(self, position: int) -> Tensor | None:
        """An operand in the place in the graph that it had, whatever has become of it since."""
        tensor, edge = self.tensors[position], self.edges[position]
        if tensor is None:
            return None
        if position in self.operation.viewed and not self.needs[position]:
            if tensor._base is not None and tensor._base[3]:  # said of itself, and since then
                return tensor.detach()
        if edge is None and self.needs[position]:  # a view without a history: gradients end there
            edge = ConstantNode([], alias_of.backward_name)
        if isinstance(edge, Node):
            tensor = tensor.detach()
            tensor._requires_grad, tensor._node = True, edge
        return alias_of(tensor)

    def in_turn(self) -> Sequence[Edge]:
        return [self.edges[position] for position in self.operation.turns]

    def release(self) -> None:
        assert self.saved is not None
        if self.watched or len(self.saved) > len(self.operation.saved_positions):
            self.saved = None
            self.tensors, self.watched = (), []


class Alias(Primitive):
    """The tensor itself, under a new place in the graph."""

    backward_name = "Alias"
    is_view = is_alias = True

    def compute(self, x: Array) -> Array:
        return x

    def gradient_x(self, grad: Tensor) -> Tensor:
        return grad


alias_of = Alias()
