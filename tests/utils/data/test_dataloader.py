"""Are a loader's batches those of a plain model of it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.utils.data import (
    BatchSampler,
    DataLoader,
    Dataset,
    RandomSampler,
    Sampler,
    SequentialSampler,
    TensorDataset,
    default_collate,
)


class Words:
    """The 32-bit words after a seed, one by one."""

    def __init__(self, seed: int) -> None:
        self._words = np.random.RandomState(seed % 2**32)

    def next(self) -> int:
        return int(self._words.randint(0, 2**32, dtype=np.uint32))

    def seed(self) -> int:
        return (self.next() << 32 | self.next()) % 2**63


def shuffled(n: int, seed: int) -> list[int]:
    words, order = Words(seed), list(range(n))
    for place in range(n - 1):
        other = place + words.next() % (n - place)
        order[place], order[other] = order[other], order[place]
    return order


@st.composite
def loader_cases(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "size": draw(st.integers(1, 40)),
        "batch_size": draw(st.integers(1, 45)),
        "shuffle": draw(st.booleans()),
        "drop_last": draw(st.booleans()),
        "epochs": draw(st.integers(1, 3)),
        "seed": draw(st.integers(0, 2**40)),
    }


class Squares(Dataset[tuple[Any, float]]):
    """Samples that are made one by one, of a tensor and a number."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, index: int) -> tuple[Any, float]:
        return minigrad.tensor([index, index * index]), index / 2


@given(loader_cases())
def test_the_batches_are_those_of_the_model(case: dict[str, Any]) -> None:
    size, batch_size = case["size"], case["batch_size"]
    rows = np.arange(size * 3, dtype=np.float32).reshape(size, 3)
    picked = TensorDataset(minigrad.tensor(rows), minigrad.arange(size))
    options = {key: case[key] for key in ("batch_size", "shuffle", "drop_last")}
    for dataset in (picked, Squares(size)):
        loader = DataLoader(dataset, **options)
        minigrad.manual_seed(case["seed"])
        words = Words(case["seed"])
        for _ in range(case["epochs"]):
            words.seed()
            order = shuffled(size, words.seed()) if case["shuffle"] else list(range(size))
            parts = [order[start : start + batch_size] for start in range(0, size, batch_size)]
            if case["drop_last"] and len(parts[-1]) < batch_size:
                del parts[-1]
            batches = list(loader)
            assert len(batches) == len(parts) == len(loader)
            for (x, y), part in zip(batches, parts, strict=True):
                if dataset is picked:
                    assert x.tolist() == rows[part].tolist()
                    assert y.tolist() == part
                else:
                    assert x.tolist() == [[i, i * i] for i in part]
                    assert y.tolist() == [i / 2 for i in part]
                    assert y.dtype == minigrad.float64


@given(loader_cases())
def test_picking_a_batch_gives_what_stacking_its_samples_gives(case: dict[str, Any]) -> None:
    size = case["size"]
    tensors = (minigrad.rand(size, 2), minigrad.rand(size) < 0.5, minigrad.arange(size))
    options = {key: case[key] for key in ("batch_size", "shuffle", "drop_last")}
    results = []
    for collate in (None, lambda samples: default_collate(samples)):
        minigrad.manual_seed(case["seed"])
        results.append(list(DataLoader(TensorDataset(*tensors), collate_fn=collate, **options)))
    for one, other in zip(*results, strict=True):
        assert type(one) is type(other) is list
        for a, b in zip(one, other, strict=True):
            assert a.dtype == b.dtype
            assert a.tolist() == b.tolist()


def test_a_batch_is_a_copy() -> None:
    rows = minigrad.zeros(4)
    for (batch,) in DataLoader(TensorDataset(rows), batch_size=2):
        batch.fill_(1.0)
    assert rows.tolist() == [0.0] * 4


def test_gradients_reach_the_tensors_that_samples_come_from() -> None:
    rows = minigrad.tensor([1.0, 2.0, 3.0], requires_grad=True)
    for collate in (None, lambda samples: default_collate(samples)):
        rows.grad = None
        weights = minigrad.tensor([2.0, 5.0])
        loader = DataLoader(TensorDataset(rows), sampler=[2, 0], batch_size=2, collate_fn=collate)
        for (batch,) in loader:
            (batch * weights).sum().backward()
        assert rows.grad.tolist() == [5.0, 0.0, 2.0]


def test_a_subclass_of_tensor_dataset_has_its_own_samples() -> None:
    class Doubled(TensorDataset):
        def __getitem__(self, index: Any) -> Any:
            return tuple(each * 2 for each in super().__getitem__(index))

    (batch,) = DataLoader(Doubled(minigrad.arange(3)), batch_size=3)
    assert batch[0].tolist() == [0, 2, 4]


def test_samplers_may_be_any_iterables() -> None:
    rows = TensorDataset(minigrad.arange(10))
    by_list = DataLoader(rows, sampler=[3, 1, 4], batch_size=2)
    assert [batch[0].tolist() for batch in by_list] == [[3, 1], [4]]
    assert len(by_list) == 2
    by_batches = DataLoader(rows, batch_sampler=[[3, 1], [4]])
    assert [batch[0].tolist() for batch in by_batches] == [[3, 1], [4]]
    with_numpy = DataLoader(rows, batch_sampler=[np.array([3, 1])])
    assert [batch[0].tolist() for batch in with_numpy] == [[3, 1]]


def test_without_batches_every_sample_comes_by_itself() -> None:
    class Pairs(Dataset[Any]):
        def __len__(self) -> int:
            return 3

        def __getitem__(self, index: int) -> Any:
            return np.float64(index), {"name": "abc"[index], "row": np.zeros(2)}

    samples = list(DataLoader(Pairs(), batch_size=None))
    assert [sample[0].item() for sample in samples] == [0.0, 1.0, 2.0]
    assert [sample[1]["name"] for sample in samples] == ["a", "b", "c"]
    assert samples[0][1]["row"].tolist() == [0.0, 0.0]


def test_a_collate_function_is_given_the_samples() -> None:
    rows = TensorDataset(minigrad.arange(3), minigrad.arange(3))
    loader = DataLoader(rows, batch_size=2, collate_fn=lambda samples: samples)
    assert [[(x.item(), y.item()) for x, y in samples] for samples in loader] == [
        [(0, 0), (1, 1)],
        [(2, 2)],
    ]


def test_getitems_is_asked_for_whole_batches() -> None:
    class Whole(Squares):
        def __getitems__(self, indices: list[int]) -> list[int]:
            return [-index for index in indices]

    assert [b.tolist() for b in DataLoader(Whole(3), batch_size=2)] == [[0, -1], [-2]]


def test_a_custom_sampler_subclass_is_iterated_anew_in_every_epoch() -> None:
    class Alternating(Sampler[int]):
        def __init__(self) -> None:
            self.backwards = False

        def __iter__(self) -> Iterator[int]:
            self.backwards = not self.backwards
            return iter([2, 1, 0] if self.backwards else [0, 1, 2])

    loader = DataLoader(TensorDataset(minigrad.arange(3)), 3, sampler=Alternating())
    assert [batch[0].tolist() for _ in range(2) for batch in loader] == [[2, 1, 0], [0, 1, 2]]


ROWS = list(range(5))
REFUSED: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
    ((ROWS,), {"shuffle": True, "sampler": [1]}, "with shuffle"),
    ((ROWS,), {"batch_size": 0}, "batch_size=0"),
    ((ROWS,), {"batch_size": 2.0}, "batch_size=2.0"),
    ((ROWS,), {"drop_last": 1}, "drop_last=1"),
    ((ROWS, 2), {"batch_sampler": [[1]]}, "batch_sampler option is"),
    ((ROWS, None), {"drop_last": True}, "disables auto-batching"),
    (([],), {"shuffle": True}, "num_samples=0"),
    ((ROWS,), {"num_workers": -1}, "num_workers option should be "),
    ((ROWS,), {"prefetch_factor": 2}, "prefetch_factor option could"),
    ((ROWS,), {"persistent_workers": True}, "needs num_workers > 0"),
    ((ROWS,), {"multiprocessing_context": "fork"}, "multi-process"),
    ((ROWS,), {"timeout": -1}, "timeout option should be non-neg"),
]


@pytest.mark.parametrize(("arguments", "options", "message"), REFUSED)
def test_what_makes_no_sense_is_refused_in_pytorchs_words(
    library: ModuleType, arguments: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        library.DataLoader(*arguments, **options)


def test_worker_processes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"num_workers option should be 0.*num_workers=2"):
        DataLoader(ROWS, num_workers=2)


def test_an_epoch_has_the_length_of_its_loader(library: ModuleType) -> None:
    batches = iter(library.DataLoader(ROWS, batch_size=2))
    assert len(batches) == 3
    assert next(batches).tolist() == [0, 1] and len(list(batches)) == 2 and len(batches) == 3


@pytest.mark.parametrize("wrong", [0, 7, "default"])
def test_what_is_no_generator_is_refused(library: ModuleType, wrong: Any) -> None:
    """Also what is false, such as a seed of 0, and in its place the default one is not used."""
    draws = (
        lambda: list(library.DataLoader(ROWS, generator=wrong)),
        lambda: list(library.SubsetRandomSampler(ROWS, generator=wrong)),
        lambda: list(library.WeightedRandomSampler([1.0, 1.0], 2, generator=wrong)),
        lambda: library.random_split(ROWS, [2, 3], generator=wrong),
    )
    for draw in draws:
        with pytest.raises(TypeError, match="generator"):
            draw()


def test_what_decides_on_the_batches_is_fixed() -> None:
    loader = DataLoader(ROWS, batch_size=2)
    for name in ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset"):
        with pytest.raises(ValueError, match=f"{name} attribute should not be set after DataLoad"):
            setattr(loader, name, None)
    assert isinstance(loader.sampler, SequentialSampler)
    assert isinstance(loader.batch_sampler, BatchSampler)
    assert isinstance(DataLoader(ROWS, shuffle=True).sampler, RandomSampler)


def test_waiting_for_workers_that_are_not_there_fails(library: ModuleType) -> None:
    loader = library.DataLoader(ROWS, timeout=1)
    with pytest.raises(AssertionError, match="requires timeout == 0"):
        iter(loader)
    assert library.get_worker_info() is None


def test_a_number_of_workers_is_a_number(torch):
    for wrong in ("two", None):
        with pytest.raises(TypeError, match="'<' not supported"):
            torch.utils.data.DataLoader([1], num_workers=wrong)
