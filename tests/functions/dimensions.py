"""Dimensions to reduce over, and calls with them as function and as method."""

from hypothesis import assume, strategies as st

from .agreement import check

DIM = st.integers(-4, 3)
DIMS = DIM | st.none() | st.lists(st.integers(-3, 2), max_size=3).map(tuple)


@st.composite
def options(draw, dims):
    """Keyword arguments: a dimension or none, and keepdim or nothing."""
    chosen = {}
    if draw(st.integers(0, 3)):
        chosen["dim"] = draw(dims)
    if draw(st.booleans()):
        chosen["keepdim"] = not chosen or draw(st.booleans())
    return chosen


def has_two_faults(x, dim):
    """Whether dimensions are out of range and named twice: PyTorch tells now this, now that."""
    named = dim if isinstance(dim, tuple) else ()
    inside = [each % max(x.ndim, 1) for each in named if -max(x.ndim, 1) <= each < max(x.ndim, 1)]
    return len(set(inside)) < len(inside) < len(named)


def both_ways(name, x, orders=1, **arguments):
    assume(not has_two_faults(x.values, arguments.get("dim")))
    check(lambda torch, x: getattr(torch, name)(x, **arguments), x, orders=orders)
    check(lambda torch, x: getattr(x, name)(**arguments), x, orders=orders)
