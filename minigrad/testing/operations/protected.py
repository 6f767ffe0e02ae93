"""What runs in a process of its own, to end there: kernels beside pages that must not be touched.

`python -m minigrad.testing.operations.protected TARGETS EXAMPLES SEED`, with Numba's bounds
checking switched on; prints each example before it is run.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import sys
from importlib import import_module
from typing import Any

import numpy as np

from ... import fused
from ...dtypes import float32, float64
from ...launch import Array
from ..duties.bounds import WRONG
from ..duties.door import at_the_door
from ..duties.margins import MARGIN, Guarded, Guarding
from .case import Case
from .random_draw import RandomDraw
from .sample import Manner

MANNERS = (Manner(), Manner(long=40), Manner(long=40, special=False))
PAGE = mmap.PAGESIZE
NO_ACCESS = 0  # PROT_NONE


class Protecting(Guarding):
    """Runs kernels on copies of their operands that lie between protected pages."""

    def __init__(self, at_the_end: bool) -> None:
        super().__init__({"f": 0.0, "i": 0, "b": False})
        self.at_the_end = at_the_end

    def _guarded(self, array: Array) -> Guarded:
        inner = between_pages(array, self.at_the_end) if array.size else array.reshape(-1)
        margins = np.zeros(2 * MARGIN, array.dtype)  # the pages are watched by the processor
        return Guarded(margins, inner, margins.tobytes())


def between_pages(array: Array, at_the_end: bool) -> Array:
    """A copy, flat, that begins behind a page without access, or ends before one."""
    inside = -(-array.nbytes // PAGE) * PAGE
    memory = mmap.mmap(-1, inside + 2 * PAGE)
    begin = PAGE + (inside - array.nbytes if at_the_end else 0)
    inner: Array = np.frombuffer(memory, array.dtype, array.size, begin)
    inner[...] = array.reshape(-1)
    first = inner.ctypes.data - begin
    if sys.platform == "win32":  # which has another name for it: indices alone are checked
        return inner
    library = ctypes.CDLL(None, use_errno=True)
    for page in (first, first + PAGE + inside):
        if library.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(PAGE), NO_ACCESS):
            raise OSError(ctypes.get_errno(), "mprotect")
    return inner


def main(targets: str, examples: str, seed: str) -> int:
    """The exit status is `WRONG` where a kernel does what it must not; the last line says what."""
    wrong: list[Any] = []
    sys.unraisablehook = wrong.append  # where errors in compiled functions end up
    for module, name, sample_module, sample in json.loads(targets):
        import_module(module)
        operation = fused.registry[name]
        declared = getattr(import_module(sample_module), sample)
        for number in range(int(examples)):
            of = (float32, float64)[number % 2]
            draw = RandomDraw(int(seed) + number, of, MANNERS[number % len(MANNERS)])
            case = Case(operation, draw, declared(draw))
            print(repr(case), flush=True)
            for at_the_end in (True, False):
                try:
                    with at_the_door(Protecting(at_the_end)):
                        case.results()
                except AssertionError as error:  # it writes what it only reads
                    print(f"{error}, in a kernel of {name}", file=sys.stderr)
                    return WRONG
            if wrong:
                print(f"IndexError: {wrong[0].exc_value}, in a kernel of {name}", file=sys.stderr)
                return WRONG
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
