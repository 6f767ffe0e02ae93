"""Evenly spaced numbers: how many, which dtype, and the bits that PyTorch gives."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import minigrad

FLOATS = st.floats(-1e6, 1e6)
DTYPES = st.sampled_from(["float32", "float64", "int64"])


def test_arange(torch):
    assert torch.arange(3).tolist() == torch.arange(end=3).tolist() == [0, 1, 2]
    assert torch.arange(1, 2, 0.25).tolist() == [1.0, 1.25, 1.5, 1.75]
    assert torch.arange(5, 1, -2).tolist() == [5, 3]
    assert torch.arange(1, end=10, step=4).tolist() == [1, 5, 9]
    assert torch.arange(2**62, 2**62 + 2).tolist() == [2**62, 2**62 + 1]
    assert torch.arange(np.float32(2)).dtype == torch.arange(torch.tensor(2.0)).dtype
    assert torch.arange(np.int64(2)).dtype == torch.arange(True).dtype == torch.int64
    assert torch.arange(np.bool_(True)).dtype == torch.float32
    assert torch.arange(3, dtype=torch.float64).dtype == torch.float64
    assert torch.arange(0.5, 5.5, 2, dtype=torch.int64).tolist() == [0, 2, 4]
    assert torch.arange(2.0, requires_grad=True).requires_grad


def test_linspace(torch):
    assert torch.linspace(0, 1, 5).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert torch.linspace(3, 1, steps=1).tolist() == [3.0]
    assert torch.linspace(0, 10, 4, dtype=torch.int64).tolist() == [0, 3, 6, 10]
    assert torch.linspace(torch.tensor(0.0), 1, 0).shape == (0,)
    end = torch.tensor(2.0, requires_grad=True)
    assert not torch.linspace(1, end, torch.tensor(3)).requires_grad


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda t: t.arange(0, 1, 0), "RuntimeError: step must be nonzero"),
        (lambda t: t.arange(1, 0), "RuntimeError: upper bound and lower bound inconsistent wi"),
        (lambda t: t.arange(float("inf")), "RuntimeError: unsupported range: 0 -> inf"),
        (lambda t: t.arange(1e30), "RuntimeError: invalid size, possible overflow?"),
        (lambda t: t.arange(0, 1, float("nan")), "RuntimeError: step must be nonzero"),
        (lambda t: t.arange(0.5, 9, 0.5, dtype=t.int64), "ValueError: step must be nonzero"),
        (lambda t: t.arange(0.3, 0.1, dtype=t.int64), "RuntimeError: upper bound and lower bo"),
        (lambda t: t.arange(2**63), "RuntimeError: value cannot be converted to type int64_t"),
        (lambda t: t.arange(2**64), "OverflowError: int too big to convert"),
        (lambda t: t.arange(t.ones((), requires_grad=True)), "TypeError: arange(): argument"),
        (lambda t: t.arange("a"), "TypeError: arange(): argument 'end' (position 1) must be N"),
        (lambda t: t.arange(start=1), 'TypeError: arange() missing 1 required positional argu'),
        (lambda t: t.arange(3, step=2), "TypeError: arange()"),
        (lambda t: t.arange(2, dtype=t.bool), "NotImplementedError: \"arange_cpu\" not implem"),
        (lambda t: t.linspace(0, 1, -1), "RuntimeError: number of steps must be non-negative"),
        (lambda t: t.linspace(0, 1, 2.5), "TypeError: linspace()"),
        (lambda t: t.linspace(0, 1e40, 2), "RuntimeError: value cannot be converted to type f"),
        (lambda t: t.linspace(0, float("inf"), 2, dtype=int), "RuntimeError: value cannot be "),
        (lambda t: t.linspace("a", 1, 2), "TypeError: linspace()"),
        (lambda t: t.linspace(t.ones(2), 1, 2), "RuntimeError: linspace only supports 0-dimen"),
    ],
)  # fmt: skip
def test_refused(torch, failure, wrong, error):
    assert failure(wrong, torch).startswith(error)


def same_bits(make, dtype):
    torch = pytest.importorskip("torch")
    ours, theirs = (make(lib, getattr(lib, dtype)).numpy() for lib in (minigrad, torch))
    assert ours.dtype == theirs.dtype and ours.tobytes() == theirs.tobytes()


@given(FLOATS, st.floats(1e-3, 1e3), st.integers(0, 200), st.booleans(), DTYPES)
def test_arange_gives_pytorchs_bits(start, step, count, down, dtype):
    step = -step if down else step
    assume(dtype != "int64" or abs(step) >= 1)
    same_bits(lambda lib, kind: lib.arange(start, start + count * step, step, dtype=kind), dtype)


@given(FLOATS, FLOATS, st.integers(0, 200), DTYPES)
def test_linspace_gives_pytorchs_bits(start, end, steps, dtype):
    same_bits(lambda lib, kind: lib.linspace(start, end, steps, dtype=kind), dtype)
