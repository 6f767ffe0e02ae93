"""On what machine, with which versions, was something measured?"""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "numba", "torch", "jax")
VECTORS = {"avx512f": "AVX-512", "avx2": "AVX2", "asimd": "NEON"}  # widest first


def describe(threads: int) -> dict[str, Any]:
    """The processor, its cores, the threads everybody is given, and versions."""
    return {
        "processor": processor(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "versions": {name: installed(name) for name in PACKAGES},
        "threads": threads,
    }


def processor(listing: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name, with what tells apart processors that share a name."""
    try:
        text = listing.read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    first: dict[str, str] = {}
    for line in text.split("\n\n", 1)[0].splitlines():
        key, _, value = line.partition(":")
        first[key.strip()] = value.strip()
    parts = [first.get("model name") or platform.processor() or platform.machine()]
    for key, name in (("cpu family", "family"), ("model", "model")):
        if first.get(key):
            parts.append(f"{name} {first[key]}")
    flags = (first.get("flags") or first.get("Features") or "").split()
    parts += [name for flag, name in VECTORS.items() if flag in flags][:1]
    return ", ".join(parts)


def cores() -> int:
    """How many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def installed(name: str) -> str | None:
    """The version of a package, None if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
