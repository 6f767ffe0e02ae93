"""Which samples make up the next batch? The loader joins a data set, a sampler and collation.

Shuffled with the same seed, the batches are PyTorch's: an iterator over a loader draws one seed
that it has no use for (PyTorch's is for worker processes), the sampler draws its own when the
first batch is asked for, and a new generator started from that one makes the permutation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import Any, Generic

import numpy as np

from minigrad.random import Generator

from .collate import default_collate, default_convert
from .dataset import Dataset, IterableDataset, Sample, TensorDataset
from .sampler import BatchSampler, RandomSampler, Sampler, SequentialSampler, draw_seed
from .subset import Subset


class DataLoader(Generic[Sample]):
    """Batches of a data set's samples, one epoch in every iteration.

    The batches are made in the process that asks for them: `num_workers` must be 0, and what
    concerns workers and memory transfers (`pin_memory`, `worker_init_fn`, `in_order`) changes
    nothing.

    A batch of a `TensorDataset`, or of a part of one, is picked from every tensor by one index
    operation; its values are those of the single samples stacked.

    Parameters
    ----------
    dataset : what has `dataset[index]` and a length, or an IterableDataset
        The samples of the latter come in its own order: `shuffle` and samplers are refused.
    batch_size : int, optional
        None switches batches off: each sample comes by itself.
    shuffle : bool, optional
        Take the samples in a new random order in every epoch.
    sampler : iterable of indices, optional
        In which order to take the samples; not together with `shuffle`.
    batch_sampler : iterable of lists of indices, optional
        In which batches to take them; not together with the arguments above or `drop_last`.
    collate_fn : callable, optional
        Makes a batch of a list of samples: `default_collate` unless given.
    drop_last : bool
        Leave out the last batch if it is not full.
    generator : Generator, optional
        The source of the random order: the default one unless given.

    >>> import minigrad as torch
    >>> data = TensorDataset(torch.arange(5))
    >>> for (batch,) in DataLoader(data, batch_size=2):
    ...     print(batch)
    tensor([0, 1])
    tensor([2, 3])
    tensor([4])
    """

    _initialized = False

    def __init__(
        self,
        dataset: Dataset[Sample] | Sequence[Sample],
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Iterable[Any] | None = None,
        batch_sampler: Iterable[Sequence[Any]] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[Any], Any] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], None] | None = None,
        multiprocessing_context: Any = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ) -> None:
        _expect_no_workers(
            num_workers, timeout, prefetch_factor, persistent_workers, multiprocessing_context
        )
        samples: Any = dataset
        if isinstance(dataset, IterableDataset):
            refused = {"shuffle": shuffle or None, "sampler": sampler}
            for name, given in {**refused, "batch_sampler": batch_sampler}.items():
                if given is not None:
                    raise ValueError(
                        f"DataLoader with IterableDataset: expected unspecified {name} option, "
                        f"but got {name}={given}"
                    )
            sampler = Endless()
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        if batch_sampler is not None:
            if batch_size != 1 or shuffle or sampler is not None or drop_last:
                raise ValueError(
                    "batch_sampler option is mutually exclusive with batch_size, shuffle, "
                    "sampler, and drop_last"
                )
            batch_size = None
        elif batch_size is None and drop_last:
            raise ValueError(
                "batch_size=None option disables auto-batching and is mutually exclusive with "
                "drop_last"
            )
        if sampler is None:
            random_sampler = RandomSampler(samples, generator=generator) if shuffle else None
            sampler = random_sampler or SequentialSampler(samples)
        if batch_size is not None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        if collate_fn is None:
            collate_fn = default_convert if batch_sampler is None else default_collate
        self.dataset, self.batch_size, self.drop_last = samples, batch_size, drop_last
        self.sampler, self.batch_sampler = sampler, batch_sampler
        self.num_workers, self.pin_memory, self.timeout = num_workers, pin_memory, timeout
        self.worker_init_fn, self.in_order = worker_init_fn, in_order
        self.multiprocessing_context, self.prefetch_factor = None, None
        self.persistent_workers, self.pin_memory_device = persistent_workers, pin_memory_device
        self.collate_fn, self.generator = collate_fn, generator
        self._initialized = True

    def __setattr__(self, name: str, value: Any) -> None:
        fixed = ("batch_size", "batch_sampler", "sampler", "drop_last", "dataset")
        if self._initialized and name in (*fixed, "persistent_workers"):
            raise ValueError(
                f"{name} attribute should not be set after {type(self).__name__} is initialized"
            )
        super().__setattr__(name, value)

    @property
    def _index_sampler(self) -> Iterable[Any]:
        return self.sampler if self.batch_sampler is None else self.batch_sampler

    def __iter__(self) -> Iterator[Any]:
        indices = self._begin()
        if isinstance(self.dataset, IterableDataset):
            return Batches(self._cut(iter(self.dataset), indices), self._index_sampler)
        return Batches(map(self._load, indices), self._index_sampler)

    def __len__(self) -> int:
        if not isinstance(self.dataset, IterableDataset):
            return len(self._index_sampler)  # type: ignore[arg-type]
        size = len(self.dataset)  # type: ignore[arg-type]
        if self.batch_size is None:
            return size
        return size // self.batch_size if self.drop_last else -(-size // self.batch_size)

    def _begin(self) -> Iterator[Any]:
        """One epoch's indices; the sampler draws when the first is asked for."""
        if self.timeout != 0:
            raise AssertionError(
                f"a loader without workers requires timeout == 0, not {self.timeout}"
            )
        indices = iter(self._index_sampler)
        draw_seed(self.generator)
        return indices

    def _cut(self, samples: Iterator[Any], indices: Iterator[Any]) -> Iterator[Any]:
        """A stream's samples one by one, or in batches as long as those of indices."""
        if self.batch_sampler is None:
            yield from map(self.collate_fn, samples)
            return
        for batch in indices:
            taken = list(islice(samples, len(batch)))
            if taken and (len(taken) == len(batch) or not self.drop_last):
                yield self.collate_fn(taken)
            if len(taken) < len(batch):
                return

    def _load(self, index: Any) -> Any:
        """The sample at an index, or the batch of a list of them."""
        if self.batch_sampler is None:
            return self.collate_fn(self.dataset[index])
        if self.collate_fn is default_collate:
            dataset, chosen = within(self.dataset, index)
            rows = np.asarray(chosen) if type(dataset) is TensorDataset else np.empty(0)
            if rows.ndim == 1 and rows.dtype.kind == "i":
                return [each[rows] for each in dataset.tensors]
        if getattr(self.dataset, "__getitems__", None):
            return self.collate_fn(self.dataset.__getitems__(index))
        return self.collate_fn([self.dataset[each] for each in index])


class Batches(Iterator[Any]):
    """The batches of one epoch; the length is that of the whole epoch."""

    def __init__(self, batches: Iterator[Any], sampler: Any) -> None:
        self._batches = batches
        self._sampler = sampler

    def __next__(self) -> Any:
        return next(self._batches)

    def __len__(self) -> int:
        return len(self._sampler)


class Endless(Sampler[None]):
    """The sampler of a stream, which has no indices: None, again and again."""

    def __iter__(self) -> Iterator[None]:
        return repeat(None)


def get_worker_info() -> None:
    """What a data set's code asks in order to know its worker: there is none.

    Examples
    --------
    >>> get_worker_info() is None
    True
    """


def within(dataset: Any, indices: Sequence[Any]) -> tuple[Any, Sequence[Any]]:
    """The data set that a part is taken of, and the indices there."""
    while type(dataset) is Subset:
        indices = [dataset.indices[each] for each in indices]
        dataset = dataset.dataset
    return dataset, indices


def _expect_no_workers(
    num_workers: int,
    timeout: float,
    prefetch_factor: int | None,
    persistent_workers: bool,
    multiprocessing_context: Any,
) -> None:
    if num_workers < 0 or num_workers > 0:
        raise ValueError(
            "num_workers option should be 0: batches are made in the process that asks for them, "
            f"but got num_workers={num_workers}"
        )
    if timeout < 0:
        raise ValueError("timeout option should be non-negative")
    if prefetch_factor is not None:
        raise ValueError("prefetch_factor option could only be specified in multiprocessing.")
    if persistent_workers:
        raise ValueError("persistent_workers option needs num_workers > 0")
    if multiprocessing_context is not None:
        raise ValueError(
            "multiprocessing_context can only be used with multi-process loading "
            f"(num_workers > 0), but got num_workers={num_workers}"
        )
