"""The cases of each operation, in a file of its name."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module, util

from ..case import Operation

# Those that are no fused operations, but more than functions of single numbers.
COMPOSED = ("addcmul", "addcdiv", "lerp", "normalize", "cosine_similarity", "kl_div")


def find(names: Iterable[str]) -> dict[str, Operation | None]:
    """For each name the `OPERATION` in the file of that name, None where there is no such file."""
    found: dict[str, Operation | None] = {}
    for name in names:
        path = f"{__name__}.{name}"
        found[name] = import_module(path).OPERATION if util.find_spec(path) else None
    return found
