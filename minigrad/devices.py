"""Where is a tensor? On the CPU: other devices are refused, by name."""

from __future__ import annotations

import re
from typing import Any

NAMES_OF_CPU = re.compile(r"cpu(:\d+)?")


class device:  # noqa: N801 (the name is PyTorch's)
    """The place where a tensor's elements are; `device("cpu")` is the only one.

    >>> import minigrad as torch
    >>> torch.device("cpu")
    device(type='cpu')
    """

    __slots__ = ("index", "type")

    def __init__(self, type: str | device = "cpu", index: int | None = None) -> None:
        require_cpu(type, "device")
        name, _, number = str(type).partition(":")
        self.type = name
        self.index = int(number) if number else index

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self) == other
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type={self.type!r}{index})"


def require_cpu(value: Any, function: str) -> None:
    """Raise unless a device is left out or is the CPU."""
    if value is None or isinstance(value, device):
        return
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise TypeError(
            f"{function}(): argument 'device' must be minigrad.device, not {type(value).__name__}"
        )
    if not (isinstance(value, str) and NAMES_OF_CPU.fullmatch(value)):
        raise RuntimeError(f"minigrad has only the device 'cpu', got {value!r}")


CPU = device("cpu")
