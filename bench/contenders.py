"""Who is timed beside whom?"""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple


class Contender(NamedTuple):
    """A library and how its step runs."""

    name: str  # on the command line
    label: str  # in tables
    library: str
    compiled: bool


TORCH = Contender("torch", "PyTorch eager", "torch", False)
TORCH_COMPILED = Contender("torch.compile", "torch.compile", "torch", True)
EAGER = Contender("minigrad", "minigrad eager", "minigrad", False)
COMPILED = Contender("minigrad.compile", "minigrad compiled", "minigrad", True)
JAX = Contender("jax.jit", "JAX jit", "jax", True)
CONTENDERS = (TORCH, TORCH_COMPILED, EAGER, COMPILED, JAX)


def is_installed(contender: Contender) -> bool:
    """Whether its library can be imported here."""
    return find_spec(contender.library) is not None


def reference() -> Contender:
    """Whose results the others must have: PyTorch's, and minigrad's own where there is none."""
    return TORCH if is_installed(TORCH) else EAGER


def named(name: str) -> Contender:
    """The contender of that name."""
    return next(each for each in CONTENDERS if each.name == name)
