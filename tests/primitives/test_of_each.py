"""Do kernels of single operations give NumPy's bits, and do compiled steps come to use them?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays as drawn_arrays

import minigrad as torch
from minigrad import arrays
from minigrad.kernels.kernel import Kernel
from minigrad.primitives import of_each

BINARY = {
    of_each.add: np.add, of_each.subtract: np.subtract, of_each.multiply: np.multiply,
    of_each.divide: np.divide,
}  # fmt: skip
UNARY = {
    arrays.same: np.positive, of_each.negative: np.negative, of_each.absolute: np.absolute,
    of_each.square: np.square, of_each.sqrt: np.sqrt,
    of_each.rsqrt: lambda x: np.reciprocal(np.sqrt(x)),
}  # fmt: skip
DTYPES = st.sampled_from([np.float32, np.float64])


def numbers(dtype: type, size: int) -> st.SearchStrategy[np.ndarray]:
    return drawn_arrays(dtype, size, elements=st.floats(width=8 * np.dtype(dtype).itemsize))


def assert_same_bits(actual: np.ndarray, expected: np.ndarray) -> None:
    """But for the bits of NaN."""
    np.testing.assert_array_equal(actual, expected)
    number = ~np.isnan(expected)
    assert (np.signbit(actual) == np.signbit(expected))[number].all()


@pytest.mark.parametrize("kernel", BINARY, ids=lambda kernel: kernel.name)
@given(dtype=DTYPES, size=st.integers(0, 40), data=st.data())
def test_of_two_operands(kernel: Kernel, dtype: type, size: int, data: st.DataObject) -> None:
    a, b = (data.draw(numbers(dtype, data.draw(st.sampled_from([size, 1])))) for _ in range(2))
    out = np.empty(size, dtype)
    kernel(a, b, out)
    with np.errstate(all="ignore"):
        assert_same_bits(out, np.broadcast_to(BINARY[kernel](a, b), size))


@pytest.mark.parametrize("kernel", UNARY, ids=lambda kernel: kernel.name)
@given(dtype=DTYPES, size=st.integers(0, 40), data=st.data())
def test_of_one_operand(kernel: Kernel, dtype: type, size: int, data: st.DataObject) -> None:
    x = data.draw(numbers(dtype, data.draw(st.sampled_from([size, 1]))))
    out = np.empty(size, dtype)
    kernel(x, out)
    with np.errstate(all="ignore"):
        assert_same_bits(out, np.broadcast_to(UNARY[kernel](x), size))


def custom_loss(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    penalty = 1e-3 * (w**2).sum() + 0.1 * w.abs().mean()
    return ((x * w - 1.0) ** 2).mean() + penalty - (w / 2.0).sum() + (w * w + 1.0).sqrt().sum()


def test_a_loss_of_ones_own_is_native_in_a_compiled_step() -> None:
    w = torch.linspace(-1, 2, 12).reshape(3, 4).requires_grad_()
    x = torch.linspace(0, 1, 12).reshape(3, 4)

    def step(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        w.grad = None
        loss = custom_loss(x, w)
        loss.backward()
        return loss, w.grad

    compiled = torch.compile(step)
    expected = [each.array.tobytes() for each in step(x)]
    for _ in range(3):
        assert [each.array.tobytes() for each in compiled(x)] == expected
    lines = compiled.program.program.lines
    assert all(isinstance(each.kernel, Kernel) for each in lines)
    assert len({each.kernel for each in lines}) > 8
