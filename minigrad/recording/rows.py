"""Which loaders do nothing but pick rows of tensors, so that native code can do it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeGuard

import numpy as np

from ..tensor import Array
from ..utils.data import (
    BatchSampler,
    DataLoader,
    RandomSampler,
    SequentialSampler,
    Subset,
    SubsetRandomSampler,
    TensorDataset,
    WeightedRandomSampler,
    default_collate,
)
from ..utils.data.dataloader import within
from .guards import KINDS


def picks_rows(loader: Any) -> TypeGuard[DataLoader[Any]]:
    """Whether a loader's batches are rows of tensors, in an order that is known at the start."""
    if type(loader) is not DataLoader or loader.collate_fn is not default_collate:
        return False
    batch_sampler: Any = loader.batch_sampler
    if type(batch_sampler) is not BatchSampler or not _draws_at_once(batch_sampler.sampler):
        return False
    dataset: Any = loader.dataset
    while type(dataset) is Subset:
        if not _are_integers(dataset.indices):
            return False
        dataset = dataset.dataset
    return type(dataset) is TensorDataset


def full_batches(loader: DataLoader[Any]) -> int:
    """How many batches of an epoch are as large as the loader's batch size."""
    sampler: Any = loader.batch_sampler
    return len(sampler.sampler) // sampler.batch_size


def tables(loader: DataLoader[Any]) -> list[Array]:
    """The arrays that a loader picks rows of; none if they are not to be copied byte by byte."""
    dataset, _ = within(loader.dataset, [])
    found: list[Array] = []
    for tensor in dataset.tensors:
        if type(tensor) not in KINDS or tensor._with_history()._requires_grad:
            return []
        if not tensor.array.ndim or not tensor.array[:1].flags.c_contiguous:
            return []
        found.append(tensor.array)
    return found if len(set(map(len, found))) == 1 else []


def rows_of(
    loader: DataLoader[Any], batches: Sequence[Sequence[int]], length: int
) -> Array | None:
    """Which rows of the tensors so many batches of indices are, one batch after the other.

    None if there is one that tensors of this length do not have.
    """
    try:
        _, indices = within(loader.dataset, list(chain.from_iterable(batches)))
    except IndexError:
        return None
    rows = np.array(indices)
    if rows.dtype != np.int64 or rows.min() < -length or rows.max() >= length:
        return None
    rows[rows < 0] += length
    return rows


def _draws_at_once(sampler: Any) -> bool:
    """Whether a sampler draws only when its first index is asked for, and after its last."""
    if type(sampler) is RandomSampler:
        return not sampler.replacement and sampler.num_samples <= len(sampler.data_source)
    if type(sampler) is SubsetRandomSampler:
        return _are_integers(sampler.indices)
    return type(sampler) in (SequentialSampler, WeightedRandomSampler)


def _are_integers(indices: Any) -> bool:
    """Whether these are integers, and in a sequence that does nothing but give them."""
    if type(indices) is range:
        return True
    kinds = {list, tuple, np.ndarray}
    return type(indices) in kinds and {int, np.int64}.issuperset(map(type, indices))
