"""What is a data set? Samples that are asked for by their index, or that come one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.utils.data import ConcatDataset, TensorDataset


def test_a_sample_is_a_row_of_every_tensor() -> None:
    x, y = minigrad.arange(6).reshape(3, 2), minigrad.tensor([1.5, 2.5, 3.5])
    rows = TensorDataset(x, y)
    assert len(rows) == 3
    assert [[each.tolist() for each in rows[i]] for i in (0, -1)] == [[[0, 1], 1.5], [[4, 5], 3.5]]
    assert [each.tolist() for each in rows[1:]] == [[[2, 3], [4, 5]], [2.5, 3.5]]
    with pytest.raises(IndexError):
        rows[3]


def test_tensors_of_different_lengths_are_refused() -> None:
    with pytest.raises(AssertionError, match="Size mismatch between tensors"):
        TensorDataset(minigrad.zeros(3), minigrad.zeros(4))


def test_a_data_set_must_know_its_samples(library: ModuleType) -> None:
    with pytest.raises(NotImplementedError, match="should implement __getitem__"):
        library.Dataset()[0]


@given(st.lists(st.lists(st.integers(), max_size=4), min_size=1, max_size=5))
def test_joined_data_sets_are_indexed_as_one_list(parts: list[list[int]]) -> None:
    joined, whole = ConcatDataset(parts), list(itertools.chain(*parts))
    size = len(whole)
    assert len(joined) == size
    assert [joined[index] for index in range(-size, size)] == whole + whole
    with pytest.raises(IndexError):
        joined[size]
    with pytest.raises(ValueError, match="absolute value of index should not exceed dataset len"):
        joined[-size - 1]


def stream(library: ModuleType, *samples: Any) -> Any:
    class Stream(library.IterableDataset):
        def __iter__(self) -> Iterator[Any]:
            return iter(samples)

        def __len__(self) -> int:
            return len(samples)

    return Stream()


def test_a_sum_of_data_sets_joins_them(library: ModuleType) -> None:
    class Letters(library.Dataset):
        def __getitem__(self, index: int) -> str:
            return "ab"[index]

        def __len__(self) -> int:
            return 2

    joined = Letters() + Letters() + [1]
    assert type(joined) is library.ConcatDataset
    assert [joined[index] for index in range(len(joined))] == ["a", "b", "a", "b", 1]
    chained = stream(library, 1, 2) + stream(library) + stream(library, 3)
    assert type(chained) is library.ChainDataset
    assert list(chained) == list(chained) == [1, 2, 3] and len(chained) == 3


def test_streams_and_other_data_sets_are_not_joined(library: ModuleType) -> None:
    with pytest.raises(AssertionError, match="ConcatDataset does not support IterableDataset"):
        library.ConcatDataset([[1], stream(library, 1)])
    with pytest.raises(AssertionError, match="ChainDataset only supports IterableDataset"):
        list(library.ChainDataset([[1]]))
    with pytest.raises(AssertionError, match="datasets should not be an empty iterable"):
        library.ConcatDataset([])


def counting(library: ModuleType, size: int) -> Any:
    class Counting(library.IterableDataset):
        def __iter__(self) -> Iterator[int]:
            return iter(range(size))

        def __len__(self) -> int:
            return size

    return Counting()


@pytest.mark.parametrize("size", [0, 3, 4])
@pytest.mark.parametrize("drop_last", [False, True])
def test_a_stream_is_cut_into_batches_as_it_comes(
    library: ModuleType, size: int, drop_last: bool
) -> None:
    loader = library.DataLoader(counting(library, size), batch_size=2, drop_last=drop_last)
    batches = [[0, 1], [2, 3][: size - 2]][: size // 2 if drop_last else -(-size // 2)]
    for _ in range(2):
        assert [batch.tolist() for batch in loader] == batches
    assert len(loader) == len(batches)
    one_by_one = library.DataLoader(counting(library, size), batch_size=None)
    assert list(one_by_one) == list(range(size)) and len(one_by_one) == size


def test_a_stream_has_no_order_but_its_own(library: ModuleType) -> None:
    data, prefix = counting(library, 3), "DataLoader with IterableDataset: expected unspecified "
    refused: list[tuple[dict[str, Any], str]] = [
        ({"shuffle": True}, "shuffle option, but got shuffle=True"),
        ({"sampler": [1]}, r"sampler option, but got sampler=\[1\]"),
        ({"batch_sampler": [[1]]}, r"batch_sampler option, but got batch_sampler=\[\[1\]\]"),
    ]
    for options, message in refused:
        with pytest.raises(ValueError, match=prefix + message):
            library.DataLoader(data, **options)
    assert len(list(library.DataLoader(data, shuffle=False))) == 3


def test_a_stream_takes_from_the_generator_what_other_data_take(library: ModuleType) -> None:
    torch = pytest.importorskip(library.__name__.partition(".")[0])
    after = []
    for data in (counting(library, 3), range(3)):
        torch.manual_seed(4)
        list(library.DataLoader(data))
        after.append(torch.rand(1).item())
    assert after[0] == after[1]


def test_names_where_scripts_import_them_from(torch):
    data = torch.utils.data
    for name in ("Subset", "StackDataset", "TensorDataset", "random_split"):
        assert getattr(data.dataset, name) is getattr(data, name)
    for name in ("BatchSampler", "WeightedRandomSampler"):
        assert getattr(data.sampler, name) is getattr(data, name)
