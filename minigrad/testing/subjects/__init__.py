"""What the checker asks of a function, whatever it is written in.

A subject has values, which differences are taken of, and products of cotangents with its
Jacobian, which are to be judged. There is one for tensors, minigrad's or PyTorch's, and one for
NumPy functions that come with a gradient written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ...tensor import Array


class Subject(Protocol):
    """A function at a point."""

    names: Sequence[str]  # of what it is differentiated by
    takes_complex: bool

    def point(self) -> list[Array]:
        """Where the inputs are, each in its dtype."""
        ...

    def output_names(self) -> Sequence[str]:
        """What the outputs are called, those that have a derivative."""
        ...

    def moving(self) -> AbstractContextManager[object]:
        """While it lasts, the inputs may be moved; afterwards they are where they were."""
        ...

    def move(self, point: Sequence[Array]) -> None:
        """Have the inputs there."""
        ...

    def values(self) -> list[Array]:
        """The outputs."""
        ...

    def products(self, cotangents: Sequence[Array]) -> list[Array]:
        """For each input vᵀJ, by the gradient that is checked."""
        ...

    def restored(self) -> AbstractContextManager[object]:
        """Afterwards all is as it was that calls of the function change beside its inputs."""
        ...

    def widened(self) -> AbstractContextManager[object]:
        """While it lasts, all numbers of float32 are the same ones in float64."""
        ...

    def derivative(self, cotangents: Sequence[Array]) -> Subject:
        """The gradients as a function of the inputs and the cotangents."""
        ...
