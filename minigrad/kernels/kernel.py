"""Kernels: functions over arrays that are compiled on first use and started by their address.

A kernel's author writes array code and says by annotations how each operand is seen:

>>> from minigrad.kernels.kernel import Flat, Scalar, kernel
>>> @kernel(writes=("out",))
... def scale(x: Flat, factor: Scalar, out: Flat) -> None:
...     for i in range(x.size):
...         out[i] = factor * x[i]
>>> x, out = np.ones((2, 3), np.float32), np.empty((2, 3), np.float32)
>>> scale(x, 3.0, out)
>>> out[1, 2]
np.float32(3.0)

What runs is `int64 scale(int64* slots)`: slots hold addresses, dimensions and the bits of
scalars. The unpacking between the two is generated (`wrapper`), compiled with the kernel
for each dtype and kept on disk (`kernel_cache`). A kernel allocates nothing and may return a
status: 0, or a number that stands in `errors`, for an exception or for a function that makes one
from the operands.

A kernel that works on each element by itself may say so (`elementwise=True`): its larger calls
are divided among threads (`parts`). One that has threads share its loops (`sharing`) says which
operand tells how large a call is (`shares="x"`).

Every array is C-contiguous, which the caller sees to. The dtype of the first operand is that of
every operand whose annotation names none.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns
from typing import Annotated, Any, NamedTuple, TypeAlias, get_type_hints

import numpy as np

from . import machine, native, parts, threads
from .flops import Flops
from .halves import ByRows
from .inner import inner
from .kernel_cache import load_compiled
from .sharing import SIZE_TO_SHARE
from .wrapper import wrapper


class Operand(NamedTuple):
    """How a kernel sees one operand."""

    ndim: int  # or native.FLAT, or native.SCALAR
    dtype: str | None = None  # None: the first operand's


Array: TypeAlias = np.ndarray[Any, Any]
Error: TypeAlias = Exception | Callable[..., Exception]
Flat: TypeAlias = Annotated[Array, Operand(native.FLAT)]
Vector: TypeAlias = Annotated[Array, Operand(1)]
Matrix: TypeAlias = Annotated[Array, Operand(2)]
VectorOfFloat64: TypeAlias = Annotated[Array, Operand(1, "float64")]
FlatOfFloat32: TypeAlias = Annotated[Array, Operand(native.FLAT, "float32")]
FlatOfBool: TypeAlias = Annotated[Array, Operand(native.FLAT, "bool")]
FlatOfInt64: TypeAlias = Annotated[Array, Operand(native.FLAT, "int64")]
Scalar: TypeAlias = Annotated[float, Operand(native.SCALAR)]
ScalarOfFloat64: TypeAlias = Annotated[float, Operand(native.SCALAR, "float64")]

# error_model: x / 0 is an infinity, as in NumPy. fastmath: only the sign of zero is given up;
# `reassoc` is left to kernels that ask for it, since it ties sums to the machine.
COMPILER_OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": {"nsz"}}

SIZE_TO_DIVIDE = 1 << 16  # elements, from which on even ReLU gains

# The entry of a kernel that was not started yet: it fits no operands, being for a million.
_UNSTARTED = np.array([0, 0, 10**6, 0, 0, 0, 0, native.NEVER, 0], np.int64)


class Kernel:
    """A function over arrays, compiled for each dtype it meets."""

    def __init__(
        self,
        function: Callable[..., int | None],
        writes: Sequence[str],
        errors: Mapping[int, Error],
        flops: Flops | None,
        options: Mapping[str, Any],
        elementwise: bool = False,
        costly: bool = False,
        shares: str | None = None,
        by_rows: ByRows | None = None,
    ) -> None:
        hints = get_type_hints(function, include_extras=True)
        self.parameters = tuple(inspect.signature(function).parameters)
        self.operands = tuple(_described(function, name, hints) for name in self.parameters)
        self.function = function
        self.name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        self.writes = tuple(self.parameters.index(name) for name in writes)
        self.errors = dict(errors)
        self.flops = flops
        self.elementwise = elementwise
        self.by_rows = by_rows
        self.returns_status = hints.get("return") is int
        self.options = {**COMPILER_OPTIONS, **options}
        self._entries: dict[np.dtype[Any], int] = {}
        self.last_entry = _UNSTARTED.ctypes.data
        self._addresses: dict[np.dtype[Any], int] = {}
        self._kept: list[Any] = []
        self.prepared = 0  # when it was last compiled or read back, by perf_counter_ns
        self.packed_words = 0  # how many slots a call needs, and which of them hold addresses
        self.address_words: list[int] = []
        starts: list[int] = []  # of each operand's slots
        for operand in self.operands:
            starts.append(self.packed_words)
            if operand.ndim == native.SCALAR:
                self.packed_words += 1
            else:
                self.address_words.append(self.packed_words)
                self.packed_words += 1 + abs(operand.ndim)
        if elementwise:
            parts.require_divisible(self)
        # The operand that says how large a call is, and from what size on it has several threads.
        self._counting = self.parameters.index(shares) if shares else self.writes[0]
        self._size_word = starts[self._counting] + 1
        self._large = native.NEVER
        if elementwise or shares:
            self._large = SIZE_TO_SHARE if costly or shares else SIZE_TO_DIVIDE

    def __repr__(self) -> str:
        return f"<kernel {self.name}({', '.join(self.parameters)})>"

    def __call__(self, *operands: Any) -> None:
        """Run on these operands, at once."""
        entry = self.last_entry  # mostly right; to look it up by dtype takes 0.03 of 0.5 µs
        status = machine.pack_and_call(entry, id(operands))
        if status:
            self.go_on(entry, status, operands)

    def go_on(self, entry: int, status: int, operands: tuple[Any, ...]) -> None:
        """Start a call of another dtype, or one that is large, or raise what has gone wrong."""
        if status < 0:
            found = self.entry(operands[0].dtype)
            if found != entry:
                self.last_entry = entry = found
                status = machine.pack_and_call(entry, id(operands))
        if status == native.LARGE:
            if self._large == native.NEVER:  # it has a matrix product in it
                threads.let_products_be_divided()
            function = self.address_for(operands)
            status = threads.pack_and_call(entry, operands, self.packed_words, function)
        if status:
            self.fail(status, operands)

    def each(self, calls: tuple[tuple[Array | float, ...], ...]) -> None:
        """Run on each of several tuples of operands: one native call, if they have one dtype."""
        while calls:
            entry = self.entry(calls[0][0].dtype)  # type: ignore[union-attr]
            failed = machine.pack_and_call_each(entry, id(calls), len(calls))
            if not failed:
                return
            self(*calls[failed - 1])  # raises what is wrong, or is large, or has another dtype
            calls = calls[failed:]

    def entry(self, dtype: np.dtype[Any]) -> int:
        """The address of the description that `native.pack` reads."""
        found = self._entries.get(dtype)
        return found if found is not None else self._prepare(dtype)

    def address(self, dtype: np.dtype[Any]) -> int:
        """The address of the compiled `int64 kernel(int64* slots)`."""
        self.entry(dtype)
        return self._addresses[dtype]

    def address_for(self, operands: Sequence[Any]) -> int:
        """The address to call for operands of this size: its own, or that of what divides them.

        In front of their slots must stand the kernel's entry.
        """
        if self._large != native.NEVER and operands[self._counting].size >= self._large:
            started = threads.start()
            if started and self.elementwise:
                return threads.divider()
        return self.address(operands[0].dtype)

    def _prepare(self, dtype: np.dtype[Any]) -> int:
        compiled = self._compile(dtype)
        slots = np.zeros(self.packed_words, np.int64)  # of one eager call at a time
        words = [compiled.address, slots.ctypes.data, len(self.operands)]
        dimensions = abs(self.operands[self._counting].ndim)
        words += [id(np.ndarray), id(float), 8 * self._size_word, dimensions]
        words += [self._large, threads.address()]
        for position, operand in enumerate(self.operands):
            # By its name: the dtype of an array at hand may be equal and yet another object.
            operand_dtype = np.dtype(operand.dtype or dtype.name)
            flags = native.WRITABLE if position in self.writes else native.READABLE
            words += [operand.ndim, id(operand_dtype), flags, operand_dtype.itemsize]
        entry = np.array(words, np.int64)
        self._kept += [entry, slots, compiled]
        self._addresses[dtype] = compiled.address
        self._entries[dtype] = entry.ctypes.data
        self.prepared = perf_counter_ns()
        return self._entries[dtype]

    def _compile(self, dtype: np.dtype[Any]) -> Any:
        body = inner(self.function, **self.options)
        name = f"{self.name.replace('.', '_')}_{dtype.name}"
        source = wrapper(self, name, dtype)
        title = f"{self.name} for {dtype.name}"
        return load_compiled(name, source, {"body": body}, title)

    def fail(self, status: int, operands: Sequence[Any]) -> None:
        """Raise what a status means."""
        if status > 0:
            error = self.errors[status]
            if not isinstance(error, Exception):
                raise error(*operands)
            raise type(error)(*error.args)  # a new one: an exception keeps its traceback
        position = -status - 1
        if position >= len(operands) or len(operands) != len(self.operands):
            raise TypeError(
                f"kernel {self.name}: takes {len(self.operands)} operands "
                f"({', '.join(self.parameters)}), got {len(operands)}"
            )
        operand = operands[position]
        actual = (
            f"an array of shape {operand.shape}, {operand.dtype}, strides {operand.strides}"
            if isinstance(operand, np.ndarray)
            else f"{type(operand).__name__} {operand!r}"
        )
        raise TypeError(
            f"kernel {self.name}: operand '{self.parameters[position]}' is {actual}; expected "
            f"{_wanted(self.operands[position], operands[0].dtype)}"
            f"{', writeable' if position in self.writes else ''}"
        )


def kernel(
    *,
    writes: Sequence[str],
    errors: Mapping[int, Error] | None = None,
    flops: Flops | None = None,
    elementwise: bool = False,
    costly: bool = False,
    shares: str | None = None,
    by_rows: ByRows | None = None,
    **options: Any,
) -> Callable[[Callable[..., int | None]], Kernel]:
    """Declare a kernel: which operands it writes, what its statuses mean, compiler options.

    `flops` says how many floating-point operations it does; see `flops.py` for what counts.
    `elementwise`: what it writes at i depends on no other element of the arrays that are as long
    as the first that it writes. `costly`: an element takes a nanosecond, as with an exponential,
    so that fewer are worth dividing. `shares`: it has loops that threads share, and this operand's
    size says whether they do. `by_rows`: how halves of a batch are done one by one; see `halves`.
    """

    def declare(function: Callable[..., int | None]) -> Kernel:
        return Kernel(
            function, writes, errors or {}, flops, options, elementwise, costly, shares, by_rows
        )

    return declare


def _described(function: Callable[..., Any], name: str, hints: Mapping[str, Any]) -> Operand:
    for annotation in getattr(hints.get(name), "__metadata__", ()):
        if isinstance(annotation, Operand):
            return annotation
    raise TypeError(
        f"kernel {function.__qualname__}: parameter '{name}' must be annotated as Flat, Vector, "
        f"Matrix or Scalar, got {hints.get(name)!r}"
    )


def _wanted(operand: Operand, dtype: np.dtype[Any]) -> str:
    if operand.ndim == native.SCALAR:
        return "a Python float"
    shape = "any shape" if operand.ndim == native.FLAT else f"{operand.ndim} dimensions"
    return f"a C-contiguous, aligned array of {operand.dtype or dtype} with {shape}"
