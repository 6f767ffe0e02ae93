"""How long do the first two calls of a compiled step take, and an eager one before them?"""

from __future__ import annotations

from itertools import cycle, islice
from time import perf_counter
from typing import Any

from .module_step import batches_of, make_step
from .numbers import draw
from .workloads import STEP

EAGER_STEPS = 50


def time_first_calls(library: Any, times: int) -> dict[str, Any]:
    """Seconds with so many new networks each, whose kernels are loaded."""
    pairs = batches_of(library, draw(STEP))
    found: dict[str, list[float]] = {"eager": [], "first": [], "second": []}
    for _ in range(times):
        eager = make_step(library, STEP, compiled=False)
        compiled = make_step(library, STEP, compiled=True)
        batches = cycle(pairs)
        start = perf_counter()
        for x, y in islice(batches, EAGER_STEPS):
            eager(x, y)
        found["eager"].append((perf_counter() - start) / EAGER_STEPS)
        for name in ("first", "second"):
            x, y = next(batches)
            start = perf_counter()
            compiled(x, y)
            found[name].append(perf_counter() - start)
    return found
