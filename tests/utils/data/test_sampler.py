"""Do samplers give every index in its place, and refuse what makes no sense?"""

from __future__ import annotations

import itertools
import re
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad import Generator
from minigrad.utils.data import BatchSampler, RandomSampler, Sampler, SequentialSampler


@given(st.integers(1, 30), st.integers(1, 100), st.integers(0, 99))
def test_without_replacement_every_index_comes_before_any_comes_again(
    size: int, num_samples: int, seed: int
) -> None:
    generator = Generator().manual_seed(seed)
    sampler = RandomSampler(range(size), num_samples=num_samples, generator=generator)
    indices = list(sampler)
    assert len(indices) == len(sampler) == num_samples
    for start in range(0, num_samples, size):
        part = indices[start : start + size]
        assert len(set(part)) == len(part)
        assert set(part) <= set(range(size))


@given(st.integers(1, 30), st.integers(1, 100), st.integers(0, 99))
def test_with_replacement_every_index_is_drawn_by_itself(
    size: int, num_samples: int, seed: int
) -> None:
    generator = Generator().manual_seed(seed)
    indices = list(RandomSampler(range(size), True, num_samples, generator))
    words = np.random.RandomState(seed).randint(0, 2**32, num_samples, np.uint32)
    assert indices == (words % size).tolist()


@given(st.integers(0, 40), st.integers(1, 9), st.booleans())
def test_batches_joined_are_the_indices(size: int, batch_size: int, drop_last: bool) -> None:
    sampler = BatchSampler(SequentialSampler(range(size)), batch_size, drop_last)
    batches = list(sampler)
    assert len(batches) == len(sampler)
    assert all(len(batch) == batch_size for batch in (batches if drop_last else batches[:-1]))
    kept = size - size % batch_size if drop_last else size
    assert list(itertools.chain(*batches)) == list(range(kept))


def generator_of(library: ModuleType, seed: int) -> Any:
    return pytest.importorskip(library.__name__.partition(".")[0]).Generator().manual_seed(seed)


def test_a_seed_gives_the_recorded_indices(library: ModuleType) -> None:
    shuffled = library.SubsetRandomSampler("abcdef", generator_of(library, 1))
    assert "".join(shuffled) == "bfcade" and len(shuffled) == 6
    weighted, weights = library.WeightedRandomSampler, [0.1, 0.9, 0.4, 0.7, 3.0, 0.6]
    drawn = weighted(weights, 5, True, generator_of(library, 2))
    assert list(drawn) == [5, 1, 4, 4, 5] and len(drawn) == 5
    weights = [0.9, 0.4, 0.05, 0.2, 0.3, 0.1]
    assert list(weighted(weights, 5, False, generator_of(library, 3))) == [0, 1, 3, 4, 5]
    assert list(weighted(weights, 1, True, generator_of(library, 3))) == [0]


def test_samplers_draw_from_the_default_generator_in_turn(library: ModuleType) -> None:
    torch = pytest.importorskip(library.__name__.partition(".")[0])
    torch.manual_seed(7)
    parts = library.random_split(range(7), [0.5, 0.5])
    assert [part.indices for part in parts] == [[5, 0, 3, 1], [2, 6, 4]]
    assert list(library.SubsetRandomSampler(range(5))) == [2, 4, 3, 1, 0]
    assert list(library.WeightedRandomSampler([1, 2, 3], 4)) == [2, 1, 2, 2]
    assert list(library.RandomSampler(range(4))) == [3, 2, 1, 0]
    assert torch.rand(1).item() == 0.8828775882720947


REFUSED: list[tuple[str, tuple[Any, ...], dict[str, Any], type[Exception], str]] = [
    ("RandomSampler", (range(5),), {"replacement": 1}, TypeError, "replacement=1"),
    ("RandomSampler", (range(5),), {"num_samples": 1.5}, ValueError, "num_samples=1.5"),
    ("RandomSampler", ([],), {}, ValueError, "num_samples=0"),
    ("WeightedRandomSampler", ([1.0], True), {}, ValueError, "num_samples=True"),
    ("WeightedRandomSampler", ([1.0], 1, 1), {}, ValueError, "replacement=1"),
    ("WeightedRandomSampler", ([[1.0]], 1), {}, ValueError, "weights have shape (1, 1)"),
    ("WeightedRandomSampler", (3.0, 1), {}, ValueError, "weights have shape ()"),
    ("BatchSampler", (range(5), True, False), {}, ValueError, "batch_size=True"),
    ("BatchSampler", (range(5), 2, 0), {}, ValueError, "drop_last=0"),
]


@pytest.mark.parametrize(("name", "arguments", "options", "kind", "message"), REFUSED)
def test_what_makes_no_sense_is_refused_in_pytorchs_words(
    library: ModuleType,
    name: str,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind, match=re.escape(message)):
        getattr(library, name)(*arguments, **options)


def test_a_sampler_must_know_its_indices() -> None:
    with pytest.raises(NotImplementedError):
        iter(Sampler())
