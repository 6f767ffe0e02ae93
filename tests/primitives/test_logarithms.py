"""Are logarithms right to the last place, in both dtypes and however the numbers lie?"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.kernels.kernel import Kernel

LARGEST_ERROR = {"float32": 0.51, "float64": 0.77}
DTYPES = pytest.mark.parametrize("dtype", LARGEST_ERROR)


def units_in_last_place(found: float, name: str, x: float, dtype: str) -> float:
    with localcontext() as context:
        context.prec = 400  # 1 and the smallest number together have as many digits
        exact = (Decimal(x) + (name == "log1p")).ln()
        spacing = np.spacing(np.abs(np.array(float(exact), dtype)))
        return float(abs(Decimal(found) - exact) / Decimal(float(spacing)))


@DTYPES
@pytest.mark.parametrize("name", ["log", "log1p"])
@given(data=st.data())
def test_a_result_is_nearly_the_nearest_number(name: str, dtype: str, data: st.DataObject) -> None:
    width = 8 * np.dtype(dtype).itemsize
    least = 0.0 if name == "log" else -1.0
    around_1 = st.floats(0.5, 2.0, width=width).map(lambda x: x + least)
    x = data.draw(st.floats(least, exclude_min=True, allow_infinity=False, width=width) | around_1)
    if x == 1.0 or (name == "log1p" and abs(x) < 1e-100):
        return
    found = getattr(torch, name)(torch.tensor(x, dtype=getattr(torch, dtype))).item()
    assert units_in_last_place(found, name, x, dtype) <= LARGEST_ERROR[dtype]


@DTYPES
def test_ends(torch, dtype):
    x = torch.tensor([0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan],
                     dtype=getattr(torch, dtype))  # fmt: skip
    nan, inf = math.nan, math.inf
    np.testing.assert_array_equal(x.log().numpy(), [-inf, -inf, 0.0, nan, inf, nan, nan])
    log1p = x.log1p().numpy()
    np.testing.assert_array_equal(log1p[[0, 1, 3, 4, 5, 6]], [0.0, -0.0, -inf, inf, nan, nan])
    assert np.signbit(log1p[:2]).tolist() == [False, True]


@DTYPES
def test_layout_makes_no_difference(dtype: str) -> None:
    x = torch.rand(7, 5, dtype=getattr(torch, dtype)) * 3
    for function in (torch.log, torch.log1p):
        contiguous = function(x)
        assert function(x.T).T.equal(contiguous)
        assert function(x[:, ::2]).equal(contiguous[:, ::2])


def test_they_are_native_in_a_compiled_step() -> None:
    x = torch.rand(4, 3, dtype=torch.float64).requires_grad_()

    def step() -> torch.Tensor:
        x.grad = None
        loss = ((x.log1p() + (x + 1).log()) * (x + 1).rsqrt() + x.exp()).sum()
        loss.backward()
        return loss

    compiled = torch.compile(step, verify=2)
    for _ in range(4):
        compiled()
    assert all(isinstance(each.kernel, Kernel) for each in compiled.program.program.lines)
