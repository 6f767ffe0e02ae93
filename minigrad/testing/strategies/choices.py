"""Strategies that are made once: to make and check one takes longer than to draw from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

T = TypeVar("T")
PLAIN = {bool, int, float, str, type(None)}


def among(values: Sequence[T]) -> st.SearchStrategy[T]:
    """`sampled_from`; of plain values the same one each time.

    Examples
    --------
    >>> from minigrad.testing.strategies.choices import among
    >>> among([1, 2]) is among((1, 2))
    True
    >>> among([0, 1]) is among([False, True]), among([0.0]) is among([-0.0])
    (False, False)
    """
    if PLAIN.issuperset(map(type, values)):
        kept = tuple(values)
        return _among(kept, repr(kept))
    return st.sampled_from(values)


@lru_cache(1024)
def _among(values: tuple[Any, ...], told: str) -> st.SearchStrategy[Any]:
    """`told` tells apart what is equal: 0, False, 0.0 and -0.0."""
    return st.sampled_from(values)


@lru_cache(1024)
def either(one: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What one of two strategies gives."""
    return one | other


@lru_cache(1024)
def arrays(
    of: np.dtype[Any], shape: tuple[int, ...], elements: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Arrays of a dtype and a shape."""
    return npst.arrays(of, shape, elements=elements)
