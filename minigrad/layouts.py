"""Names for how elements lie in memory: constants that arguments and `x.layout` are made of."""

from __future__ import annotations


class _Constant:
    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"minigrad.{self.name}"

    def __reduce__(self) -> str:
        return self.name  # a constant of this module, the same one after pickling


class layout(_Constant):  # noqa: N801 (the name is PyTorch's)
    """How elements are kept: `strided` is the only way here.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.zeros(2).layout
    minigrad.strided
    """

    __slots__ = ()


class memory_format(_Constant):  # noqa: N801 (the name is PyTorch's)
    """In which order axes lie: as in another tensor, or the last one closest together.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.zeros(2, 3).t()
    >>> x.clone().stride(), x.clone(memory_format=torch.contiguous_format).stride()
    ((1, 3), (2, 1))
    """

    __slots__ = ()


strided = layout("strided")
preserve_format = memory_format("preserve_format")
contiguous_format = memory_format("contiguous_format")
