"""Which numbers come after which seed? Those that PyTorch's CPU generator gives, to the bit.

The methods of `Generator` fill an ndarray in place. They draw 32-bit words of the Mersenne
twister in PyTorch's order and number, so that calls of every kind can be mixed and the streams
stay in step. Elements are filled as they lie in memory, whatever the order of the axes.
"""

from __future__ import annotations

import functools
import math
import operator
import secrets
import warnings
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[Any, Any]"
Term: TypeAlias = "Array | np.floating[Any] | float"

WORD = 2**32
NAMES = {"float32": "Float", "float64": "Double", "int64": "Long", "bool": "Bool"}
FIRST_SEED = 67280421310721  # what a Generator() starts from
BLOCK = 2**14  # elements worked on at a time, few enough to stay in the cache
SCALAR_NORMALS = 16  # a contiguous array of so many or more is filled by blocks of 16
WIDE_RANGE = 2**28  # so many or more integers to choose from take two words each
PYTHON_SHUFFLE = 2**17  # more elements than this are shuffled by compiled code
NARROW_SHUFFLE = (WORD - 1) // 20  # fewer elements than this take one word each

# The same record as PyTorch's, byte for byte.
STATE = np.dtype(
    [("seed", "<u8"), ("left", "<i4"), ("seeded", "<i4"), ("next", "<u8"), ("words", "<u8", 624),
     ("normal_x", "<f8"), ("spare", "<f8"), ("normal_rho", "<f8"), ("has_spare", "<i8"),
     ("single_spare", "<f4"), ("has_single_spare", "<i4")]
)  # fmt: skip


class Generator:
    """A stream of random numbers, started by a seed.

    Parameters
    ----------
    device : str
        Only ``'cpu'`` is there.

    >>> generator = Generator().manual_seed(0)
    >>> generator.permutation(5)
    array([4, 0, 1, 3, 2])
    """

    def __init__(self, device: str = "cpu") -> None:
        if str(device) != "cpu":
            raise RuntimeError(f"Expected 'cpu' as the device of a Generator, but got {device!r}")
        self.device = "cpu"
        self._stream = np.random.RandomState()
        self.manual_seed(FIRST_SEED)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again, from `seed` (from -2**63 to 2**64 - 1); return the generator.

        The twister itself is started with the low 32 bits only.
        """
        if isinstance(seed, bool | np.bool_) or not hasattr(seed, "__index__"):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        seed = operator.index(seed)
        if not -(2**63) <= seed < 2**64:
            raise ValueError("Overflow when unpacking long long")
        self._seed = seed % 2**64
        self._stream.seed(seed % WORD)
        self._spare: float | None = None  # the second of two normal numbers, not yet used
        return self

    def seed(self) -> int:
        """Start the stream from a seed that nobody can foresee; return the seed."""
        seed = secrets.randbits(64)
        self.manual_seed(seed)
        return seed

    def initial_seed(self) -> int:
        """The seed that the stream was started from, as an integer that is not negative."""
        return self._seed

    def get_state(self) -> Array:
        """The state of the stream: uint8, the bytes of PyTorch's `Generator.get_state`."""
        _, words, position, *_ = self._stream.get_state(legacy=True)
        state = np.zeros((), STATE)
        state["seed"], state["seeded"], state["words"] = self._seed, 1, words
        state["left"], state["next"] = 625 - int(position), position
        if self._spare is not None:
            state["spare"], state["has_spare"] = self._spare, 1
        return np.frombuffer(state.tobytes(), np.uint8).copy()

    def set_state(self, state: Array) -> Generator:
        """Go on from what `get_state` returned."""
        if not isinstance(state, np.ndarray):
            raise TypeError(f"expected the uint8 array of get_state, but got {_kind(state)}")
        if state.dtype != np.uint8:
            raise TypeError(f"RNG state must be a uint8 array, but its dtype is {state.dtype}")
        if state.size != STATE.itemsize:
            raise RuntimeError(
                f"Expected an RNG state of size {STATE.itemsize} but found the input RNG state "
                f"size to be {state.size}"
            )
        record = np.frombuffer(state.tobytes(), STATE)[0]
        position = 625 - int(record["left"])
        if not 0 <= position <= 624:
            raise RuntimeError("Invalid mt19937 state")
        self._stream.set_state(("MT19937", record["words"].astype(np.uint32), position, 0, 0.0))
        self._seed = int(record["seed"])
        self._spare = float(record["spare"]) if record["has_spare"] else None
        return self

    def uniform(self, array: Array, low: float = 0.0, high: float = 1.0) -> None:
        """Fill `array` evenly from [low, high)."""
        low, high = _number(low, "uniform_", "from", 1), _number(high, "uniform_", "to", 2)
        _expect_floating(array, "check_uniform_bounds")
        number, largest = array.dtype.type, float(np.finfo(array.dtype).max)
        name = NAMES[array.dtype.name]
        for end, bound in (("from", low), ("to", high)):
            if not -largest <= bound <= largest:
                raise RuntimeError(f"{end} is out of bounds for {name.lower()}")
        if low > high:
            raise RuntimeError(
                "uniform_ expects to return a [from, to) range, "
                f"but found from={low:g} > to={high:g}"
            )
        if high - low > largest:
            raise RuntimeError(
                f"uniform_ expects to-from <= std::numeric_limits<{name}>::max(), but found "
                f"to={high:g} and from={low:g} which result in to-from to exceed the limit"
            )
        start, stop = number(low), number(high)

        def draw(count: int) -> Array:
            values = _fused(self._fractions(count, array.dtype), stop - start, start)
            values[values >= stop] = start  # what was rounded up to the end starts again
            return values

        _fill(array, draw)

    def normal(self, array: Array, mean: float = 0.0, std: float = 1.0) -> None:
        """Fill `array` with normally distributed numbers."""
        mean, std = _number(mean, "normal_", "mean", 1), _number(std, "normal_", "std", 2)
        if not std >= 0.0:
            raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
        _expect_floating(array, "normal_kernel_cpu")
        with np.errstate(over="ignore", invalid="ignore"):
            if array.size < SCALAR_NORMALS or not array.flags.c_contiguous:
                _fill(array, lambda n: _fused(self._normal_pairs(n), std, mean))
            else:
                self._normal_blocks(array.reshape(-1), mean, std)

    def random(self, array: Array, low: int | None = None, high: int | None = None) -> None:
        """Fill `array` with integers.

        They come from [low, high); without `high`, from `low` to the largest integer such that
        all up to it exist in the array's dtype; without both, from 0 to that.
        """
        largest = _largest_integer(array)
        if low is None and high is None:
            words = self._long_words if largest > WORD else self._words
            return _fill(array, lambda n: words(n) % (largest + 1))
        low = 0 if low is None else _integer(low, "from")
        high = None if high is None else _integer(high, "to")
        if high is None and low == -(2**63):
            if array.dtype == np.bool_:
                raise _unsupported("random_full_64_bits_range_kernel_cpu", array)
            return _fill(array, lambda n: self._long_words(n).view(np.int64))
        low, last = _range(array.dtype, low, high, largest)
        count = last - low + 1
        words = self._words if count < WIDE_RANGE else self._long_words
        offset = np.uint64(low % 2**64)
        _fill(array, lambda n: (words(n) % count + offset).view(np.int64))

    def permutation(self, n: int) -> Array:
        """The integers below `n` in random order, as int64."""
        if isinstance(n, bool) or not hasattr(n, "__index__"):
            raise TypeError(f"randperm(): argument 'n' (position 1) must be int, not {_kind(n)}")
        if n < 0:
            raise RuntimeError(f"Trying to create tensor with negative dimension {n}: [{n}]")
        if n > PYTHON_SHUFFLE:
            return self._long_permutation(n)
        order = list(range(n))
        steps = np.arange(max(n - 1, 0))
        targets = steps + self._words(steps.size).astype(np.int64) % (n - steps)
        for place, other in enumerate(targets.tolist()):
            order[place], order[other] = order[other], order[place]
        return np.array(order, np.int64)

    def _long_permutation(self, n: int) -> Array:
        order = np.arange(n)
        swap, insert = _shuffles()
        narrow = n < NARROW_SHUFFLE
        end = n - 1 if narrow else n
        for start in range(0, end, BLOCK):
            size = min(BLOCK, end - start)
            if narrow:
                swap(order, start, self._words(size))
            else:
                insert(order, start, self._long_words(size))
        return order

    def _words(self, count: int) -> Array:
        """The next 32-bit words, as uint64."""
        return self._stream.randint(0, WORD, count, np.uint32).astype(np.uint64)

    def _long_words(self, count: int) -> Array:
        """64-bit words, each of two words, the high one first."""
        high_low = self._words(2 * count).reshape(-1, 2)
        return np.asarray(high_low[:, 0] << np.uint64(32) | high_low[:, 1])

    def _fractions(self, count: int, dtype: Any) -> Array:
        """Multiples of 2**-24 or 2**-53 from [0, 1)."""
        if dtype == np.float32:
            low_bits = self._words(count) & np.uint64(2**24 - 1)
            return np.asarray(low_bits.astype(dtype) * np.float32(2**-24))
        low_bits = self._long_words(count) & np.uint64(2**53 - 1)
        return np.asarray(low_bits.astype(dtype) * 2.0**-53)

    def _normal_pairs(self, count: int) -> Array:
        """Standard normal numbers in float64, made by twos: an odd one out is kept for later."""
        values = [] if self._spare is None else [self._spare]
        pairs = (count - len(values) + 1) // 2
        fractions = self._fractions(2 * pairs, np.dtype(np.float64)).reshape(-1, 2)
        for turn, square in fractions.tolist():
            radius, angle = math.sqrt(-2 * math.log1p(-square)), 2 * math.pi * turn
            values += radius * math.cos(angle), radius * math.sin(angle)
        self._spare = values.pop() if len(values) > count else None
        return np.array(values)

    def _normal_blocks(self, flat: Array, mean: float, std: float) -> None:
        """Normal numbers by 16, the last 16 drawn anew where the size is no multiple of 16."""
        tail = flat.size % SCALAR_NORMALS
        for start in range(0, flat.size, BLOCK):
            part = flat[start : start + BLOCK]
            part[:] = self._fractions(part.size, flat.dtype)
            whole = part[: part.size - part.size % SCALAR_NORMALS]
            whole[:] = _box_muller(whole, mean, std)
        if tail:
            last = self._fractions(SCALAR_NORMALS, flat.dtype)
            flat[-SCALAR_NORMALS:] = _box_muller(last, mean, std)


def _box_muller(fractions: Array, mean: float, std: float) -> Array:
    """Normal numbers from uniform ones: of each 16, first 8 for radii, then 8 for angles."""
    number = fractions.dtype.type
    squares, turns = fractions.reshape(-1, 2, 8).swapaxes(0, 1)  # (blocks, 8) each
    logarithm, sine_cosine = (
        (_log_float32, _sine_cosine_float32) if number is np.float32
        else (_log_float64, _sine_cosine_float64)
    )  # fmt: skip
    radius = np.sqrt(number(-2) * logarithm(number(1) - squares))
    sine, cosine = sine_cosine(number(2 * math.pi) * turns)
    blocks = np.stack([radius * cosine, radius * sine], 1)  # (blocks, 2, 8)
    return _fused(blocks, number(std), number(mean)).reshape(-1)


def _log_float64(x: Array) -> Array:
    return np.fromiter(map(math.log, x.flat), np.float64, x.size).reshape(x.shape)


def _sine_cosine_float64(x: Array) -> tuple[Array, Array]:
    sine, cosine = (np.fromiter(map(f, x.flat), np.float64, x.size) for f in (math.sin, math.cos))
    return sine.reshape(x.shape), cosine.reshape(x.shape)


def _polynomial(x: Array, *coefficients: float) -> Array:
    """By Horner's rule with fused steps, the highest power's coefficient first."""
    value: Term = np.float32(coefficients[0])
    for coefficient in coefficients[1:]:
        value = _fused(x, value, np.float32(coefficient))
    return np.asarray(value)


def _log_float32(x: Array) -> Array:
    """Cephes' logf in the order of operations that PyTorch's vector code has.

    x = m * 2**e with m in [sqrt(1/2), sqrt(2)); log x = log(1 + r) + e * log 2, r = m - 1.
    """
    mantissa, exponent = np.frexp(x)
    small = mantissa < np.float32(math.sqrt(0.5))
    r = np.where(small, (mantissa - 1) + mantissa, mantissa - 1)
    e = (exponent - small).astype(np.float32)
    z = r * r
    y = r * _polynomial(
        r, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
        -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    )  # fmt: skip
    # log 2 is split in two; its larger part has few bits, so that its multiples are exact.
    y = _fused(y, z, e * np.float32(-2.12194440e-4)) - np.float32(0.5) * z
    return np.asarray((r + y) + e * np.float32(0.693359375))


def _sine_cosine_float32(x: Array) -> tuple[Array, Array]:
    """Cephes' sinf and cosf, for x >= 0, in the order of operations of PyTorch's vector code.

    The nearest even multiple of pi/4 is taken away in three parts; what is left, r, goes into
    one polynomial for the sine and one for the cosine, which the octant then hands out.
    """
    octant = ((x * np.float32(4 / math.pi)).astype(np.int32) + 1) & ~1
    multiple, r = octant.astype(np.float32), x
    for part in (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8):
        r = _fused(multiple, np.float32(part), r)
    z = r * r
    c = z * _polynomial(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
    c = _fused(c, z, np.float32(-0.5) * z) + np.float32(1)
    s = z * _polynomial(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
    s = _fused(s, r, r)
    swapped = octant & 2 != 0
    sine, cosine = np.where(swapped, c, s), np.where(swapped, s, c)
    return np.where(octant & 4, -sine, sine), np.where((octant + 2) & 4, -cosine, cosine)


def _fused(a: Array, b: Term, c: Term) -> Array:
    """a * b + c, rounded once, in the dtype of `a`."""
    if np.ndim(c) == 0 and (c == 0 or (np.ndim(b) == 0 and b == 1) or not np.isfinite(c)):
        return np.asarray(a * b + c)
    if a.dtype == np.float32:
        return _fused_float32(a, b, c)
    return _fused_float64(a, float(b), float(c))


def _two_sum(a: Term, b: Term) -> tuple[Array, Array]:
    """a + b, and what rounding took from it."""
    total = np.asarray(a + b)
    part = total - a
    return total, np.asarray((a - (total - part)) + (b - part))


def _fused_float32(a: Array, b: Term, c: Term) -> Array:
    """Add in float64, where the product is exact; round; put right what was rounded twice.

    Rounding the float64 sum again, to float32, goes wrong only if the sum lies halfway between
    two float32 numbers and the true value beside it. A halfway point has 28 low bits of zeros.
    """
    product = np.multiply(a, b, dtype=np.float64)
    total = np.asarray(product + c)
    if ((total.view(np.int64) & (2**28 - 1)) == 0).any():
        _, lost = _two_sum(product, np.asarray(c, np.float64))
        rounded = total.astype(np.float32)
        mirrored = total + (total - rounded)  # beyond a halfway point: the other neighbour
        wrong = (mirrored.astype(np.float32) == mirrored) & (mirrored != rounded) & (lost != 0)
        if wrong.any():
            total[wrong] = np.nextafter(total[wrong], np.copysign(np.inf, lost[wrong]))
    return total.astype(np.float32)


def _fused_float64(a: Array, b: float, c: float) -> Array:
    """Sum the product's two halves and `c` with the low parts rounded to odd: see
    Boldo and Melquiond, "Emulation of FMA and correctly rounded sums" (2008)."""
    if not 1e-250 < abs(b) < 1e290:  # halves could overflow or vanish
        return np.array([_fused_exactly(x, b, c) for x in a.flat]).reshape(a.shape)
    product = a * b
    a_high, b_high = (x * (2.0**27 + 1) - (x * (2.0**27 + 1) - x) for x in (a, b))
    a_low, b_low = a - a_high, b - b_high
    error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    high, low = _two_sum(c, error)
    total, rest = _two_sum(product, high)
    small, lost = _two_sum(low, rest)
    even = (lost != 0) & (small.view(np.int64) & 1 == 0)
    odd = np.where(even, np.nextafter(small, np.copysign(np.inf, lost)), small)
    return np.asarray(total + odd)


def _fused_exactly(a: float, b: float, c: float) -> float:
    if not (math.isfinite(b) and math.isfinite(c)):
        return a * b + c
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    try:
        return float(exact)
    except OverflowError:
        return math.inf if exact > 0 else -math.inf


@functools.cache
def _shuffles() -> tuple[Any, Any]:
    """The compiled loops of long permutations; both go on from place `start`."""
    import numba

    def swap(order: Array, start: int, words: Array) -> None:
        for step in range(words.size):
            place = start + step
            other = place + np.int64(words[step] % np.uint64(order.size - place))
            order[place], order[other] = order[other], order[place]

    def insert(order: Array, start: int, words: Array) -> None:
        for step in range(words.size):
            place = start + step
            other = np.int64(words[step] % np.uint64(place + 1))
            order[place] = order[other]
            order[other] = place

    return numba.njit(swap), numba.njit(insert)


def _fill(array: Array, draw: Callable[[int], Array]) -> None:
    """Write draw(n) after draw(n) into the elements, in the order in which they lie in memory."""
    axes = sorted(range(array.ndim), key=lambda axis: -abs(array.strides[axis]))
    in_memory_order = array.transpose(axes)
    flat = in_memory_order.reshape(-1)  # a copy where the elements lie apart
    for start in range(0, flat.size, BLOCK):
        part = flat[start : start + BLOCK]
        part[:] = draw(part.size)
    if not np.may_share_memory(flat, array):
        in_memory_order[...] = flat.reshape(in_memory_order.shape)


def _largest_integer(array: Array) -> int:
    """The largest integer such that all up to it exist in the array's dtype."""
    if array.dtype.name not in NAMES:
        raise _unsupported("random_", array)
    if array.dtype.kind == "f":
        return int(2 ** _digits(array.dtype))
    return 1 if array.dtype == np.bool_ else 2**63 - 1


def _range(dtype: Any, low: int, high: int | None, largest: int) -> tuple[int, int]:
    """The first and last integer to draw, moved inwards to numbers that the dtype has."""
    if high is not None and low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    last = largest if high is None else high - 1
    if dtype.kind == "f":
        nearest = _nearest(low + 1, dtype)
        if nearest < low:
            low = nearest + 2 ** (abs(low + 1).bit_length() - _digits(dtype))
        nearest = _nearest(last, dtype)
        if nearest > last:
            last = nearest - 2 ** (abs(last).bit_length() - _digits(dtype)) - 1
        if low > last:
            end = f"'to' casted to dtype, but got from={low} >= to={last + 1}"
            if high is None:
                end = f"or equal to 'to_inc' casted to dtype, but got from={low} > to_inc={last}"
            raise RuntimeError(f"random_ expects 'from' casted to dtype to be less than {end}")
    name, digits = NAMES[dtype.name].lower(), _digits(dtype)
    for bound, value in (("from", low), ("to - 1", last)):
        if dtype.kind == "b" and not 0 <= value <= 1:
            raise RuntimeError(f"{bound} is out of bounds for bool")
        if dtype.kind == "f" and abs(value) > largest:
            warnings.warn(
                f"{bound} is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision "
                f"limitations {name} can support discrete uniform distribution only within this "
                "range.",
                stacklevel=4,
            )
    return low, last


def _nearest(value: int, dtype: Any) -> int:
    """`value` rounded to the dtype and back; what int64 cannot hold becomes its smallest."""
    nearest = int(dtype.type(value))
    return nearest if -(2**63) <= nearest < 2**63 else -(2**63)


def _digits(dtype: Any) -> int:
    return int(np.finfo(dtype).nmant) + 1 if dtype.kind == "f" else 0


def _expect_floating(array: Array, function: str) -> None:
    if array.dtype.kind != "f" or array.dtype.name not in NAMES:
        raise _unsupported(function, array)


def _unsupported(function: str, array: Array) -> NotImplementedError:
    name = NAMES.get(array.dtype.name, array.dtype.name)
    return NotImplementedError(f'"{function}" not implemented for {name!r}')


def _number(value: float, function: str, name: str, position: int) -> float:
    if not isinstance(value, int | float | np.number):
        raise TypeError(
            f"{function}(): argument {name!r} (position {position}) must be float, "
            f"not {_kind(value)}"
        )
    return float(value)


def _integer(value: int, name: str) -> int:
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise TypeError(f"random_(): argument {name!r} must be int, not {_kind(value)}")
    if not -(2**63) <= value < 2**63:
        raise ValueError("Overflow when unpacking long long")
    return operator.index(value)


def _kind(value: object) -> str:
    return type(value).__name__


def manual_seed(seed: int) -> Generator:
    """Start the default generator again from `seed`; return the generator.

    >>> import minigrad as torch
    >>> torch.manual_seed(0).initial_seed()
    0
    """
    return default_generator.manual_seed(int(seed))


def seed() -> int:
    """Start the default generator from a seed that nobody can foresee; return the seed."""
    return default_generator.seed()


def initial_seed() -> int:
    """The seed that the default generator was started from."""
    return default_generator.initial_seed()


default_generator = Generator()
default_generator.seed()
