"""Calls that are not replayed, and why."""

from __future__ import annotations

from ..launch import Array
from ..tensor import Tensor
from .guards import Reached
from .signature import Signature


class Declined:
    """A way of calling the step that is not replayed, and why."""

    verified = 0

    def __init__(self, reached: Reached, signature: Signature, reason: str) -> None:
        self.reached = reached
        self.signature = signature
        self.reason = reason

    def bind(self, tensors: list[Tensor], signature: Signature) -> tuple[Array, ...] | None:
        return () if signature == self.signature and self.reached.unchanged() else None

    def __repr__(self) -> str:
        return f"runs eagerly: {self.reason}"


class PassingError(Exception):
    """A reason not to replay a recording, which may be gone at the next call."""
