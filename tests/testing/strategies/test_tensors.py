"""Tensors have the shape, dtype, values and layout that were asked for, shrink, and are shown."""

import numpy as np
import pytest
from hypothesis import Phase, find, given, settings, strategies as st
from hypothesis.vendor.pretty import pretty

import minigrad
from minigrad.testing import assert_close
from minigrad.testing.strategies import (
    LAYOUTS,
    VALUES,
    WRITABLE,
    broadcastable_shapes,
    contiguous_tensors,
    cotangents,
    dtypes,
    laid_out,
    layout_of,
    near,
    shapes,
    tensor_of,
    tensors,
)

COUNTED = np.arange(6.0).reshape(2, 3)
FINDING = settings(max_examples=2000, database=None)
ANY = settings(FINDING, phases=[Phase.generate])  # the first that is found, whatever its size


def limits(x):
    return np.finfo(x.array.dtype)


HOLDS = {
    "normal": lambda x: 5 < x.array.max(initial=0) <= 10,
    "few bits": lambda x: (x.array % 1 == 0.25).any(),
    "ties": lambda x: x.numel() == 3 and (x.array == x.array.flat[0]).all(),
    "near kinks": lambda x: (x.array == np.nextafter(x.array.dtype.type(1), 2)).any(),
    "signed zeros": lambda x: (np.signbit(x.array) & (x.array == 0)).any(),
    "infinities": lambda x: (x.array == -np.inf).any(),
    "NaN": lambda x: np.isnan(x.array).any(),
    "subnormal": lambda x: (
        (0 < np.abs(x.array)).any() and (np.abs(x.array) < limits(x).tiny).all()
    ),
    "extreme": lambda x: (x.array == limits(x).max).any(),
}


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
@pytest.mark.parametrize("kind", VALUES)
def test_a_kind_of_values_has_what_its_name_says_alone_and_among_all(kind, dtype):
    for values in (kind, ("normal", kind)):
        assert find(tensors((3,), dtype, values), HOLDS[kind], settings=ANY).dtype is dtype


@given(data=st.data())
def test_the_layout_is_the_one_that_was_asked_for_and_can_be_seen(data):
    layout = data.draw(st.sampled_from(LAYOUTS))
    dtype = data.draw(dtypes(floating=True) | st.just(minigrad.int64))
    x = data.draw(tensors(shapes(3, 3, min_side=2, min_dims=2), dtype, layouts=layout))
    assert layout_of(x.array) == layout
    assert x.array.flags.writeable == (layout in WRITABLE)
    assert x.requires_grad == x.is_floating_point()
    again = laid_out(x.array, layout)
    assert again.strides == x.array.strides or layout in ("every second", "expanded")
    assert_close(again, x.array, ulp=0, equal_nan=True)
    assert_close(laid_out(COUNTED, layout), COUNTED, ulp=0)


@given(x=tensors(layouts=LAYOUTS))
def test_an_example_is_shown_as_the_call_that_makes_it(x):
    made = eval(
        pretty(x), {"torch": minigrad, "np": np, "laid_out": laid_out, "tensor_of": tensor_of}
    )
    assert (made.dtype, made.shape, made.requires_grad) == (x.dtype, x.shape, x.requires_grad)
    assert layout_of(made.array) == layout_of(x.array)
    np.testing.assert_array_equal(made.array, x.array)
    nan = np.isnan(x.array)
    assert (np.signbit(made.array) == np.signbit(x.array))[~nan].all()


def test_examples_shrink_to_what_matters():
    def shown(strategy, condition):
        return pretty(find(strategy, condition, settings=FINDING))

    assert shown(tensors(), lambda x: True) == "torch.tensor(0.0, requires_grad=True)"
    matrix = shown(tensors(), lambda x: x.ndim == 2 and x.numel() > 1)
    assert matrix == "torch.tensor([[0.0, 0.0]], requires_grad=True)"
    nan = shown(tensors(dtype=minigrad.float64), lambda x: np.isnan(x.array).any())
    assert nan == "torch.tensor(torch.nan, dtype=torch.float64, requires_grad=True)"
    matrix = find(shapes(), lambda x: len(x) == 2 and 0 not in x, settings=FINDING)
    assert matrix == (1, 1)
    below = find(near(1.0, of=minigrad.float32), lambda x: x < 1, settings=FINDING)
    assert below == 1 - 2.0**-24


@given(several=broadcastable_shapes(3))
def test_shapes_that_broadcast_do(several):
    result = np.broadcast_shapes(*several)
    assert len(several) == 3 and len(result) <= 3 and max(result, default=0) <= 4


@given(data=st.data())
def test_what_gradients_are_checked_with(data):
    x = data.draw(contiguous_tensors((2, 2), VALUES["normal"]))
    assert x.requires_grad and x.is_contiguous() and x.dtype is minigrad.float64
    grad = data.draw(cotangents((2, 2), minigrad.float32))
    assert not grad.requires_grad and grad.dtype is minigrad.float32
    assert not data.draw(dtypes(floating=False)).is_floating_point


@pytest.mark.parametrize(
    ("strategy", "error", "message"),
    [
        (lambda: tensors((2,), "float32"), TypeError, "dtype must be one of minigrad's"),
        (lambda: tensors((2,), values="odd"), ValueError, "there is no kind 'odd'; there are 'n"),
        (lambda: tensors((2,), values=3), TypeError, "values must be a strategy, a function"),
        (lambda: tensors((2,), layouts="odd"), ValueError, "layout: there is none called 'odd'"),
        (lambda: shapes(2, 3, min_side=4), ValueError, "expected 0 <= min_side <= max_side"),
    ],
)
def test_what_cannot_be_drawn_is_named(strategy, error, message):
    with pytest.raises(error, match=message):
        find(strategy(), lambda x: True)
