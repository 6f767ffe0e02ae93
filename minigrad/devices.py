"""Where is a tensor? On the CPU: other devices have names, and no tensors."""

from __future__ import annotations

import re
from typing import Any

KINDS = (
    "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, "
    "mps, meta, hpu, mtia, privateuseone"
)
FORM = re.compile(r"(\w+)(?::(0|[1-9]\d*))?")


class device:  # noqa: N801 (the name is PyTorch's)
    """The place where a tensor's elements are; tensors can only be on `device("cpu")`.

    Parameters
    ----------
    type : str or device
        "cpu", or another of the names that PyTorch knows, with an index after a colon or without.
    index : int, optional
        Which of the devices of that type.

    Raises
    ------
    RuntimeError
        If there is no such name.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.device("cpu")
    device(type='cpu')
    >>> torch.ones(2, device=torch.device("mps"))
    Traceback (most recent call last):
      ...
    RuntimeError: ones(): minigrad has only the device 'cpu', got 'mps'
    """

    __slots__ = ("index", "type")

    type: str
    index: int | None

    def __init__(self, type: str | device, index: int | None = None) -> None:
        if isinstance(type, int) and not isinstance(type, bool):
            raise RuntimeError(f"minigrad has only the device 'cpu', got {type!r}")
        if isinstance(type, device) and index is None:
            self.type, self.index = type.type, type.index
            return
        if not isinstance(type, str):
            raise TypeError(f"device(): argument 'type' must be str, not {_name(type)}")
        kind, written = _parts(type)
        if index is not None and written is not None:
            raise RuntimeError(
                "type (string) must not include an index because index was passed explicitly: "
                f"{type}"
            )
        if index is not None and not isinstance(index, int):
            raise TypeError(f"device(): argument 'index' must be int, not {_name(index)}")
        if index is not None and index < 0:
            raise RuntimeError("Device index must not be negative")
        self.type, self.index = kind, written if index is None else index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type={self.type!r}{index})"


def _name(value: object) -> str:
    return type(value).__name__


def _parts(text: str) -> tuple[str, int | None]:
    """The type and the index that are written in a device's name."""
    if not text:
        raise RuntimeError("Device string must not be empty")
    kind, _, _ = text.partition(":")
    if kind not in KINDS.split(", "):
        raise RuntimeError(
            f"Expected one of {KINDS} device type at start of device string: {text}"
        )
    found = FORM.fullmatch(text)
    if found is None:
        raise RuntimeError(f"Invalid device string: '{text}'")
    return kind, None if found[2] is None else int(found[2])


def require_cpu(value: Any, function: str) -> None:
    """Raise unless a device is left out or is the CPU."""
    if value is None or value is CPU:
        return
    if not isinstance(value, (str, int, device)) or isinstance(value, bool):
        raise TypeError(
            f"{function}(): argument 'device' must be minigrad.device, not {_name(value)}"
        )
    chosen = None if isinstance(value, int) else device(value)
    if chosen is None or chosen.type != "cpu":
        # PyTorch without CUDA says so by an assertion.
        kind = AssertionError if chosen is not None and chosen.type == "cuda" else RuntimeError
        shown = value if chosen is None else str(chosen)
        raise kind(f"{function}(): minigrad has only the device 'cpu', got {shown!r}")


CPU = device("cpu")
