"""Norms: PyTorch's for every p, with gradient 0 where the norm is 0."""

from hypothesis import assume, given, strategies as st

from .agreement import check, operands
from .dimensions import DIMS, has_two_faults


@given(
    x=operands(),
    p=st.sampled_from([0, 1, 2, 3, 0.5, 1.5, -1, float("inf"), -float("inf"), "fro", None]),
    dim=DIMS,
    keepdim=st.booleans(),
)
def test_norms(x, p, dim, keepdim):
    assume(not has_two_faults(x.values, dim))
    named = dim if isinstance(dim, tuple) else () if dim is None else (dim,)
    reach = max(x.values.ndim, 1)
    # Of an empty dimension and one that is not there PyTorch tells which it meets first.
    assume(x.values.size or all(-reach <= each < reach for each in named))
    check(lambda torch, x: torch.norm(x, p, dim, keepdim), x)
    check(lambda torch, x: x.norm(p=p, dim=dim, keepdim=keepdim), x)
