"""Are a generator's numbers those that PyTorch draws after the same seed and the same calls?

The answers recorded in ../reference/random.json are compared always, PyTorch's own where it is
installed; ../reference/record_random.py records them.
"""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.random import Generator

try:
    import torch
except ImportError:
    torch = None

RECORDED = Path(__file__).parent.parent / "reference" / "random.json"
STREAMS: list[Any] = json.loads(RECORDED.read_text()) if RECORDED.exists() else []
FUSING = ("AVX2", "AVX512")
needs_fusing_torch = pytest.mark.skipif(
    torch is None or torch.backends.cpu.get_cpu_capability() not in FUSING,
    reason="PyTorch is not installed, or rounds otherwise on a machine without AVX2",
)

LAYOUTS: dict[str, Callable[[Callable[..., Any], int, int], Any]] = {
    "contiguous": lambda zeros, rows, columns: zeros((rows, columns)),
    "transposed": lambda zeros, rows, columns: zeros((columns, rows)).T,
    "with gaps": lambda zeros, rows, columns: zeros((rows, 2 * columns))[:, ::2],
    "with gaps, transposed": lambda zeros, rows, columns: zeros((columns, 2 * rows))[:, ::2].T,
}
# What PyTorch leaves to the C library's log, sine and cosine can differ by a unit in the last
# place elsewhere; everything else is arithmetic that rounds one way only.
UNITS = {"uniform": 0, "random": 0, "permutation": 0, "normal": 1}


def minigrad_results(stream: dict[str, Any]) -> Iterator[np.ndarray]:
    """Make the calls of a recorded stream with a Generator of this package."""
    generator = Generator().manual_seed(stream["seed"])
    for call in stream["calls"]:
        name, arguments = call["call"], call["arguments"]
        if name == "permutation":
            yield generator.permutation(*arguments)
        elif name == "manual_seed":
            generator.manual_seed(*arguments)
            yield np.zeros(0)
        else:
            array = LAYOUTS[call["layout"]](
                lambda shape, dtype=call["dtype"]: np.zeros(shape, dtype), *call["shape"]
            )
            getattr(generator, name)(array, *arguments)
            yield array


def torch_results(stream: dict[str, Any]) -> Iterator[np.ndarray]:
    """Make the calls of a recorded stream with PyTorch's generator."""
    generator = torch.Generator().manual_seed(stream["seed"])
    for call in stream["calls"]:
        name, arguments = call["call"], call["arguments"]
        if name == "permutation":
            yield torch.randperm(*arguments, generator=generator).numpy()
        elif name == "manual_seed":
            generator.manual_seed(*arguments)
            yield np.zeros(0)
        else:
            dtype = getattr(torch, call["dtype"])
            tensor = LAYOUTS[call["layout"]](
                lambda shape, dtype=dtype: torch.zeros(shape, dtype=dtype), *call["shape"]
            )
            getattr(tensor, name + "_")(*arguments, generator=generator)
            yield tensor.numpy()


def digest(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def assert_equal(actual: np.ndarray, expected: np.ndarray, units: int) -> None:
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    if units:
        np.testing.assert_array_max_ulp(actual, expected, units)
    else:
        np.testing.assert_array_equal(actual, expected)


@pytest.mark.filterwarnings("ignore:.* is out of bounds")
@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream["name"])
@pytest.mark.parametrize("source", ["recorded", pytest.param("live", marks=needs_fusing_torch)])
def test_a_stream_is_pytorchs(source: str, stream: dict[str, Any]) -> None:
    live = torch_results(stream) if source == "live" else [None] * len(stream["calls"])
    for call, actual, expected in zip(
        stream["calls"], minigrad_results(stream), live, strict=True
    ):
        if expected is not None:
            assert_equal(actual, expected, UNITS.get(call["call"], 0))
        elif "values" in call:
            recorded = np.array(call["values"], actual.dtype).reshape(actual.shape)
            assert_equal(actual, recorded, UNITS.get(call["call"], 0))
        else:
            assert digest(actual) == call["digest"], call


def test_the_recorded_streams_are_there() -> None:
    calls = [call for stream in STREAMS for call in stream["calls"]]
    assert {call["call"] for call in calls} == {*UNITS, "manual_seed"}
    assert {call.get("layout") for call in calls} >= LAYOUTS.keys()


@given(st.integers(-(2**63), -1))
def test_a_negative_seed_is_taken_modulo_two_to_the_64(seed: int) -> None:
    generator = Generator().manual_seed(seed)
    assert generator.initial_seed() == 2**64 + seed
    again = Generator().manual_seed(2**64 + seed)
    assert (generator.permutation(9) == again.permutation(9)).all()


@pytest.mark.parametrize(
    ("seed", "kind"),
    [
        (2**64, ValueError),
        (-(2**63) - 1, ValueError),
        (1.0, RuntimeError),
        (True, RuntimeError),
        (np.int64(3), TypeError),
        (minigrad.tensor(3), RuntimeError),
    ],
)
def test_what_is_no_seed_is_refused_and_changes_nothing(seed: Any, kind: type[Exception]) -> None:
    generator = Generator().manual_seed(5)
    with pytest.raises(kind):
        generator.manual_seed(seed)
    assert generator.initial_seed() == 5
    assert (generator.permutation(9) == Generator().manual_seed(5).permutation(9)).all()


def drawn(generator: Generator) -> list[np.ndarray]:
    """Something of every kind, an odd number of normal numbers among it."""
    arrays = [np.zeros(3, np.float32), np.zeros(40), np.zeros(5, np.int64)]
    generator.normal(arrays[0])
    generator.uniform(arrays[1])
    generator.random(arrays[2])
    return [*arrays, generator.permutation(7)]


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_state_brings_back_the_stream(before: int) -> None:
    generator = Generator().manual_seed(1)
    for _ in range(before):
        drawn(generator)
    state, twins = generator.get_state(), [copy.deepcopy(generator)]
    twins.append(pickle.loads(pickle.dumps(generator)))
    expected = drawn(generator)
    for again in (*twins, Generator().set_state(state), generator.set_state(state)):
        assert again.initial_seed() == 1
        for a, b in zip(drawn(again), expected, strict=True):
            np.testing.assert_array_equal(a, b)


@needs_fusing_torch
@pytest.mark.parametrize("before", [0, 1, 2])
def test_pytorch_can_go_on_from_a_state(before: int) -> None:
    generator = Generator().manual_seed(-1)
    for _ in range(before):
        drawn(generator)
    other = torch.Generator().set_state(torch.from_numpy(generator.get_state().numpy()))
    assert other.initial_seed() == generator.initial_seed()
    expected = torch.zeros(1001).normal_(generator=other).numpy()
    actual = np.zeros(1001, np.float32)
    generator.normal(actual)
    assert_equal(actual, expected, units=1)
    generator.set_state(other.get_state().numpy())
    expected = torch.randperm(9, generator=other).numpy()
    np.testing.assert_array_equal(generator.permutation(9), expected)


def test_only_the_processor_has_generators() -> None:
    with pytest.raises(RuntimeError, match="Expected 'cpu'"):
        Generator("cuda")


def test_the_device_of_a_generator_is_a_device(torch: Any) -> None:
    for processor in (None, "cpu", "cpu:0", torch.device("cpu")):
        assert torch.Generator(device=processor).initial_seed() > 0
    for wrong in (True, 1.5, [], torch.zeros(1)):
        with pytest.raises(TypeError, match="argument 'device'"):
            torch.Generator(device=wrong)
    for missing in ("cuda", "a", "", 0):
        with pytest.raises(RuntimeError):
            torch.Generator(missing)
