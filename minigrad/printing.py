"""How is a tensor written as text?

As PyTorch writes it with the same options (`print_options`). Every element of a tensor gets the
same style and width, chosen from the elements that will be shown; a tensor of more elements than
the threshold, 1000 unless set, shows three at each end of each dimension.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from .dtypes import bool as bool_dtype, get_default_dtype, int64
from .print_options import options

if TYPE_CHECKING:
    from .tensor import Tensor

Array: TypeAlias = "np.ndarray[Any, Any]"

WHOLE = "-.0f"  # the same as ".0f", but not confused with no digits after the point
PLAIN = ""  # integers and booleans, as Python writes them


def tensor_text(tensor: Tensor, *, name: str = "tensor") -> str:
    """The text of `repr(tensor)`.

    Parameters
    ----------
    tensor : Tensor
        What to write.
    name : str
        The word in front of the opening parenthesis. Continued lines are indented to fit.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.tensor([[1.0, 0.5], [-2.0, 100.0]], requires_grad=True)
    tensor([[  1.0000,   0.5000],
            [ -2.0000, 100.0000]], requires_grad=True)
    """
    array = tensor._read("print()")
    opening = f"{name}("
    indent = len(opening)
    if array.size == 0:
        elements = "[]"
    else:
        summarised = array.size > options.threshold
        style = NumberStyle(_edges(array) if summarised else array)
        elements = _elements_text(array, style, indent, summarised)
    return _with_suffixes(opening + elements, _suffixes(tensor, array), indent) + ")"


class NumberStyle:
    """How to write one element, so that all those in `shown` line up."""

    def __init__(self, shown: Array) -> None:
        measured = shown.ravel()
        self.specification = PLAIN
        if shown.dtype.kind == "f":
            # Zeros and non-finite values decide nothing: -0. and nan may stick out of a column.
            measured = measured[np.isfinite(measured) & (measured != 0)]
            self.specification = _float_specification(measured)
        self.width = 1
        self.width = max((len(self.text(value)) for value in measured.tolist()), default=1)

    def text(self, value: bool | int | float) -> str:
        written = f"{value:{self.specification}}"
        if self.specification == WHOLE and math.isfinite(value):
            written += "."  # tells 2. from the integer 2
        return written.rjust(self.width)


def _float_specification(measured: Array) -> str:
    """The format for floating-point elements, from those that are finite and not zero."""
    if measured.size == 0:
        return WHOLE
    magnitudes = np.abs(measured)
    smallest, largest = float(magnitudes.min()), float(magnitudes.max())
    scientific = options.sci_mode
    if scientific is None:
        scientific = largest / smallest > 1000 or largest > 1e8 or smallest < 1e-4
    if scientific:
        return f".{options.precision}e"
    return WHOLE if (measured == np.ceil(measured)).all() else f".{options.precision}f"


def _edges(array: Array) -> Array:
    """The elements that a summary shows."""
    items = options.edgeitems
    ends = [*range(items), *range(-items, 0)]
    shown = [ends if size > 2 * items else [*range(size)] for size in array.shape]
    return array[np.ix_(*(np.array(each, np.int64) for each in shown))]


def _elements_text(array: Array, style: NumberStyle, indent: int, summarised: bool) -> str:
    """The elements in nested brackets, the first of which stands in column `indent`."""
    if array.ndim == 0:
        return style.text(array.item())
    head, tail = array, array[:0]
    items = options.edgeitems
    shortened = summarised and len(array) > 2 * items
    if shortened:
        head, tail = array[:items], array[len(array) - items :]
    if array.ndim == 1:
        texts = [style.text(value) for value in head.tolist()]
        texts += [" ..." if items else "..."] if shortened else []
        texts += [style.text(value) for value in tail.tolist()]
        return f"[{_rows(texts, style.width, indent)}]"
    blocks = [_elements_text(block, style, indent + 1, summarised) for block in head]
    blocks += ["..."] if shortened else []
    blocks += [_elements_text(block, style, indent + 1, summarised) for block in tail]
    line_breaks = "\n" * (array.ndim - 1)  # matrices stand a blank line apart, and so on
    return f"[{(',' + line_breaks + ' ' * (indent + 1)).join(blocks)}]"


def _rows(texts: list[str], width: int, indent: int) -> str:
    """The elements of a vector, as many to a line as fit."""
    per_row = max(1, (options.linewidth - indent) // (width + 2))
    rows = [", ".join(texts[first : first + per_row]) for first in range(0, len(texts), per_row)]
    return f",\n{' ' * (indent + 1)}".join(rows)


def _suffixes(tensor: Tensor, array: Array) -> list[str]:
    """What follows the elements: all that they do not tell by themselves."""
    suffixes = []
    if (array.ndim != 1) if array.size == 0 else not options.edgeitems:
        suffixes.append(f"size={tuple(array.shape)}")
    dtype = tensor.dtype
    implied = (get_default_dtype(), *(() if array.size == 0 else (int64, bool_dtype)))
    if dtype not in implied:
        suffixes.append(f"dtype={dtype}")
    maker = _maker(tensor)
    if maker is not None:
        suffixes.append(f"grad_fn=<{maker}>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    return suffixes


def _maker(tensor: Tensor) -> str | None:
    """The name of the node that made a tensor; a view's may have become unknown."""
    try:
        return None if tensor.grad_fn is None else tensor.grad_fn.name().rpartition("::")[2]
    except RuntimeError:
        return "Invalid"


def _with_suffixes(text: str, suffixes: list[str], indent: int) -> str:
    """Append each suffix to the last line, or on a new line where it does not fit.

    Lines break where PyTorch's break. So the last line of elements counts two columns more than
    it has, and the name of the package no more than the name `torch`.
    """
    used = len(text) - (text.rfind("\n") + 1) + 2
    for suffix in suffixes:
        length = len(suffix.replace("minigrad.", "torch."))
        if used + 2 + length > options.linewidth:
            text += ",\n" + " " * indent + suffix
            used = indent + length
        else:
            text += ", " + suffix
            used += 2 + length
    return text
