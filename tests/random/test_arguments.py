"""Is what cannot be drawn refused, and in PyTorch's words?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from minigrad.random import Generator

try:
    import torch
except ImportError:
    torch = None

needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")

FAILURES = [
    ("uniform", "float32", (2, 1), RuntimeError, "but found from=2 > to=1"),
    ("uniform", "float32", (0.0, 1e39), RuntimeError, "to is out of bounds for float"),
    ("uniform", "float64", (math.nan, 1.0), RuntimeError, "from is out of bounds for double"),
    ("uniform", "float32", (-3e38, 3e38), RuntimeError, "numeric_limits<Float>::max(), but"),
    ("uniform", "int64", (0.0, 1.0), NotImplementedError, "not implemented for 'Long'"),
    ("uniform", "float32", ("a", 1), TypeError, "(position 1) must be float, not str"),
    ("normal", "float32", (0, -0.5), RuntimeError, "expects std >= 0.0, but found std -0.5"),
    ("normal", "float32", (0, math.nan), RuntimeError, "expects std >= 0.0, but found std nan"),
    ("normal", "bool", (0, 1), NotImplementedError, '"normal_kernel_cpu" not implemented'),
    ("random", "int64", (3, 3), RuntimeError, "less than 'to', but got from=3 >= to=3"),
    ("random", "bool", (0, 3), RuntimeError, "to - 1 is out of bounds for bool"),
    ("random", "bool", (-1, None), RuntimeError, "from is out of bounds for bool"),
    ("random", "bool", (-(2**63), None), NotImplementedError, "not implemented for 'Bool'"),
    ("random", "int64", (0, 2**63), ValueError, "Overflow when unpacking long long"),
    ("random", "float32", (2**26 + 1, 2**26 + 3), RuntimeError, "to' casted to dtype, but got"),
    ("random", "float32", (2**25, None), RuntimeError, "less than or equal to 'to_inc' casted"),
    ("permutation", None, (-1,), RuntimeError, "negative dimension -1: [-1]"),
    ("permutation", None, (2.5,), TypeError, "'n' (position 1) must be int, not float"),
]


@pytest.mark.parametrize(("name", "dtype", "arguments", "kind", "message"), FAILURES)
@pytest.mark.parametrize("source", ["minigrad", pytest.param("live", marks=needs_torch)])
def test_what_cannot_be_drawn_is_refused_in_pytorchs_words(
    source: str,
    name: str,
    dtype: str | None,
    arguments: tuple[Any, ...],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind) as caught:
        if source == "live" and dtype is None:
            torch.randperm(*arguments)
        elif source == "live":
            tensor = torch.zeros(20, dtype=getattr(torch, dtype))
            getattr(tensor, name + "_")(*arguments)
        else:
            operands = () if dtype is None else (np.zeros(20, dtype),)
            getattr(Generator(), name)(*operands, *arguments)
    assert message in str(caught.value)
