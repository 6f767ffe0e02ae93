"""Are small products those of the matrices, whatever their sizes, and each sum taken in order?"""

import numpy as np
from hypothesis import given, strategies as st

from minigrad.kernels.products import column_sums, multiply

sizes = st.integers(1, 20)


@given(
    rows=st.integers(0, 20), length=st.integers(0, 20), columns=sizes, transposed=st.booleans(),
    starting=st.booleans(), seed=st.integers(0, 99),
)  # fmt: skip
def test_products(rows, length, columns, transposed, starting, seed):
    draw = np.random.default_rng(seed)
    a, b, start = (draw.standard_normal(s) for s in ((rows, length), (length, columns), columns))
    lies = np.ascontiguousarray(a.T if transposed else a)
    steps = (1, rows) if transposed else (length, 1)
    out = np.full((rows, columns), np.nan)
    multiply(lies, *steps, rows, length, b, columns, start if starting else start[:0], out)
    wanted = a @ b + (start if starting else 0)
    scale = np.abs(a) @ np.abs(b) + np.abs(start)
    assert (abs(out - wanted) <= (length + 2) * np.finfo(float).eps * scale).all()


@given(rows=sizes, more=sizes, length=sizes, columns=sizes, seed=st.integers(0, 99))
def test_a_row_of_a_product_does_not_depend_on_the_others(rows, more, length, columns, seed):
    draw = np.random.default_rng(seed)
    a, b = (draw.standard_normal(s).astype(np.float32)
            for s in ((rows + more, length), (length, columns)))  # fmt: skip
    whole, part = np.empty((rows + more, columns), a.dtype), np.empty((rows, columns), a.dtype)
    nothing = a.reshape(-1)[:0]
    multiply(a, length, 1, rows + more, length, b, columns, nothing, whole)
    multiply(a[:rows].copy(), length, 1, rows, length, b, columns, nothing, part)
    np.testing.assert_array_equal(whole[:rows], part)


@given(rows=st.integers(0, 20), columns=sizes, data=st.data())
def test_sums_of_columns_are_taken_in_order_in_float64(rows, columns, data):
    x = np.random.default_rng(rows).standard_normal((rows, columns)).astype(np.float32)
    sums = np.full(data.draw(st.integers(0, columns)), np.nan, np.float32)
    column_sums(x, sums)
    wanted = np.zeros(columns)
    for row in x:
        wanted += row
    np.testing.assert_array_equal(sums, wanted[: sums.size].astype(np.float32))
