"""Names for how elements lie in memory: constants that arguments and `x.layout` are made of."""

from __future__ import annotations


class layout:  # noqa: N801 (the name is PyTorch's)
    """How elements are kept: `strided` is the only way here."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"minigrad.{self.name}"

    def __reduce__(self) -> str:
        return self.name  # a constant of this module, the same one after pickling


class memory_format(layout):  # noqa: N801 (the name is PyTorch's)
    """In which order axes lie: as in another tensor, or the last one closest together."""

    __slots__ = ()


strided = layout("strided")
preserve_format = memory_format("preserve_format")
contiguous_format = memory_format("contiguous_format")
