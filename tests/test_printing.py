"""Is a tensor printed as PyTorch prints it?

What PyTorch printed for `CASES` is kept in `reference/printing.json`; where PyTorch is installed
`python tests/test_printing.py` records it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_shapes

import minigrad
from minigrad.printing import tensor_text

REFERENCE = Path(__file__).parent / "reference" / "printing.json"
Array = np.ndarray[Any, Any]

LEAF, PARAMETER, CLONE = "leaf", "leaf that requires a gradient", "clone of such a leaf"


def floats(*values: float) -> Array:
    return np.array(values, np.float32)


def counted(*shape: int, dtype: Any = np.float32) -> Array:
    return np.arange(np.prod(shape), dtype=dtype).reshape(shape)


CASES: dict[str, tuple[Array, str]] = {
    "whole": (floats(1, 2, 3), LEAF),
    "fractions": (floats(1, 0.5, -2.25, 100), LEAF),
    "rounded into one more digit": (floats(9.99996, 1), LEAF),
    "negative zero among whole": (floats(-0.0, 1, 2), LEAF),
    "negative zero among fractions": (floats(-0.0, 0.5, 2), LEAF),
    "only zeros": (floats(0, 0), LEAF),
    "whole with nan and inf": (floats(1, np.nan, np.inf, -np.inf), LEAF),
    "fractions with nan and inf": (floats(1.5, np.nan, np.inf, -np.inf), LEAF),
    "only nan and inf": (floats(np.nan, -np.inf), LEAF),
    "ratio of exactly 1000": (floats(0.5, 500), LEAF),
    "ratio above 1000": (floats(0.5, 500.5), LEAF),
    "whole, ratio of exactly 1000": (floats(1, 1000), LEAF),
    "whole, ratio above 1000": (floats(1, 1001, 0), LEAF),
    "exactly 1e8": (np.array([1e8]), LEAF),
    "above 1e8": (np.array([1e8 + 1]), LEAF),
    "exactly 1e-4": (np.array([1e-4]), LEAF),
    "float32 below 1e-4": (floats(1e-4), LEAF),
    "scientific with nan": (floats(1e-12, np.nan, -1), LEAF),
    "ratio that overflows": (np.array([1e308, 1e-308]), LEAF),
    "smallest float32": (floats(1e-45), LEAF),
    "scalar": (np.array(3.5, np.float32), LEAF),
    "scalar, whole and double": (np.array(3.0), LEAF),
    "scalar, integer": (np.array(-7), LEAF),
    "scalar with gradient": (np.array(0.25, np.float32), CLONE),
    "integers": (np.array([[1, -20], [300, 0]]), LEAF),
    "widest integers": (np.array([-(2**63), 2**63 - 1]), LEAF),
    "booleans": (np.array([[True, False], [True, True]]), LEAF),
    "false": (np.array(False), LEAF),
    "empty": (np.zeros(0, np.float32), PARAMETER),
    "empty matrix": (np.zeros((0, 3), np.float32), LEAF),
    "empty integers": (np.zeros((3, 0), np.int64), LEAF),
    "empty booleans": (np.zeros(0, bool), LEAF),
    "double": (np.array([1.5, 2.5]), PARAMETER),
    "parameter": (floats(0.5), PARAMETER),
    "three dimensions": (counted(2, 2, 3), CLONE),
    "five dimensions": (counted(2, 1, 2, 1, 2), LEAF),
    "long vector": (counted(40) / 8, LEAF),
    "long rows": (counted(2, 30) - 31.5, CLONE),
    "suffix that just fits": (counted(10, dtype=np.float64) + 10, LEAF),
    "suffix one column too long": (counted(1, 7, dtype=np.float64) - 120, LEAF),
    "suffix on a new line": (counted(7) / 8, CLONE),
    "two suffixes, the second on a new line": (counted(6, dtype=np.float64) / 8, CLONE),
    "two suffixes, the second on a new line for the first's sake": (
        counted(5, dtype=np.float64) / 8,
        CLONE,
    ),
    "two suffixes on a new line": (counted(8, dtype=np.float64) / 8, PARAMETER),
    "1000 elements": (np.ones((1, 1000), np.int64), LEAF),
    "summarised vector": (counted(1001), PARAMETER),
    "summarised matrix": (counted(40, 30), CLONE),
    "summarised in one dimension": (counted(2, 6, 100, dtype=np.float64) / 7, LEAF),
    "summarised in four dimensions": (counted(7, 1, 15, 10, dtype=np.int64), LEAF),
    "summary that hides what is large": (np.where(counted(1001) == 500, 1e9, 1.0), LEAF),
}


def text_of(framework: Any, array: Array, made: str) -> str:
    """How minigrad or PyTorch prints a tensor of these elements."""
    tensor = framework.tensor(array)
    if made != LEAF:
        tensor.requires_grad_()
    return repr(tensor.clone() if made == CLONE else tensor)


def pytorch_text(torch: Any, array: Array, made: str) -> str:
    return text_of(torch, array, made).replace("torch.", "minigrad.")


def record() -> None:
    import torch

    recorded = {name: pytorch_text(torch, *case).split("\n") for name, case in CASES.items()}
    REFERENCE.write_text(json.dumps(recorded, indent=1) + "\n")


@pytest.mark.parametrize("name", CASES)
def test_prints_what_pytorch_printed(name: str) -> None:
    recorded = json.loads(REFERENCE.read_text())[name]
    assert text_of(minigrad, *CASES[name]).split("\n") == recorded


def decimal(digits: int, power: int) -> float:
    return float(digits * 10.0**power)


FLOATING = st.one_of(
    st.integers(-2000, 2000).map(float),
    st.builds(decimal, st.integers(-9999, 9999), st.integers(-8, 6)),
    st.floats(width=32),
    st.sampled_from([0.0, -0.0, np.nan, np.inf, -np.inf, 1e8, 1e-4, 1000.0]),
)
ELEMENTS = {
    np.float32: FLOATING,
    np.float64: FLOATING | st.floats(),
    np.int64: st.integers(-99, 99) | st.integers(-(2**63), 2**63 - 1),
    np.bool_: st.booleans(),
}
SHAPES = st.one_of(
    array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=8),
    array_shapes(min_dims=1, max_dims=2, min_side=1, max_side=40),
    st.sampled_from([(1000,), (1001,), (6, 200), (2, 3, 7, 40), (7, 1, 8, 6, 5)]),
)


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    """A few elements, repeated until the shape is full."""
    dtype = draw(st.sampled_from(list(ELEMENTS)))
    few = draw(st.lists(ELEMENTS[dtype], min_size=1, max_size=9))
    with np.errstate(over="ignore"):
        return np.resize(np.array(few).astype(dtype), draw(SHAPES))


@given(arrays(), st.sampled_from([LEAF, PARAMETER, CLONE]))
def test_prints_what_pytorch_prints(array: Array, made: str) -> None:
    torch = pytest.importorskip("torch")
    made = made if array.dtype.kind == "f" else LEAF
    assert text_of(minigrad, array, made) == pytorch_text(torch, array, made)


def test_the_opening_word_moves_all_that_follows() -> None:
    matrix = minigrad.tensor([[1, 2], [3, 4]])
    assert tensor_text(matrix, name="m") == "m([[1, 2],\n   [3, 4]])"


def test_values_are_read_once_and_through_the_tensors_own_reading() -> None:
    readings = []

    class Watched(minigrad.Tensor):
        def _read(self, how: str) -> Array:
            readings.append(how)
            return floats(7)

    assert repr(Watched([1.0])) == "tensor([7.])"
    assert readings == ["print()"]


if __name__ == "__main__":
    record()
