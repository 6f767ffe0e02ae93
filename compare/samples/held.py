"""Which functions, modules and optimisers have inputs, and what comes of all of them?"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator

from ..sides import one_thread
from . import functions, modules, optimisers
from .holding import Outcome, hold

KINDS = functions, modules, optimisers


def names() -> list[str]:
    """What has inputs: all that both libraries have."""
    return [name for kind in KINDS for name in kind.names()]


def hold_all(wanted: Iterable[str]) -> Iterator[Outcome]:
    """Every input of what is wanted, in both libraries."""
    chosen = set(wanted)
    with one_thread(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is deprecated in PyTorch: its inputs use it
        for kind in KINDS:
            for name in kind.names():
                if name in chosen:
                    yield from map(hold, kind.samples(name))
