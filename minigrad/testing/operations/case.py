"""What is one example of an operation: operands, and where its gradient starts?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ... import dtypes
from ...dtypes import dtype
from ...fused import Fused
from ...grad_mode import no_grad
from ...tensor import Array, Tensor, tensor_of
from ..agreement import results
from ..layouts import laid_out
from ..printed import literal, tensor_source
from .sample import Draw, Sample

Results = dict[str, Array | None]


class Case:
    """An operation with operands, and a cotangent of its result."""

    def __init__(self, operation: Fused, draw: Draw, sample: Sample | list[Any]) -> None:
        self.operation, self.draw = operation, draw
        self.sample = sample if isinstance(sample, Sample) else Sample(sample)
        count = operation.tensor_count
        self.tensors: list[Tensor | None] = list(self.sample.operands[:count])
        self.attributes = list(self.sample.operands[count:])
        self.names = list(inspect.signature(operation.definition).parameters)[:count]
        self.constants = {
            name
            for name, each in zip(self.names, self.tensors, strict=True)
            if any(each is constant for constant in draw.constants)
        }
        varied = [each for each in self.tensors if each is not None]
        varied = [each for each in varied if not any(each is one for one in draw.constants)]
        if not any(each.requires_grad for each in varied):
            varied[0].requires_grad_()
        with no_grad(), np.errstate(all="ignore"):
            self.shape = first_of(operation.definition(*self.sample.operands)).shape
        values = draw.elements(self.shape, -2.0, 2.0, 1.0, 0.0)
        self.cotangent = tensor_of(laid_out(values, draw.choice(draw.manner.layouts)))

    def __repr__(self) -> str:
        """The call; tensors that fill screens by their shapes."""
        shown = [*map(shown_as, [*self.tensors, *self.attributes])]
        return f"{self.operation.name}({', '.join(shown)})"

    def shown(self) -> str:
        """The call, and in a second line the cotangent."""
        return f"{self!r}\n    cotangent {shown_as(self.cotangent)}"

    @property
    def dtype(self) -> dtype:
        return self.draw.dtype

    def sizes(self, tensor: Tensor | None) -> tuple[int, ...]:
        """A tensor's shape, with the names that sizes were given."""
        for each, shape in self.draw.shapes:
            if each is tensor:
                return shape
        return ()

    def results(
        self,
        tensors: Mapping[str, Tensor] | None = None,
        cotangent: Tensor | None = None,
        function: Callable[..., Any] | None = None,
    ) -> Results:
        """The result, "out", and gradients by the tensors' names; some tensors may be others."""
        changed = tensors or {}
        given = [
            changed.get(name, each) for name, each in zip(self.names, self.tensors, strict=True)
        ]
        with np.errstate(all="ignore"):
            found = results(
                function or self.operation,
                given,
                self.attributes,
                self.cotangent if cotangent is None else cotangent,
            )
        return dict(zip(["out", *self.names], found, strict=True))

    def out(self, **changed: Any) -> Array:
        """The result, with some of the operands changed, by their names."""
        names = list(inspect.signature(self.operation.definition).parameters)
        operands = [*self.tensors, *self.attributes]
        for name, value in changed.items():
            made = isinstance(value, np.ndarray | np.floating)  # -x of no dimensions is a number
            operands[names.index(name)] = tensor_of(np.asarray(value)) if made else value
        with no_grad(), np.errstate(all="ignore"):
            return first_of(self.operation(*operands)).array

    def array(self, name: str) -> Array:
        """The values of one of the tensors."""
        tensor = self.tensors[self.names.index(name)]
        assert tensor is not None
        return tensor.array


def first_of(result: Any) -> Tensor:
    """The result itself, without the statistics that come with it."""
    found = result[0] if isinstance(result, tuple) else result
    assert isinstance(found, Tensor)
    return found


def shown_as(value: Any) -> str:
    """A tensor or an attribute as source."""
    if not isinstance(value, Tensor):
        return literal(value)
    source = tensor_source(value) if value.numel() <= 64 else ""
    if 0 < len(source) <= 600:
        return source
    return f"<{value.dtype.name} tensor of shape {tuple(value.shape)}>"


def same_bits(mine: Array | None, truth: Array | None) -> bool:
    """Whether two arrays have the same numbers; a NaN is a NaN, and 0 is not -0."""
    if mine is None or truth is None:
        return mine is truth
    if mine.shape != truth.shape or mine.dtype != truth.dtype:
        return False
    equal = (mine == truth) | ((mine != mine) & (truth != truth))
    if mine.dtype.kind == "f":
        equal &= (np.signbit(mine) == np.signbit(truth)) | (mine != mine)
    return bool(equal.all())


def assert_same(
    mine: Mapping[str, Array | None], truth: Mapping[str, Array | None], what: str
) -> None:
    """Raise unless all results have the same bits; say which has not, and where."""
    for name, expected in truth.items():
        actual = mine[name]
        if same_bits(actual, expected):
            continue
        label = name if name == "out" else f"the gradient of {name}"
        if actual is None or expected is None or _kind(actual) != _kind(expected):
            raise AssertionError(f"{label} {what}: {_kind(actual)} instead of {_kind(expected)}")
        wrong = ~((actual == expected) & (np.signbit(actual) == np.signbit(expected)))
        wrong &= ~(np.isnan(actual) & np.isnan(expected))
        at = tuple(int(each) for each in np.argwhere(wrong)[0])
        more = f", the first of {wrong.sum()} among {wrong.size}" if wrong.sum() > 1 else ""
        raise AssertionError(
            f"{label} {what}{f' at {at}' if at else ''}{more}\n"
            f"  actual     {actual[at].item()!r}\n  expected   {expected[at].item()!r}"
        )


def _kind(array: Array | None) -> str:
    return "nothing" if array is None else f"{array.dtype} of shape {array.shape}"


def dtype_named(name: str) -> dtype:
    return next(each for each in dtypes.ALL if each.name == name)
