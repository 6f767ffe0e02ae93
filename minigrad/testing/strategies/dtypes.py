"""Which types of elements?"""

from __future__ import annotations

from hypothesis import strategies as st

from ... import dtypes as all_of_them
from ...dtypes import dtype


def dtypes(*, floating: bool | None = None) -> st.SearchStrategy[dtype]:
    """minigrad's dtypes, float32 first.

    Parameters
    ----------
    floating : True for those that gradients have, False for the others, None for all

    Examples
    --------
    >>> from hypothesis import find
    >>> from minigrad.testing.strategies import dtypes
    >>> find(dtypes(), lambda dtype: True), find(dtypes(floating=False), lambda dtype: True)
    (minigrad.float32, minigrad.int64)
    """
    wanted = [each for each in all_of_them.ALL if floating in (None, each.is_floating_point)]
    return st.sampled_from(wanted)
