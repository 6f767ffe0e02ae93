"""What does an operation say about what it can be given?

A `sample` is a function of an operation's author. It takes a `Draw`, asks it for tensors and
attributes, and returns a `Sample`: the operands, and what is known about the results. It does not
know who draws, Hypothesis or a generator of random numbers, nor for which of the duties.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ...dtypes import dtype
from ...tensor import Array, Tensor, tensor_of
from ..layouts import laid_out

Terms = Callable[[Array], Mapping[str, Any]]
T = TypeVar("T")
GAP = 0.1  # from a kink, where derivatives are taken; differences take steps of at most 1/16
ROUNDED = 1e-3  # from a kink, where rounding would decide on which side a number is


class Size(int):
    """The length of a dimension, with a name: tensors share it."""

    name: str

    def __new__(cls, name: str, value: int) -> Size:
        found = super().__new__(cls, value)
        found.name = name
        return found


class Sample(NamedTuple):
    """An operation's operands, and what holds for them.

    Parameters
    ----------
    operands : tensors, and after them attributes, in order
    units : how many roundings kernel and definition may be apart
    magnitudes, lost : functions of the absolute values of the cotangent (float64). They give, for
        "out" and for tensors' names, what was added up to give the result or gradient, where that
        is more than the result itself; `lost` is what cancels in float64. If neither these nor
        `units` are given, it is measured how much a rounding of the operands changes.
    independent : sizes along which parts do not know of each other, such as a batch's. For an
        operation whose kernels are elementwise, that is all of its first tensor's.
    relations : functions of a `Case` that raise an AssertionError unless something holds
    step : the largest step of differences, where the operation ends beside the point

    Examples
    --------
    >>> from minigrad.testing import Sample
    >>> def sample(draw):
    ...     return Sample([draw.tensor(draw.shape(), -5.0, 5.0)], units=2.0)
    """

    operands: Sequence[Any]
    units: float | None = None
    magnitudes: Terms | None = None
    lost: Terms | None = None
    independent: Iterable[Size] = ()
    relations: Sequence[Callable[..., None]] = ()
    step: float | None = None


@dataclass(frozen=True)
class Manner:
    """How samples are drawn for one of the duties."""

    smooth: bool = False  # finite numbers of moderate size, as derivatives are taken
    at_kinks: bool = True  # whether numbers may be where the function has kinks
    special: bool = True  # whether there are infinities and the like
    long: int = 0  # the length of what has no limit, for loops over vectors and for threads
    layouts: tuple[str, ...] = ("contiguous",)
    dtypes: tuple[str, ...] = ("float32", "float64")


class Draw(ABC):
    """What a sample is drawn with. All floats are rounded to `dtype`.

    Examples
    --------
    >>> from minigrad.testing import Draw, Sample
    >>> def of_linear(draw: Draw) -> Sample:
    ...     N, K, M = (draw.size(name) for name in ("rows", "inputs", "outputs"))
    ...     x, weight = draw.tensor((N, K), -10.0, 10.0), draw.tensor((M, K), -10.0, 10.0)
    ...     return Sample([x, weight, draw.optional(draw.tensor, (M,), -10.0, 10.0)])
    """

    def __init__(self, of: dtype, manner: Manner) -> None:
        self.dtype, self.manner = of, manner
        self.shapes: list[tuple[Tensor, tuple[int, ...]]] = []  # with their sizes' names
        self.constants: list[Tensor] = []  # of kernels, though not of the definition

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """A whole number, both bounds included."""

    @abstractmethod
    def choice(self, options: Sequence[T]) -> T:
        """One of several, the simplest first."""

    @abstractmethod
    def elements(self, shape: Sequence[int], low: float, high: float, *special: float) -> Array:
        """An array of floats between bounds, with special ones mixed in."""

    @abstractmethod
    def whole(self, shape: Sequence[int], low: int, high: int, *special: int) -> Array:
        """An array of whole numbers."""

    def size(self, name: str, low: int = 0, high: int = 4) -> Size:
        """A length of a dimension. Nothing is differentiated that is empty."""
        if self.manner.long:
            high = max(high, min(self.manner.long, 64))
            return Size(name, self.integer(max(low, high // 2), high))
        low = max(low, 1) if self.manner.smooth else low
        return Size(name, self.integer(low, min(high, low + 2) if self.manner.smooth else high))

    def shape(self, min_dims: int = 0, max_dims: int = 3) -> tuple[Size, ...]:
        """Any shape, also empty ones; where lengths matter, with one long dimension."""
        if self.manner.long:
            most = self.manner.long
            sides = [self.integer(1, 2) for _ in range(self.integer(max(min_dims, 1), 2))]
            at = self.integer(0, len(sides) - 1)
            sides[at] = self.integer(most // 2 if most > 1000 else 1, most)
        else:
            most = max(min(max_dims, 2), min_dims) if self.manner.smooth else max_dims
            least, top = (1, 3) if self.manner.smooth else (0, 4)
            sides = [self.integer(least, top) for _ in range(self.integer(min_dims, most))]
        return tuple(Size(f"dimension {at}", side) for at, side in enumerate(sides))

    def number(
        self, low: float, high: float, *special: float, smooth: tuple[float, float] | None = None
    ) -> float:
        """A float, such as an attribute, between bounds, or one of the special ones."""
        low, high = smooth if smooth and self.manner.smooth else (low, high)
        return float(self.elements((), low, high, *self._kept(special, low, high)))

    def tensor(
        self,
        shape: Sequence[int],
        low: float,
        high: float,
        *special: float,
        smooth: tuple[float, float] | None = None,
        kinks: Sequence[Any] = (),
        settled: bool = True,
        gradient: bool = True,
        constant: bool = False,
    ) -> Tensor:
        """A tensor of the `dtype`.

        Parameters
        ----------
        shape : of sizes, or of numbers
        low, high, special : bounds, and numbers that come often, within them or not
        smooth : bounds where derivatives are taken; else at most from -3 to 3
        kinks : numbers, or arrays, at which the function is not smooth
        settled : whether it is certain which side of a kink the kink itself belongs to
        gradient : whether a gradient may be wanted
        constant : whether only the definition has a gradient of it
        """
        if self.manner.smooth:
            low, high = smooth or (max(low, -3.0), min(high, 3.0))
        values = self.elements(shape, low, high, *self._kept(special, low, high))
        if kinks:
            values = self._with_kinks(values, kinks, settled)
        values = np.asarray(values, self.dtype.numpy)
        if constant and not self.manner.smooth:
            gradient = False
        made = self._made(values, shape, gradient and self.choice((True, True, False)))
        if constant:
            self.constants.append(made)
        return made

    def integers(self, shape: Sequence[int], low: int, high: int, *special: int) -> Tensor:
        """A tensor of int64, such as classes."""
        return self._made(self.whole(shape, low, high, *special), shape, False)

    def mask(self, shape: Sequence[int]) -> Tensor:
        """A tensor of zeros and ones."""
        return self._made(self.whole(shape, 0, 1).astype(self.dtype.numpy), shape, False)

    def optional(self, make: Callable[..., T], *arguments: Any, **options: Any) -> T | None:
        """None, or what a method gives for the arguments."""
        return make(*arguments, **options) if self.choice((False, True)) else None

    def scale(self) -> float | None:
        """What a loss is given for a reduction: None for none, else what the sum is times."""
        return self.optional(self.number, 0.1, 1.0, 1.0)

    def _kept(self, special: Sequence[float], low: float, high: float) -> list[float]:
        if self.manner.special and not self.manner.smooth:
            return list(special)
        return [each for each in special if low <= each <= high]

    def _with_kinks(self, values: Array, kinks: Sequence[Any], settled: bool) -> Array:
        """Some numbers at kinks, if they may be there, and the others away from them."""
        gap = GAP if self.manner.smooth else 0.0 if settled else ROUNDED
        values = np.array(values, np.float64)
        for _ in range(8 if gap else 0):
            for kink in kinks:
                with np.errstate(invalid="ignore"):
                    near = np.abs(values - kink) < gap
                values = np.where(near, kink + 1.5 * gap, values)
        if settled and self.manner.at_kinks:
            which = self.whole(values.shape, 0, 2 * len(kinks))
            for number, kink in enumerate(kinks):
                values = np.where(which == number + len(kinks) + 1, kink, values)
        return values

    def _made(self, values: Array, shape: Sequence[int], wanted: bool) -> Tensor:
        made = tensor_of(laid_out(values, self.choice(self.manner.layouts)), requires_grad=wanted)
        self.shapes.append((made, tuple(shape)))
        return made
