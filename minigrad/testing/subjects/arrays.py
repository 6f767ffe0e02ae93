"""NumPy functions with a gradient written by hand.

`gradient(grad, *inputs)` gives one gradient for each input, as `backward` of an
`autograd.Function` does; `grad` is a tuple where there are several outputs. What is made of
floats, arrays or numbers, is differentiated, and everything else is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np

from ...tensor import Array
from ..failure import CheckError
from . import Subject


class ArraySubject:
    """A function of arrays, and its gradient."""

    takes_complex = True

    def __init__(
        self,
        func: Callable[..., Any],
        gradient: Callable[..., Any],
        arguments: Sequence[Any],
    ) -> None:
        self.func, self.gradient = func, gradient
        self.arguments = list(arguments)
        self.places = [k for k, each in enumerate(arguments) if is_float(each)]
        self.names: Sequence[str] = [f"input {place}" for place in self.places]
        if not self.places:
            kinds = ", ".join(type(each).__name__ for each in arguments)
            raise ValueError(
                "gradcheck: inputs: none of the inputs is an array of floats, or a float; "
                f"expected at least one, got {kinds}"
            )

    def point(self) -> list[Array]:
        return [np.asarray(self.arguments[place]).copy() for place in self.places]

    def _placed(self, result: Any) -> list[tuple[int, Array]]:
        listed = list(result) if isinstance(result, list | tuple) else [result]
        arrays = [(k, np.asarray(each)) for k, each in enumerate(listed) if each is not None]
        return [(k, each) for k, each in arrays if each.dtype.kind in "fc"]

    def output_names(self) -> Sequence[str]:
        return [f"output {place}" for place, _ in self._placed(self.func(*self.arguments))]

    @contextmanager
    def moving(self) -> Iterator[None]:
        kept = self.arguments
        try:
            yield
        finally:
            self.arguments = kept

    def move(self, point: Sequence[Array]) -> None:
        self.arguments = list(self.arguments)
        for place, array in zip(self.places, point, strict=True):
            self.arguments[place] = array[()] if array.ndim == 0 else array.copy()

    def values(self) -> list[Array]:
        return [each.copy() for _, each in self._placed(self.func(*self.arguments))]

    def products(self, cotangents: Sequence[Array]) -> list[Array]:
        before = self.point()
        result = self.func(*self.arguments)  # a gradient may look at what it kept
        several = isinstance(result, list | tuple)
        given: list[Any] = [None] * (len(result) if several else 1)
        for (place, output), cotangent in zip(self._placed(result), cotangents, strict=True):
            given[place] = _writable(cotangent.astype(output.dtype, copy=False))
        kept = [None if each is None else np.array(each) for each in given]
        found = self.gradient(tuple(given) if several else given[0], *self.arguments)
        for each, was in zip(given, kept, strict=True):
            _require_same("grad", each, was)
        for place, was in zip(self.places, before, strict=True):
            _require_same(f"inputs[{place}]", self.arguments[place], was)
        return self._gradients(found)

    def _gradients(self, found: Any) -> list[Array]:
        """One of each input that has a derivative, of its shape."""
        listed = list(found) if isinstance(found, list | tuple) else [found]
        if len(listed) == len(self.arguments):
            listed = [listed[place] for place in self.places]
        if len(listed) != len(self.places):
            raise ValueError(
                f"gradcheck: gradient must return one gradient for each of {len(self.arguments)} "
                f"inputs, got {len(listed)}"
            )
        arrays = []
        for each, place, name in zip(listed, self.places, self.names, strict=True):
            like = np.asarray(self.arguments[place])
            arrays.append(np.zeros_like(like) if each is None else np.asarray(each))
            if arrays[-1].shape != like.shape:
                shapes = f"{list(arrays[-1].shape)} for {name} of {list(like.shape)}"
                hint = "; is it to be summed?" if arrays[-1].size > like.size else ""
                raise CheckError(f"a gradient has the wrong shape: {shapes}{hint}")
        return [each.copy() for each in arrays]

    def restored(self) -> nullcontext[None]:
        return nullcontext()

    @contextmanager
    def widened(self) -> Iterator[None]:
        kept = self.arguments
        self.arguments = list(kept)
        for place in self.places:
            if np.asarray(kept[place]).dtype != np.float64:
                self.arguments[place] = np.asarray(kept[place]).astype(np.float64)[()]
        try:
            yield
        finally:
            self.arguments = kept

    def derivative(self, cotangents: Sequence[Array]) -> Subject:
        raise ValueError(
            "gradcheck: order must be 1 for a NumPy function, whose gradient has no gradient of "
            "its own; check that one by itself: gradcheck(gradient, [grad, *inputs], "
            "gradient=its_gradient)"
        )


def is_float(value: Any) -> bool:
    """Whether a value is a number or an array of floats."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype in (np.float32, np.float64)
    return isinstance(value, float)


def _writable(array: Array) -> Any:
    """What a gradient is given: a number, or an array that can be written to."""
    if array.ndim == 0:
        return array[()]
    return array if array.flags.writeable else np.array(array)


def _require_same(name: str, now: Any, before: Any) -> None:
    if before is not None and not np.array_equal(now, before, equal_nan=True):
        raise CheckError(
            f"gradient changes {name} in place; what comes after it in a backward pass is given "
            "the changed numbers"
        )
