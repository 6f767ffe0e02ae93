"""Which shapes, and which of them go together?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from .choices import among

Shape = tuple[int, ...]


@lru_cache
def shapes(
    max_dims: int = 3, max_side: int = 4, *, min_dims: int = 0, min_side: int = 0
) -> st.SearchStrategy[Shape]:
    """Shapes from no dimensions on, with sizes of 0 and 1 among them.

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import shapes
    >>> find(shapes(), lambda shape: len(shape) == 2), find(shapes(min_side=1), len)
    ((0, 0), (1,))
    """
    for name, least, most in (("dims", min_dims, max_dims), ("side", min_side, max_side)):
        if not 0 <= least <= most:
            raise ValueError(
                f"shapes: expected 0 <= min_{name} <= max_{name}, got {least} and {most}"
            )
    return npst.array_shapes(
        min_dims=min_dims, max_dims=max_dims, min_side=min_side, max_side=max_side
    )


@st.composite
def broadcastable_shapes(
    draw: Any, count: int = 2, max_dims: int = 3, max_side: int = 4, *, min_side: int = 0
) -> tuple[Shape, ...]:
    """Several shapes that broadcast to one, each perhaps shorter, perhaps 1 where it is more.

    Examples
    --------
    >>> import numpy as np
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import broadcastable_shapes
    >>> longer, shorter = find(
    ...     broadcastable_shapes(), lambda two: len(two[0]) > len(two[1]) > 0
    ... )
    >>> len(np.broadcast_shapes(longer, shorter)) == len(longer)
    True
    """
    result = draw(shapes(max_dims, max_side, min_side=min_side))
    shorter = _broadcasting_to(result)
    return tuple(draw(shorter) for _ in range(count))


@lru_cache
@st.composite
def _broadcasting_to(draw: Any, result: Shape) -> Shape:
    left_out = draw(st.integers(0, len(result)))
    return tuple(draw(among((side, 1))) for side in result[left_out:])
