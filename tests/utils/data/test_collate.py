"""Are samples put together as PyTorch does it?"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict, deque, namedtuple
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import pytest

import minigrad
from minigrad.utils.data import default_collate, default_convert

Point = namedtuple("Point", ["x", "y"])

SAMPLES: list[Any] = [
    [1, 2, 3],
    [True, False],
    [1.5, 2.0],
    ["a", "b"],
    [b"a", b"b"],
    [np.float32(1), np.float32(2)],
    [np.bool_(True), np.bool_(False)],
    [np.float32(1), 1.5],
    [np.int64(1), 2, np.float64(3)],
    [np.arange(3), np.arange(3) + 1],
    [np.int32(1), np.int32(2)],
    [np.uint8(1), np.int8(-2)],
    [np.int16([1, 2])] * 2,
    [{"label": np.uint8(3), "image": np.uint8([[0, 255]])}] * 2,
    [np.ones((2, 2), np.float32)] * 3,
    [(1, 2.0, "a"), (3, 4.0, "b")],
    [[1, 2], [3, 4]],
    [{"x": 1, "y": (2, "a")}, {"x": 3, "y": (4, "b")}],
    [OrderedDict(x=1), OrderedDict(x=2)],
    [Point(1, 2.0), Point(3, 4.0)],
    [(range(2), np.float64(3)), (range(2), np.float64(4))],
    [deque([1, 2.5]), deque([3, 4.5])],
    [MappingProxyType({"x": 1}), MappingProxyType({"x": 2})],
    [defaultdict(list, x=1), defaultdict(list, x=2)],
    [{"x": [np.ones(2), {"y": (b"a", np.int64(3))}]}] * 2,
    [np.str_("a"), np.str_("b")],
    [1, 2.5, True],
]


def plain(value: Any) -> Any:
    """Containers with every tensor as its dtype's name and its elements."""
    if isinstance(value, dict | MappingProxyType):
        return type(value), {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | deque):
        return type(value).__name__, [plain(each) for each in value]
    if hasattr(value, "tolist"):
        return str(value.dtype).rpartition(".")[2], value.tolist()
    return value


@pytest.mark.parametrize("samples", SAMPLES, ids=repr)
def test_collating_and_converting_are_pytorchs(samples: list[Any]) -> None:
    theirs = pytest.importorskip("torch.utils.data")
    assert plain(default_collate(samples)) == plain(theirs.default_collate(samples))
    assert plain(default_convert(samples[0])) == plain(theirs.default_convert(samples[0]))


def test_tensors_of_several_dtypes_are_stacked_in_the_widest() -> None:
    stacked = default_collate([minigrad.tensor(1), minigrad.tensor(2.5), minigrad.tensor(True)])
    assert stacked.dtype == minigrad.float32
    assert stacked.tolist() == [1.0, 2.5, 1.0]
    bytes_and_chars = [minigrad.tensor([255]).byte(), minigrad.tensor([-1]).char()]
    assert default_collate(bytes_and_chars).dtype == minigrad.int16


REFUSED: list[tuple[Any, type[Exception], str]] = [
    ([object()], TypeError, "found <class 'object'>"),
    ([None, None], TypeError, "found <class 'NoneType'>"),
    ([[1], [1, 2]], RuntimeError, "should be of equal size"),
    ([np.array(["a"])], TypeError, "found <U1"),
    ([np.zeros(2), np.zeros(3)], RuntimeError, "and [3] at entry 1"),
]


@pytest.mark.parametrize(("samples", "kind", "message"), REFUSED)
def test_what_cannot_be_stacked_is_refused_in_pytorchs_words(
    library: ModuleType, samples: Any, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=re.escape(message)):
        library.default_collate(samples)
