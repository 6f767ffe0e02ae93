"""How much memory has this process had at most?"""

from __future__ import annotations

import sys
from pathlib import Path


def peak(status: Path = Path("/proc/self/status")) -> int:
    """Bytes in memory at the most since this process began.

    Linux hands `ru_maxrss` of the process that starts another on to it, so that a small process
    seems as large as its parent was; the high-water mark in its status is its own.
    """
    try:
        lines = status.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    import resource  # not everywhere; where there is a status it is not needed

    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found * 1024
