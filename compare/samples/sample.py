"""What is one input by which PyTorch tests itself, and how is it told in a line?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import torch


class Subject(Protocol):
    """What an input is for, in either library."""

    name: str
    form: str
    compiles: ClassVar[bool]  # whether a compiled step may be held against an eager one

    def run(
        self, library: Any, arguments: list[Any], keywords: Mapping[str, Any]
    ) -> tuple[Any, list[Any]]:
        """What it gives, and the parameters that it has made."""


@dataclass(frozen=True)
class Sample:
    """PyTorch's arguments for a subject, as PyTorch's tensors."""

    subject: Subject
    dtype: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]

    def __str__(self) -> str:
        told = [shown(each) for each in self.arguments]
        told += [f"{name}={shown(value)}" for name, value in self.keywords.items()]
        return f"{self.subject.name}({', '.join(told)}), {self.subject.form}, {self.dtype}"


def shown(value: Any) -> str:
    """An argument, a tensor by its dtype, shape and unusual strides."""
    if isinstance(value, torch.Tensor):
        strides = "" if value.is_contiguous() else f" by {value.stride()}"
        return f"{str(value.dtype).removeprefix('torch.')}{list(value.shape)}{strides}"
    if isinstance(value, tuple | list):
        told = ", ".join(map(shown, value))
        return f"[{told}]" if isinstance(value, list) else f"({told})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(each)}" for key, each in value.items()) + "}"
    return repr(value)


def tensors_in(value: Any, kind: type) -> Iterator[Any]:
    """The tensors in an argument or a result, in order."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from tensors_in(each, kind)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from tensors_in(each, kind)
