"""Dtypes: what there is, and what a mixed operation gives (in PyTorch too, where installed)."""

import itertools
import pickle

import numpy as np
import pytest

import minigrad
from minigrad import dtypes

DTYPES = ("float32", "float64", "int64", "bool")
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")
# What two of them, in this order, become: PyTorch's table.
PROMOTED = """
    uint8 int16 int16 int32 int64
    int16 int8  int16 int32 int64
    int16 int16 int16 int32 int64
    int32 int32 int32 int32 int64
    int64 int64 int64 int64 int64
"""
ORDER = [True, 1, 1.0]


def operands(library):
    """Every kind of operand: tensors with and without dimensions, and Python numbers."""
    tensors = [
        library.ones(shape, dtype=getattr(library, name))
        for name in (*DTYPES, *INTEGERS[:-1])
        for shape in [(2,), ()]
    ]
    return tensors + ORDER


@pytest.mark.parametrize("library", ["minigrad", "torch"])
def test_the_category_decides_then_dimensions_then_size(library):
    library = pytest.importorskip(library)
    f32, f64, i64, boolean = (getattr(library, name) for name in DTYPES)
    whole, half = library.ones(2, dtype=i64), library.ones(2)
    assert (whole + 1.5).dtype is f32
    assert (whole * library.ones((), dtype=f64)).dtype is f64
    assert (half + library.ones((), dtype=f64)).dtype is f32
    assert (half + library.ones(2, dtype=f64)).dtype is f64
    assert (library.ones(2, dtype=boolean) + 1).dtype is i64
    assert (library.ones(2, dtype=boolean) * True).dtype is boolean
    assert (whole / 2).dtype is f32
    assert (library.ones((), dtype=i64) + library.ones(2, dtype=boolean)).dtype is i64
    assert (half == whole).dtype is boolean


def test_every_pair_as_in_torch():
    torch = pytest.importorskip("torch")
    pairs = [list(itertools.product(operands(each), repeat=2)) for each in (minigrad, torch)]
    for (a, b), (c, d) in zip(*pairs, strict=True):
        if not (isinstance(a, minigrad.Tensor) or isinstance(b, minigrad.Tensor)):
            continue
        mine, theirs = a * b, c * d
        assert repr(mine.dtype).partition(".")[2] == repr(theirs.dtype).partition(".")[2], (c, d)
        assert minigrad.dtypes.result_type(a, b) is mine.dtype


def test_what_a_dtype_tells():
    assert repr(minigrad.float32) == "minigrad.float32"
    assert (minigrad.float, minigrad.double, minigrad.long) == (
        minigrad.float32, minigrad.float64, minigrad.int64,
    )  # fmt: skip
    assert [getattr(dtypes, name).itemsize for name in DTYPES] == [4, 8, 8, 1]
    assert [getattr(dtypes, name).is_floating_point for name in DTYPES] == [True] * 2 + [False] * 2
    for name in (*DTYPES, *INTEGERS):
        each = getattr(dtypes, name)
        assert pickle.loads(pickle.dumps(each)) is each
        assert dtypes.from_numpy(np.dtype(name)) is each


def test_integers_of_two_sizes_become_one_that_holds_both(torch):
    table = [line.split() for line in PROMOTED.split("\n")[1:-1]]
    for (one, row), (other, column) in itertools.product(enumerate(INTEGERS), repeat=2):
        pair = getattr(torch, row), getattr(torch, column)
        expected = getattr(torch, table[one][other])
        assert torch.promote_types(*pair) is expected
        x, y = (torch.ones(1, dtype=each) for each in pair)
        assert (x + y).dtype is expected
        assert (x + y[0]).dtype is x.dtype and (x[0] + y[0]).dtype is expected
        assert torch.cat([x, y]).dtype is torch.result_type(x, y) is expected
        assert torch.can_cast(*pair) and not torch.can_cast(torch.float32, pair[0])


@pytest.mark.parametrize("name", INTEGERS)
def test_an_integer_gives_way_to_a_float_and_takes_bools_and_numbers(torch, name):
    dtype = getattr(torch, name)
    x = torch.ones(2, dtype=dtype)
    kinds = [x + True, x + 1, x + torch.tensor(True), x + torch.tensor([True, False])]
    assert {each.dtype for each in kinds} == {dtype}
    assert (x + 1.0).dtype is (x + torch.ones(())).dtype is torch.float32
    assert (x + torch.ones(2, dtype=torch.float64)).dtype is torch.float64
    assert torch.result_type(x[0], 2) is torch.result_type(2, x) is dtype
    assert torch.promote_types(dtype, torch.bool) is dtype


def test_what_small_integers_tell(torch):
    small = [torch.uint8, torch.int8, torch.int16, torch.int32]
    assert (torch.int, torch.short) == (torch.int32, torch.int16)
    assert [each.itemsize for each in small] == [1, 1, 2, 4]
    assert [each.is_signed for each in small] == [False, True, True, True]
    assert not any(each.is_floating_point for each in small)


def test_foreign_dtypes_are_named():
    with pytest.raises(TypeError, match="minigrad has no dtype for NumPy's float16; it has float"):
        minigrad.from_numpy(np.ones(2, np.float16))


def test_conversion_passes_gradients_back_in_the_source_dtype():
    x = minigrad.tensor([1.5, -2.5], requires_grad=True)
    wide = x.double()
    assert wide.dtype is minigrad.float64 and wide.grad_fn.name() == "ToCopyBackward0"
    (wide * wide).sum().backward()
    assert x.grad.dtype is minigrad.float32 and x.grad.tolist() == [3.0, -5.0]
    assert x.detach().long().tolist() == [1, -2]
    assert x.detach().bool().tolist() == [True, True]
    assert x.float() is x
    with pytest.raises(TypeError, match="takes a dtype, a device or a Tensor"):
        x.to(np.float64)


def test_the_default_dtype(torch, failure):
    torch.set_default_dtype(torch.float64)
    try:
        assert torch.get_default_dtype() == torch.float64
        made = [torch.tensor(1.5), torch.zeros(1), torch.rand(1), torch.full((1,), 0.5),
                torch.arange(1.0), torch.linspace(0, 1, 2), torch.tensor([1]) / 2,
                torch.tensor([1]).exp(), torch.tensor([1]).tanh(), torch.tensor([1]).sigmoid(),
                torch.tensor([1]) * 1.5, torch.eye(1)]  # fmt: skip
        assert all(each.dtype == torch.float64 for each in made)
        assert repr(made[0]) == "tensor(1.5000)"
    finally:
        torch.set_default_dtype(torch.float32)
    message = "only floating-point types are supported as the default type"
    assert failure(torch.set_default_dtype, torch.int64) == f"TypeError: {message}"
    assert failure(torch.set_default_dtype, "a") == f"TypeError: invalid dtype object: {message}"


def test_pythons_types_are_dtypes(torch, failure):
    assert torch.promote_types(torch.float32, int) is torch.float32
    assert torch.promote_types(bool, int) is torch.int64
    assert torch.can_cast(int, float) and not torch.can_cast(torch.float32, int)
    for wrong in (lambda: torch.promote_types("int", int), lambda: torch.can_cast(int, "int")):
        assert failure(wrong).startswith("TypeError")
