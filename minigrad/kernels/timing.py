"""How long does one launch of a kernel take? Shorter than a look at the clock, so many are timed.

They are made by native code, as a replay makes them: a table in which every entry is the same.
"""

from __future__ import annotations

from functools import cache
from time import perf_counter

import numpy as np

from . import machine


class Repeated:
    """So many launches of one kernel on the same operands.

    Parameters
    ----------
    function, slots : the addresses of the compiled kernel and of its packed operands
    times : how often it is launched
    """

    def __init__(self, function: int, slots: int, times: int) -> None:
        self.times = times
        self._functions = np.full(times, function, np.int64)
        self._slots = np.full(times, slots, np.int64)
        addresses = [self._functions.ctypes.data, self._slots.ctypes.data, 0]
        self._tables = np.array(addresses, np.int64)  # what `native.run` reads
        self._address = self._tables.ctypes.data

    def seconds(self) -> float:
        """The mean of one launch, without the call of native code, in one round of all.

        One launch before, which is not timed, brings what it works on to the caches.
        """
        machine.run(self._address, 0, 1)
        start = perf_counter()
        status = machine.run(self._address, 0, self.times)
        taken = perf_counter() - start
        if status:
            raise RuntimeError(f"a kernel gave status {status} when launched again")
        return max(taken - of_a_call(), 0.0) / self.times


@cache
def of_a_call() -> float:
    """The seconds that a call of native code takes which launches nothing."""
    nothing = np.zeros(3, np.int64)
    address = nothing.ctypes.data
    found = []
    for _ in range(1000):
        start = perf_counter()
        machine.run(address, 0, 0)
        found.append(perf_counter() - start)
    return sorted(found)[len(found) // 2]
