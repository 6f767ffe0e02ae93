"""Parity with PyTorch: every fused operation held against the mathematics, beside PyTorch.

`python -m compare` prints the verdicts, with `--trajectories` those of whole trainings, and with
`--mutate` whether it finds the faults that it plants itself; `python -m compare --help` says what
can be chosen. `check` holds an operation of your own against PyTorch.
"""

from typing import Any

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    """Import PyTorch and Hypothesis only when they are asked for."""
    if name == "check":
        from .checking.check import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
