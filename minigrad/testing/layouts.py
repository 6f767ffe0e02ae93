"""How can an array lie in memory?"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Array

WRITABLE = ("contiguous", "transposed", "every second", "reversed", "unaligned")
LAYOUTS = (*WRITABLE, "read-only", "expanded")


def laid_out(values: Array, layout: str) -> Array:
    """An equal array that lies in memory in one of the `LAYOUTS`.

    Parameters
    ----------
    values : the elements; where they do not repeat along a dimension, "expanded" is read-only
    layout : "contiguous"; "transposed", in Fortran's order; "every second" and "reversed", with
        the strides of slices; "unaligned", at an odd address; "read-only"; "expanded", with a
        stride of 0, which nobody may write to

    Examples
    --------
    >>> import numpy as np
    >>> from minigrad.testing.strategies import laid_out
    >>> laid_out(np.array([[1.0, 2.0], [1.0, 2.0]]), "expanded").strides
    (0, 8)
    """
    if layout not in LAYOUTS:
        raise ValueError(
            f"layout: there is none called {layout!r}; there are {', '.join(map(repr, LAYOUTS))}"
        )
    if layout == "transposed":
        return values.copy(order="F")
    if layout == "every second":
        wide = np.full((*values.shape, 2), 7, values.dtype)
        wide[..., 1] = values
        return wide[..., 1]
    if layout == "reversed":
        backward: tuple[Any, ...] = (..., *[slice(None, None, -1)] * values.ndim)
        return values[backward].copy()[backward]
    if layout == "unaligned":
        memory = np.zeros(values.nbytes + 1, np.uint8)
        odd = memory[1:].view(values.dtype).reshape(values.shape)
        odd[...] = values
        return odd
    kept = values.copy()
    if layout == "contiguous":
        return kept
    kept.flags.writeable = False
    dim = repeated(values) if layout == "expanded" else None
    if dim is None:
        return kept
    return np.broadcast_to(kept.take([0], dim), values.shape)


def repeated(values: Array) -> int | None:
    """The first dimension of several along which nothing changes."""
    for dim, size in enumerate(values.shape):
        if size > 1:
            first = values.take([0], dim)
            same = (values == first) | ((values != values) & (first != first))
            if np.all(same & (np.signbit(values) == np.signbit(first))):
                return dim
    return None


def layout_of(array: Array) -> str:
    """Which of the `LAYOUTS` an array has, as far as its strides say it.

    Examples
    --------
    >>> import numpy as np
    >>> from minigrad.testing.strategies import layout_of
    >>> x = np.zeros((3, 4))
    >>> layout_of(x), layout_of(x.T), layout_of(x[::-1]), layout_of(x[:, ::2])
    ('contiguous', 'transposed', 'reversed', 'every second')
    """
    strides = [step for step, size in zip(array.strides, array.shape, strict=True) if size > 1]
    if not array.flags.aligned:
        return "unaligned"
    if 0 in strides and array.size:
        return "expanded"
    if not array.flags.writeable:
        return "read-only"
    if any(step < 0 for step in strides):
        return "reversed"
    if array.flags.c_contiguous:
        return "contiguous"
    return "transposed" if array.flags.f_contiguous else "every second"
