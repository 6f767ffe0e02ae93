"""What does a function give at a point: results, gradients, gradients of gradients?

Gradients are asked for along random cotangents, and those of gradients along random directions, so
that nothing cancels that a sum would hide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minigrad import Tensor
from minigrad.tensor import tensor_of
from minigrad.testing.layouts import laid_out, layout_of

from ..judging.judge import Array
from .roundings import Roundings

Results = dict[str, Array]
Function = Callable[..., Any]

NEAR = 2.0**-6  # of a number


@dataclass(frozen=True)
class Point:
    """The arguments of a call.

    Parameters
    ----------
    arguments : arrays for tensors; all else as it is
    layouts : of each argument that is an array, how it lies in memory
    wanted : positions of those that want a gradient
    seed : of cotangents and directions
    """

    arguments: tuple[Any, ...]
    layouts: Mapping[int, str]
    wanted: tuple[int, ...]
    seed: int

    def in_dtype(self, dtype: str) -> Point:
        """The same with all floating-point numbers rounded to a dtype."""
        with np.errstate(over="ignore"):
            rounded = tuple(
                each.astype(dtype) if is_float(each) else each for each in self.arguments
            )
        return replace(self, arguments=rounded)

    def nearby(self, number: int) -> Point:
        """A point of float32 next to it, where rounding does something else, but as much."""
        generator = np.random.default_rng(number)
        near = tuple(
            np.asarray(each * (1 + NEAR * generator.uniform(-1, 1, each.shape)), np.float32)
            if is_float(each)
            else each
            for each in self.arguments
        )
        return replace(self, arguments=near)


def point_of(arguments: Sequence[Any], seed: int) -> Point:
    """The point that drawn arguments are at."""
    tensors = {k: each for k, each in enumerate(arguments) if isinstance(each, Tensor)}
    wanted = tuple(k for k, each in tensors.items() if each.requires_grad)
    layouts = {k: layout_of(each.array) for k, each in tensors.items()}
    values = [each.array.copy() if k in tensors else each for k, each in enumerate(arguments)]
    return Point(tuple(values), layouts, wanted, seed)


def is_float(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


class RefusedError(Exception):
    """The function raises an error at a point."""


class Evaluation:
    """A function at a point, all in one dtype; `library` is minigrad or torch.

    With `roundings` all numbers that it is given are a little off.
    """

    def __init__(
        self, library: Any, point: Point, dtype: str, roundings: Roundings | None = None
    ) -> None:
        self.library, self.point, self.dtype = library, point, np.dtype(dtype)
        self._numbers = np.random.default_rng(point.seed)
        self._roundings = roundings

    def results(self, function: Function, order: int) -> Results:
        """All of it by name, up to gradients of an order.

        First gradients are taken without a graph of their own, as a training takes them: an
        operation may compute those that can be differentiated in another way. They are taken once
        more along a single number, repeated without memory for each, as of a sum they are.
        """
        outputs, seeds, first, _ = self._once(function, min(order, 1))
        found = {name: array_of(each) for name, each in outputs.items()}
        if order < 1 or not self.point.wanted:
            return found
        *_, of_sum, _ = self._once(function, 1, one_number=True)
        for k, each, other in zip(self.point.wanted, first, of_sum, strict=True):
            found[f"gradient by input {k}"] = array_of(each)
            found[f"gradient of a sum by input {k}"] = array_of(other)
        if order < 2:
            return found
        _, seeds, first, leaves = self._once(function, 2)
        directions = [self._random(tuple(each.shape)) for each in leaves]
        second = self._grad(first, [*leaves, *seeds.values()], directions)
        names = [f"second gradient by input {k}" for k in self.point.wanted]
        names += [f"second gradient by the cotangent of {name}" for name in seeds]
        return {**found, **{name: array_of(e) for name, e in zip(names, second, strict=True)}}

    def _once(self, function: Function, order: int, one_number: bool = False) -> tuple[Any, ...]:
        """The outputs, the cotangents of those that have a gradient, the gradients, the leaves."""
        self._numbers = np.random.default_rng(self.point.seed)
        arguments = [self._argument(k) for k in range(len(self.point.arguments))]
        leaves = [arguments[k] for k in self.point.wanted]
        try:
            outputs = listed(function(*arguments), self.library)
        except Exception as error:
            raise RefusedError(f"{type(error).__name__}: {error}") from error
        seeds = {}
        for name, each in outputs.items():
            if each.is_floating_point():
                shape = tuple(each.shape)
                seed = self._repeated(shape) if one_number else self._random(shape)
                if each.requires_grad:
                    seeds[name] = seed.requires_grad_(order > 1)
        starts = [outputs[name] for name in seeds]
        first = leaves
        if order:
            first = self._grad(starts, leaves, list(seeds.values()), create_graph=order > 1)
        return outputs, seeds, first, leaves

    def _grad(
        self, of: Sequence[Any], by: Sequence[Any], starts: Sequence[Any], **options: Any
    ) -> Sequence[Any]:
        """Gradients of what has some, zeros by what they do not follow."""
        followed = [k for k, each in enumerate(of) if each.requires_grad]
        if not followed or not by:
            return [self.library.zeros_like(each) for each in by]
        found: Sequence[Any] = self.library.autograd.grad(
            [of[k] for k in followed],
            list(by),
            [starts[k] for k in followed],
            allow_unused=True,
            materialize_grads=True,
            **options,
        )
        return found

    def _argument(self, position: int) -> Any:
        value = self.point.arguments[position]
        if position not in self.point.layouts:
            return value
        array = value
        if is_float(value):
            array = self._moved(value)
        if self.library.__name__ == "minigrad":
            tensor = tensor_of(laid_out(array, self.point.layouts[position]))
        else:
            tensor = self.library.from_numpy(array.copy())
        return tensor.requires_grad_(position in self.point.wanted)

    def _random(self, shape: tuple[int, ...]) -> Any:
        """Normal numbers that float32 has, the same for each evaluation of a point."""
        numbers = np.asarray(self._numbers.standard_normal(shape)).astype(np.float32)
        return self.library.from_numpy(self._moved(numbers))

    def _repeated(self, shape: tuple[int, ...]) -> Any:
        """A normal number for all elements, each of them a little off by itself if they are."""
        number = self._random(()).expand(shape)
        if self._roundings is None:
            return number
        return number * self.library.from_numpy(self._roundings.factors(shape))

    def _moved(self, array: Array) -> Array:
        if self._roundings is not None:
            array = array * self._roundings.factors(array.shape)
        return np.array(array, self.dtype)


def listed(result: Any, library: Any) -> dict[str, Any]:
    """The outputs by name."""
    if library.is_tensor(result):
        return {"output": result}
    if isinstance(result, list | tuple) and all(map(library.is_tensor, result)):
        return {f"output {k}": each for k, each in enumerate(result)}
    raise TypeError(
        f"check: a function must return a tensor of {library.__name__} or several, got "
        f"{type(result).__name__}"
    )


def array_of(tensor: Any) -> Array:
    """The numbers, in memory of their own."""
    return np.array(tensor.detach().cpu().numpy(force=True))  # a zero may have no memory


def by_hand(function: Function, gradient: Function | None, point: Point, dtype: str) -> Results:
    """What a NumPy function gives, and the gradients that come with it."""
    arrays = [np.array(each) if is_float(each) else each for each in point.arguments]
    result = function(*arrays)
    several = isinstance(result, list | tuple)
    outputs = [np.array(each) for each in (result if several else [result])]
    names = [f"output {k}" if several else "output" for k in range(len(outputs))]
    found = dict(zip(names, outputs, strict=True))
    if gradient is None or not point.wanted:
        return found
    for of, one_number in (("gradient", False), ("gradient of a sum", True)):
        numbers = np.random.default_rng(point.seed)
        seeds = []
        for each in outputs:
            shape = () if one_number else each.shape
            drawn = np.asarray(numbers.standard_normal(shape), np.float32).astype(dtype)
            seeds.append(np.broadcast_to(drawn, each.shape))
        grads = gradient(tuple(seeds) if several else seeds[0], *arrays)
        grads = list(grads) if isinstance(grads, list | tuple) else [grads]
        if len(grads) == len(arrays):
            grads = [grads[k] for k in point.wanted]
        if len(grads) != len(point.wanted):
            raise TypeError(
                f"check: gradient must give one for each of {len(point.wanted)} inputs, "
                f"got {len(grads)}"
            )
        for k, each in zip(point.wanted, grads, strict=True):
            found[f"{of} by input {k}"] = np.array(each)
    return found
