"""How is a data set divided?"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.utils.data import DataLoader, Subset, TensorDataset, random_split

fractions = st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any)


def test_a_subset_has_the_samples_of_its_indices(library: ModuleType) -> None:
    part = library.Subset("abcdef", [4, 0, 2])
    assert len(part) == 3 and [part[index] for index in range(3)] == ["e", "a", "c"]
    assert part.__getitems__([2, 0]) == ["c", "e"]
    assert library.Subset(part, [2, 1])[1] == "a"


def test_what_a_subset_is_of_is_asked_for_several_samples_at_once(library: ModuleType) -> None:
    class Whole(list[Any]):
        def __getitems__(self, indices: list[int]) -> list[str]:
            return [f"{index}" for index in indices]

    assert library.Subset(Whole(range(9)), [7, 8]).__getitems__([1, 0]) == ["8", "7"]


def test_a_subclass_changes_both_ways_to_its_samples(library: ModuleType) -> None:
    class Half(library.Subset):
        def __getitem__(self, index: Any) -> Any:
            return super().__getitem__(index)

    with pytest.raises(NotImplementedError, match="Half overrides __getitem__ but not __getitems"):
        Half([1], [0])


def test_a_batch_of_a_part_of_tensors_is_picked_as_samples_are_stacked() -> None:
    x, y = minigrad.arange(20.0).reshape(10, 2), minigrad.arange(10)
    part = Subset(Subset(TensorDataset(x, y), range(2, 9)), [5, 0, 3, 1])
    picked = list(DataLoader(part, batch_size=3))
    stacked = list(DataLoader(part, batch_size=3, collate_fn=_collated))
    assert [[each.tolist() for each in batch] for batch in picked] == [
        [each.tolist() for each in batch] for batch in stacked
    ]
    assert picked[1][1].tolist() == [3] and type(picked[1]) is list


def _collated(samples: list[Any]) -> Any:
    return minigrad.utils.data.default_collate(samples)


def test_a_seed_gives_the_recorded_parts(library: ModuleType) -> None:
    torch = pytest.importorskip(library.__name__.partition(".")[0])
    generator = torch.Generator()
    parts = library.random_split(range(10), [3, 7], generator=generator.manual_seed(42))
    assert [part.indices for part in parts] == [[2, 6, 1], [8, 4, 5, 0, 9, 3, 7]]
    parts = library.random_split(range(30), [0.3, 0.3, 0.4], generator.manual_seed(42))
    assert [part.indices for part in parts] == [
        [12, 0, 6, 25, 8, 15, 10, 18, 16],
        [23, 28, 26, 20, 7, 21, 22, 29, 13],
        [14, 2, 4, 1, 9, 11, 17, 19, 27, 5, 24, 3],
    ]


def test_lengths_may_be_tensors_of_one_element(library: ModuleType) -> None:
    torch = pytest.importorskip(library.__name__.partition(".")[0])
    for lengths in ([torch.tensor(3), 7], [torch.tensor([0.25]), torch.tensor(0.75)]):
        given, plain = (
            library.random_split(range(10), each, torch.Generator().manual_seed(42))
            for each in (lengths, [float(each) if each < 1 else int(each) for each in lengths])
        )
        assert [part.indices for part in given] == [part.indices for part in plain]


@pytest.mark.filterwarnings("ignore:Length of split")
@given(st.integers(0, 40), fractions, st.booleans(), st.integers(0, 2**40), st.booleans())
def test_the_parts_are_pytorchs(
    size: int, shares: list[int], as_lengths: bool, seed: int, own: bool
) -> None:
    torch = pytest.importorskip("torch")
    lengths: list[Any] = [share / sum(shares) for share in shares]
    if as_lengths:
        lengths = [size // len(shares)] * len(shares)
        lengths[0] += size - sum(lengths)
    outcomes = []
    for library in (minigrad, torch):
        library.manual_seed(seed)
        arguments = {"generator": library.Generator().manual_seed(3)} if own else {}
        try:
            parts = library.utils.data.random_split(range(size), lengths, **arguments)
            outcomes.append([list(part.indices) for part in parts])
        except (ValueError, TypeError) as error:
            outcomes.append(type(error).__name__)
        outcomes.append(library.rand(2).tolist())
    assert outcomes[:2] == outcomes[2:]


@given(st.integers(1, 40), fractions)
@pytest.mark.filterwarnings("ignore:Length of split")
def test_every_sample_is_in_one_part(size: int, shares: list[int]) -> None:
    cut = sorted(share % (size + 1) for share in shares)
    lengths = [end - start for start, end in zip([0, *cut], [*cut, size], strict=True)]
    parts = random_split(range(size), lengths)
    if sum(lengths) != 1:  # that is taken for fractions
        assert [len(part) for part in parts] == lengths
    assert sorted(index for part in parts for index in part.indices) == list(range(size))


REFUSED: list[tuple[list[float], type[Exception], str]] = [
    ([1, 1], ValueError, "Sum of input lengths does not equal the length of the input dataset!"),
    ([0.5, 0.6], ValueError, "Sum of input lengths does not equal the length"),
    ([0.5, -0.5, 1.0], ValueError, "Fraction at index 1 is not between 0 and 1"),
    ([1.5, 1.5], TypeError, "randperm()"),
    ([], ValueError, "Sum of input lengths does not equal the length of the input dataset!"),
]


@pytest.mark.parametrize(("lengths", "kind", "message"), REFUSED)
def test_lengths_that_do_not_add_up_are_refused(
    library: ModuleType, lengths: list[float], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        library.random_split(range(3), lengths)
    assert str(caught.value).startswith(message)


def test_an_empty_part_is_warned_of(library: ModuleType) -> None:
    with pytest.warns(UserWarning, match="Length of split at index 1 is 0"):
        parts = library.random_split(range(1), [0.5, 0.5])
    assert [len(part) for part in parts] == [1, 0]
