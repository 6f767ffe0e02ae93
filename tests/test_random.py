"""Are a generator's numbers those that PyTorch draws after the same seed and the same calls?

The answers recorded in reference/random.json are compared always, PyTorch's own where it is
installed; reference/record_random.py records them.
"""

from __future__ import annotations

import copy
import hashlib
import json
import math
import pickle
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minigrad import random
from minigrad.random import Generator

try:
    import torch
except ImportError:
    torch = None

RECORDED = Path(__file__).parent / "reference" / "random.json"
STREAMS: list[Any] = json.loads(RECORDED.read_text()) if RECORDED.exists() else []
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")
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


def array_of(dtype: str, size: int = 20) -> np.ndarray:
    return np.zeros(size, dtype)


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
            operands = () if dtype is None else (array_of(dtype),)
            getattr(Generator(), name)(*operands, *arguments)
    assert message in str(caught.value)


def test_integers_that_the_dtype_cannot_tell_apart_give_a_warning() -> None:
    with pytest.warns(UserWarning, match=r"to - 1 is out of bounds \[-\(2\^24\), 2\^24\]"):
        Generator().random(array_of("float32"), 0, 2**24 + 9)


@given(st.integers(-(2**63), -1))
def test_a_negative_seed_is_taken_modulo_two_to_the_64(seed: int) -> None:
    generator = Generator().manual_seed(seed)
    assert generator.initial_seed() == 2**64 + seed
    again = Generator().manual_seed(2**64 + seed)
    assert (generator.permutation(9) == again.permutation(9)).all()


@pytest.mark.parametrize(
    ("seed", "kind"),
    [(2**64, ValueError), (-(2**63) - 1, ValueError), (1.0, RuntimeError), (True, RuntimeError)],
)
def test_what_is_no_seed_is_refused_and_changes_nothing(seed: Any, kind: type[Exception]) -> None:
    generator = Generator().manual_seed(5)
    with pytest.raises(kind):
        generator.manual_seed(seed)
    assert generator.initial_seed() == 5
    assert (generator.permutation(9) == Generator().manual_seed(5).permutation(9)).all()


def test_the_module_functions_speak_of_the_default_generator() -> None:
    state = random.default_generator.get_state()
    try:
        assert random.manual_seed(3) is random.default_generator
        assert random.initial_seed() == 3
        assert random.seed() == random.initial_seed() != 3
    finally:
        random.default_generator.set_state(state)


def drawn(generator: Generator) -> list[np.ndarray]:
    """Something of every kind, an odd number of normal numbers among it."""
    arrays = [array_of("float32", 3), array_of("float64", 40), array_of("int64", 5)]
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
    other = torch.Generator().set_state(torch.from_numpy(generator.get_state()))
    assert other.initial_seed() == generator.initial_seed()
    expected = torch.zeros(1001).normal_(generator=other).numpy()
    actual = array_of("float32", 1001)
    generator.normal(actual)
    assert_equal(actual, expected, units=1)
    generator.set_state(other.get_state().numpy())
    expected = torch.randperm(9, generator=other).numpy()
    np.testing.assert_array_equal(generator.permutation(9), expected)


def test_what_is_no_state_is_refused() -> None:
    generator = Generator()
    with pytest.raises(RuntimeError, match="size 5056 but found the input RNG state size to be 3"):
        generator.set_state(np.zeros(3, np.uint8))
    with pytest.raises(RuntimeError, match="Invalid mt19937 state"):
        generator.set_state(np.zeros(5056, np.uint8))
    with pytest.raises(TypeError, match="RNG state must be a uint8 array"):
        generator.set_state(np.zeros(5056))
    with pytest.raises(TypeError, match="but got int"):
        generator.set_state(3)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="Expected 'cpu'"):
        Generator("cuda")


@given(st.integers(0, 99), st.integers(16, 200), st.sampled_from(["float32", "float64"]))
def test_long_arrays_are_filled_piece_by_piece_with_the_same_numbers(
    seed: int, size: int, dtype: str
) -> None:
    def everything() -> list[np.ndarray]:
        generator = Generator().manual_seed(seed)
        arrays = [array_of(dtype, size) for _ in range(3)]
        arrays.append(np.zeros((size, 2), dtype)[:, 0])
        generator.uniform(arrays[0], -1.0, 3.0)
        generator.normal(arrays[1])
        generator.random(arrays[2])
        generator.normal(arrays[3])
        return arrays

    expected = everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(random, "BLOCK", 16)
        for a, b in zip(everything(), expected, strict=True):
            np.testing.assert_array_equal(a, b)


def inside_out(seed: int, n: int) -> list[int]:
    """The shuffle of the longest permutations, written down plainly."""
    words = np.random.RandomState(seed).randint(0, 2**32, 2 * n, np.uint32).tolist()
    order: list[int] = []
    for i in range(n):
        other = ((words[2 * i] << 32) | words[2 * i + 1]) % (i + 1)
        order.append(i)
        order[i] = order[other]
        order[other] = i
    return order


@given(st.integers(0, 2**32 - 1), st.integers(0, 300))
def test_every_way_to_shuffle_gives_its_permutation(seed: int, n: int) -> None:
    generator = Generator()
    plain = generator.manual_seed(seed).permutation(n)
    assert sorted(plain.tolist()) == list(range(n))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(random, "PYTHON_SHUFFLE", -1)
        patch.setattr(random, "BLOCK", 64)
        np.testing.assert_array_equal(generator.manual_seed(seed).permutation(n), plain)
        patch.setattr(random, "NARROW_SHUFFLE", 0)
        assert generator.manual_seed(seed).permutation(n).tolist() == inside_out(seed, n)


@given(st.integers(0, 99), st.integers(1, 40), st.sampled_from([1.0, 1e-44, 3.0, 2.0**-20]))
def test_the_end_of_the_range_is_never_drawn(seed: int, start: int, width: float) -> None:
    low, high = np.float32(start), np.float32(start) + np.float32(width)
    array = array_of("float32", 500)
    Generator().manual_seed(seed).uniform(array, float(low), float(high))
    assert (low <= array).all()
    assert (array < high).all() or low == high


def nearest_float32(exact: Fraction) -> np.float32:
    """The nearest float32, the even one of two equally near."""
    middle = np.float32(float(exact))
    candidates = [middle, np.nextafter(middle, -np.inf), np.nextafter(middle, np.inf)]
    return min(
        (x for x in candidates if np.isfinite(x)),
        key=lambda x: (abs(Fraction(float(x)) - exact), int(x.view(np.int32)) & 1),
    )


@st.composite
def beside_a_halfway_point(draw: st.DrawFn, digits: int, lowest: int) -> tuple[float, ...]:
    """a, b and c such that a * b + c is all but the middle of two neighbours of c.

    The product is (1 + s) (1 - s) = 1 - s**2 half units of c, with an s so small that s**2 is
    lost in the next wider format.
    """
    exponent = draw(st.integers(lowest, 60))
    least = 1 if exponent == lowest else 2 ** (digits - 1)
    c = math.ldexp(draw(st.integers(least, 2**digits - 1)), exponent)
    small = math.ldexp(draw(st.integers(0, 300)), 1 - digits)
    sign, half = draw(st.sampled_from([1, -1])), draw(st.sampled_from([0.5, -0.5]))
    return math.ldexp(1 + small, -60), math.ldexp(half * (1 - small), exponent + 60), sign * c


singles = st.floats(-(2.0**60), 2.0**60, width=32)


@given(beside_a_halfway_point(24, -149) | st.tuples(singles, singles, singles))
def test_float32_multiply_add_rounds_once(numbers: tuple[float, ...]) -> None:
    a, b, c = (np.float32(x) for x in numbers)
    exact = Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c))
    (result,) = random._fused(np.array([a]), b, c)
    assert result == nearest_float32(exact)


fractions = st.integers(0, 2**53 - 1).map(lambda integer: integer * 2.0**-53)
doubles = st.floats(-1e307, 1e307)


@given(beside_a_halfway_point(53, -300) | st.tuples(fractions, doubles, doubles))
@example((0.3, 1e307, -1e306))
@example((0.3, 1e-305, 1e-306))
def test_float64_multiply_add_rounds_once(numbers: tuple[float, ...]) -> None:
    a, b, c = numbers
    (result,) = random._fused(np.array([a]), b, c)
    assert result == float(Fraction(a) * Fraction(b) + Fraction(c))
