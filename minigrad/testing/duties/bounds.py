"""Do kernels stay within their arrays, when every index is checked and pages are protected?

In a process of its own, since who reads a protected page is ended. There kernels are compiled with
Numba's bounds checking, and each operand ends where the next page must not be touched, or begins
behind such a page. Which operations are looked at is told by names that the process can import.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

from ...fused import Fused, registry
from ..operations.case import Case
from .duty import Duty

CHILD = f"{__package__.rpartition('.')[0]}.operations.protected"
WRONG = 3  # its exit status where an index is out of bounds, or what is only read is written
SECONDS = 600  # kernels are compiled


class Found(NamedTuple):
    """What came out: how many examples there were, and what is wrong with the last."""

    examples: int
    wrong: str = ""
    example: str = ""


def can_be_imported(operation: Fused, sample: Callable[..., Any]) -> bool:
    """Whether another process finds the operation and its sample by their modules' names."""
    modules = operation.definition.__module__, sample.__module__
    named = registry.get(operation.name) is operation and "." not in sample.__qualname__
    return named and all(name != "__main__" and _is_there(name) for name in modules)


def run(targets: Sequence[tuple[Fused, Callable[..., Any]]], examples: int, seed: int) -> Found:
    """Run operations in the process, so many examples of each."""
    told = [
        (each.definition.__module__, each.name, sample.__module__, sample.__qualname__)
        for each, sample in targets
    ]
    environment = {
        **os.environ,
        "NUMBA_BOUNDSCHECK": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [os.getcwd(), *sys.path])),
    }
    done = subprocess.run(
        [sys.executable, "-m", CHILD, json.dumps(told), str(examples), str(seed)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    shown = done.stdout.splitlines()
    last = shown[-1] if shown else ""
    if done.returncode < 0:
        name = signal.Signals(-done.returncode).name
        return Found(len(shown), f"a kernel reads or writes a protected page: {name}", last)
    if done.returncode == WRONG:
        return Found(len(shown), done.stderr.strip().rpartition("\n")[2], last)
    if done.returncode:
        raise RuntimeError(f"the process for protected pages has failed:\n{done.stderr}")
    return Found(len(shown))


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def check(case: Case) -> None:
    """Examples are not made in this process; see `run`."""
    raise NotImplementedError


DUTY = Duty(
    "bounds",
    "nothing beside operands is touched, nothing but results is written",
    check,
    apart=True,
)
