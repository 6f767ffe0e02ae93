"""With how many threads is everything measured, and who says so to whom?"""

from __future__ import annotations

import os
from time import monotonic, process_time, sleep
from typing import Any

THREADS = 2
# The last two are what XLA reads, which has no function for it.
SETTINGS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "NPROC",
    "PJRT_NPROC",
)


def environment(threads: int) -> dict[str, str]:
    """The environment of a process that is to have so many threads."""
    return {**os.environ, **dict.fromkeys(SETTINGS, str(threads))}


def is_pinned(threads: int) -> bool:
    """Whether this process was started with that environment."""
    return all(os.environ.get(name) == str(threads) for name in SETTINGS)


def pin(library: Any, threads: int) -> None:
    """Tell a library that has a function for it."""
    if hasattr(library, "set_num_threads"):
        library.set_num_threads(threads)


def reported(library: Any) -> dict[str, Any]:
    """What a library and its process say of their threads."""
    found: dict[str, Any] = {name: os.environ[name] for name in SETTINGS if name in os.environ}
    if hasattr(library, "get_num_threads"):
        found["get_num_threads"] = library.get_num_threads()
    return found


def fall_silent(patience: float = 2.0) -> None:
    """Wait until the threads of this process sleep, for so many seconds at most.

    Those of OpenBLAS go on looking for work for a while after their last, on processors that
    belong to whoever is measured next.
    """
    end = monotonic() + patience
    while monotonic() < end:
        used = process_time()
        sleep(0.01)
        if process_time() - used < 0.001:
            return
