"""The place of a user's Function in the graph: it calls `backward` and checks what that gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ref

from .. import arrays
from ..broadcast import sum_to_shape
from ..dtypes import dtype
from ..saved import FREED, Watched, check, watched
from ..tensor import Tensor, tensor_of
from .context import FunctionCtx
from .node import Edge, Gradients, Node

if TYPE_CHECKING:
    from .function import Function


class Kind(NamedTuple):
    """What is known of an argument or a result that is a tensor."""

    shape: tuple[int, ...]
    dtype: dtype


class Arrived:
    """The gradients of several results, of which more may arrive: a sum fills the gaps."""

    def __init__(self, parts: dict[int, Tensor]) -> None:
        self.parts = parts

    def __add__(self, other: Arrived) -> Arrived:
        parts = dict(self.parts)
        for number, part in other.parts.items():
            parts[number] = parts[number] + part if number in parts else part
        return Arrived(parts)


class FunctionNode(Node):
    """A Function in the graph. Attributes that it lacks are its `ctx`'s."""

    __slots__ = ("context", "function", "operands", "results", "saved", "saved_numbers")

    def __init__(
        self,
        function: type[Function],
        context: FunctionCtx,
        edges: Sequence[Edge],
        operands: Sequence[Tensor | None],
        results: Sequence[Any],
    ) -> None:
        self.context = context
        self.function = function
        super().__init__(edges)
        self.operands = [_kind(each) for each in operands]
        self.results = [_kind(each) for each in results]
        self.saved: list[Watched | None] | None = []
        self.saved_numbers: list[int | None] = []  # of those that are results, which
        context._node = ref(self)

    def give_places(self, results: Sequence[Any], constant: Sequence[int | None]) -> None:
        """Give the results that gradients flow through their places in the graph."""
        for number, result in enumerate(results):
            if (
                isinstance(result, Tensor)
                and result.is_floating_point()
                and number not in constant
            ):
                result._node, result._requires_grad = self._place(number), True

    def _place(self, number: int) -> Node:
        return self if len(self.results) == 1 else Output(self, number)

    def save(self, tensors: Sequence[Tensor | None], numbers: list[int | None]) -> None:
        """Keep tensors; of results aliases, since a node must not hold them."""
        for position, each in enumerate(tensors):
            if each is not None and not isinstance(each, Tensor):
                raise TypeError(
                    f"save_for_backward can only save variables, but argument {position} is of "
                    f"type {type(each).__name__}"
                )
        self.saved_numbers = numbers
        kept = [
            each if each is None or number is None else each.detach()
            for each, number in zip(tensors, numbers, strict=True)
        ]
        self.saved = [None if each is None else watched(each) for each in kept]

    def unpacked(self) -> tuple[Tensor | None, ...]:
        """The saved tensors; results are in the place in the graph that they had."""
        if self.saved is None:
            raise RuntimeError(FREED)
        found: list[Tensor | None] = []
        for saved, number in zip(self.saved, self.saved_numbers, strict=True):
            if saved is None:
                found.append(None)
                continue
            check(*saved, None if number is None else self)
            tensor = saved[0]
            if number is not None:
                tensor = tensor.detach()
                tensor._node, tensor._requires_grad = self._place(number), True
            found.append(tensor)
        return tuple(found)

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        return self.unpacked()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)

    def name(self) -> str:
        return f"{self.function.__name__}Backward"

    def several(self, grad: Any) -> tuple[Tensor | None, ...]:
        if not isinstance(grad, Arrived):
            return (grad,)
        return tuple(grad.parts.get(number) for number in range(len(self.results)))

    def one(self, gradients: tuple[Tensor | None, ...]) -> Any:
        if len(self.results) == 1:
            return gradients[0]
        return Arrived({k: each for k, each in enumerate(gradients) if each is not None})

    def backward(self, grad: Any) -> Gradients:
        gradients = self.several(grad)
        if self.context.materialize_grads:
            gradients = tuple(map(_filled, gradients, self.results))
        given = self._method()(self.context, *gradients)
        return self._checked(given if isinstance(given, tuple) else (given,))

    def _method(self) -> Callable[..., Any]:
        from .function import Function

        backward, vjp = self.function.backward, self.function.vjp
        if vjp is Function.vjp:
            return backward
        if backward is not Function.backward:
            raise RuntimeError(
                "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You "
                "should only implement one of them."
            )
        return vjp

    def _checked(self, given: tuple[Any, ...]) -> Gradients:
        """What `backward` returned, as gradients of the arguments."""
        count = len(self.operands)
        if len(given) > count and not any(each is not None for each in given[count:]):
            given = given[:count]
        if len(given) != count:
            raise RuntimeError(
                f"function {self.name()} returned an incorrect number of gradients (expected "
                f"{count}, got {len(given)})"
            )
        return [self._fitting(number, each) for number, each in enumerate(given)]

    def _fitting(self, number: int, gradient: Any) -> Tensor | None:
        """A gradient in the shape and dtype of the argument that it is for."""
        operand = self.operands[number]
        if gradient is None:
            return None
        if operand is None:
            raise RuntimeError(
                f"function {self.name()} returned a gradient different than None at position "
                f"{number + 1}, but the corresponding forward input was not a Variable"
            )
        if not isinstance(gradient, Tensor):
            raise RuntimeError(f"expected Variable or None (got {type(gradient).__name__})")
        if self.edges[number] is None:
            return gradient  # for hooks to see
        if not _broadcasts(operand.shape, gradient.array.shape):
            raise RuntimeError(
                f"Function {self.name()} returned an invalid gradient at index {number} - got "
                f"{list(gradient.shape)} but expected shape compatible with {list(operand.shape)}"
            )
        return sum_to_shape(gradient.to(operand.dtype), operand.shape)

    def release(self) -> None:
        if self.saved:
            self.saved = None


class Output(Node):
    """The place of one of several results of a Function, which leads to the Function's node."""

    __slots__ = ("number",)

    def __init__(self, node: FunctionNode, number: int) -> None:
        super().__init__((node,))
        self.number = number

    def name(self) -> str:
        return self.shown[0].name()

    @property
    def shown(self) -> tuple[Node, int]:
        (node,) = self.edges
        assert isinstance(node, Node)
        return node.shown[0], self.number

    def backward(self, grad: Tensor) -> Any:
        return (Arrived({self.number: grad}),)


def _kind(value: Any) -> Kind | None:
    return Kind(value.array.shape, value.dtype) if isinstance(value, Tensor) else None


def _filled(gradient: Tensor | None, kind: Kind | None) -> Tensor | None:
    """A gradient, or zeros where none arrived at a result that is a tensor."""
    if gradient is not None or kind is None:
        return gradient
    return tensor_of(arrays.full(kind.shape, kind.dtype.numpy, 0.0))


def _broadcasts(shape: tuple[int, ...], wider: tuple[int, ...]) -> bool:
    """Whether an array of one shape can be broadcast to another."""
    if len(shape) > len(wider):
        return False
    pairs = zip(reversed(shape), reversed(wider), strict=False)
    return all(size in (1, other) for size, other in pairs)
