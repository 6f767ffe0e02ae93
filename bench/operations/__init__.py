"""What of each fused operation is timed: one file for each, under the operation's name.

A file says in `operands(library, rows)` what the operation works on, and in
`call(library, **operands)` how it is called; gradients flow to operands that require them.
It may say how many products and sums a row takes, forward and back, in `CALCULATED`, if these
and not the memory bound it; and `READS_ALL = False` if it leaves out most of its operands.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def find(name: str) -> ModuleType | None:
    """The file of an operation; None if there is none."""
    module = f"{__name__}.{name}"
    return import_module(module) if find_spec(module) is not None else None
