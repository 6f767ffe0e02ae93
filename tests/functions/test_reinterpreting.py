"""The same memory read as another dtype: PyTorch's places, versions and refusals."""

import pytest
from hypothesis import assume, given, strategies as st

import minigrad

from .moving import plain, shared

DTYPES = st.sampled_from(["float32", "float64", "int64", "bool"])
CUT = st.sampled_from([
    lambda x: x, lambda x: x.t(), lambda x: x[-1:], lambda x: x[..., -1:], lambda x: x[..., ::2],
    lambda x: x[None].expand(2, *x.shape), lambda x: x.permute(*range(x.ndim)[::-1]),
])  # fmt: skip


@given(x=plain(), cut=CUT, dtype=DTYPES)
def test_memory_as_another_dtype(x, cut, dtype):
    assume(x.values.size)  # of nothing PyTorch has NumPy's strides, which are 0
    shared(lambda torch, x: cut(x).view(getattr(torch, dtype)), x)
    shared(lambda torch, x: torch.cat([x, x], -1).view(dtype=getattr(torch, dtype)), x)


def test_changes_are_seen_and_counted(torch):
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    y = x * 1
    bits = y.view(torch.int64)
    assert bits.tolist() == [0x3FF0000000000000, 0x4000000000000000] and bits.is_leaf
    squares = y * y
    bits[0] = 0
    assert y.tolist() == [0.0, 2.0] and y._version == bits._version == 1
    with pytest.raises(RuntimeError, match="has been modified by an inplace operation"):
        squares.sum().backward()


def test_it_has_no_gradient(torch):
    x = torch.ones(2, requires_grad=True)
    for dtype in (torch.float32, torch.float64, float, int):
        seen = x.view(dtype)
        assert not seen.requires_grad and seen.grad_fn is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (
            lambda t: t.tensor(1.0).view(t.float64),
            "self.dim() cannot be 0 to view Float as Double",
        ),
        (
            lambda t: t.ones(3).view(t.float64),
            "self.size(-1) must be divisible by 2 to view Float",
        ),
        (lambda t: t.ones(2, 2).t().view(t.int64), "self.stride(-1) must be 1 to view Float as L"),
        (lambda t: t.ones(5)[1:].view(t.int64), "self.storage_offset() must be divisible by 2 to"),
        (lambda t: t.ones(2, 3)[:, :2].view(t.int64), "self.stride(0) must be divisible by 2 to "),
    ],
)
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(f"RuntimeError: {error}")


def test_there_is_a_dtype_or_a_size(torch):
    x = torch.arange(6)
    for first, named in [(torch.float64, {"size": (6,)}), ((6,), {"dtype": torch.float64})]:
        with pytest.raises(TypeError):
            x.view(first, **named)


def test_a_recorded_step_reads_memory_so_as_well():
    def step(x):
        bits = (x * 2).view(minigrad.int64)
        return bits + 1, x.view(minigrad.float32) * 1

    compiled = minigrad.compile(step)
    for value in range(1, 5):
        x = minigrad.full((2,), float(value), dtype=minigrad.float64)
        for found, expected in zip(compiled(x), step(x), strict=True):
            assert minigrad.equal(found, expected)
    assert compiled.program is not None
