"""Which samples make up the next batch? Data sets, samplers, and the loader that joins them.

Shuffled with the same seed, the batches are PyTorch's: an iterator over a loader draws one seed
that it has no use for (PyTorch's is for worker processes), the sampler draws its own when the
first batch is asked for, and a new generator started from that one makes the permutation.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    MutableSequence,
    Sequence,
    Sized,
)
from typing import Any, Generic, TypeVar

import numpy as np

from .. import dtypes, random, views
from ..autograd import is_grad_enabled
from ..creation import as_tensor, tensor
from ..launch import empty, launch
from ..random import Generator
from ..tensor import Tensor

Sample = TypeVar("Sample", covariant=True)

__all__ = [
    "BatchSampler",
    "DataLoader",
    "Dataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "TensorDataset",
    "default_collate",
    "default_convert",
]


class Dataset(Generic[Sample]):
    """The base of data sets: a subclass has `__getitem__(index)` and, mostly, `__len__()`."""

    def __getitem__(self, index: Any) -> Sample:
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")


class TensorDataset(Dataset[tuple[Tensor, ...]]):
    """Tensors with as many rows each; a sample is a tuple of one row of every tensor.

    >>> import minigrad as torch
    >>> data = TensorDataset(torch.tensor([[1.0], [2.0]]), torch.tensor([10, 20]))
    >>> data[1]
    (tensor([2.]), tensor(20))
    """

    def __init__(self, *tensors: Tensor) -> None:
        if any(each.size(0) != tensors[0].size(0) for each in tensors):
            raise AssertionError("Size mismatch between tensors")
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Tensor, ...]:
        return tuple(each[index] for each in self.tensors)

    def __len__(self) -> int:
        return len(self.tensors[0])


class Sampler(Generic[Sample]):
    """The base of samplers: a subclass's `__iter__` gives indices, or batches of them."""

    def __iter__(self) -> Iterator[Sample]:
        raise NotImplementedError


class SequentialSampler(Sampler[int]):
    """The indices of a data source in their order."""

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """The indices of a data source in random order, new in every iteration.

    Parameters
    ----------
    data_source : what has a length
    replacement : bool
        Draw every index from all, so that some come twice and some never.
    num_samples : int, optional
        How many indices to draw: as many as there are samples, unless given.
    generator : Generator, optional
        Drawn from directly. Without it the default generator gives a seed for a new one.

    >>> list(RandomSampler(range(5), generator=Generator().manual_seed(0)))
    [4, 0, 1, 3, 2]
    """

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: Generator | None = None,
    ) -> None:
        self.data_source = data_source
        self.replacement = replacement
        self.generator = generator
        self._num_samples = num_samples
        if not isinstance(replacement, bool):
            raise TypeError(
                f"replacement should be a boolean value, but got replacement={replacement}"
            )
        if not isinstance(self.num_samples, int) or self.num_samples <= 0:
            raise ValueError(
                "num_samples should be a positive integer value, "
                f"but got num_samples={self.num_samples}"
            )

    @property
    def num_samples(self) -> int:
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        size = len(self.data_source)
        generator = self.generator or Generator().manual_seed(_draw_seed(None))
        if self.replacement:
            for count in (*[32] * (self.num_samples // 32), self.num_samples % 32):
                indices = np.empty(count, np.int64)
                generator.random(indices, 0, size)
                yield from indices.tolist()
        else:
            for _ in range(self.num_samples // size):
                yield from generator.permutation(size).tolist()
            # Drawn even where none of it is needed, as PyTorch does: a generator that is used
            # further must have moved on as far.
            yield from generator.permutation(size)[: self.num_samples % size].tolist()

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Lists of `batch_size` indices of another sampler; the last may be shorter, or dropped.

    >>> list(BatchSampler(SequentialSampler(range(5)), batch_size=2, drop_last=False))
    [[0, 1], [2, 3], [4]]
    """

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool) -> None:
        if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size <= 0:
            raise ValueError(
                f"batch_size should be a positive integer value, but got batch_size={batch_size}"
            )
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        indices = iter(self.sampler)
        while batch := list(itertools.islice(indices, self.batch_size)):
            if len(batch) == self.batch_size or not self.drop_last:
                yield batch

    def __len__(self) -> int:
        size = len(self.sampler)  # type: ignore[arg-type]
        return size // self.batch_size if self.drop_last else -(-size // self.batch_size)


class DataLoader(Generic[Sample]):
    """Batches of a data set's samples, one epoch in every iteration.

    The batches are made in the process that asks for them: `num_workers` must be 0, and what
    concerns workers and memory transfers (`pin_memory`, `timeout`, `worker_init_fn`, `in_order`)
    changes nothing.

    A batch of a `TensorDataset` is picked from every tensor by one index operation; its values
    are those of the single samples stacked.

    Parameters
    ----------
    dataset : what has `dataset[index]` and a length
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
        dataset: Any,
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
            random_sampler = RandomSampler(dataset, generator=generator) if shuffle else None
            sampler = random_sampler or SequentialSampler(dataset)
        if batch_size is not None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        if collate_fn is None:
            collate_fn = default_convert if batch_sampler is None else default_collate
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last
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
        indices = iter(self._index_sampler)
        _draw_seed(self.generator)
        return map(self._load, indices)

    def __len__(self) -> int:
        return len(self._index_sampler)  # type: ignore[arg-type]

    def _load(self, index: Any) -> Any:
        """The sample at an index, or the batch of a list of them."""
        if self.batch_sampler is None:
            return self.collate_fn(self.dataset[index])
        if type(self.dataset) is TensorDataset and self.collate_fn is default_collate:
            rows = np.asarray(index)
            if rows.ndim == 1 and rows.dtype.kind == "i":
                return [each[rows] for each in self.dataset.tensors]
        if hasattr(self.dataset, "__getitems__"):
            return self.collate_fn(self.dataset.__getitems__(index))
        return self.collate_fn([self.dataset[each] for each in index])


def _expect_no_workers(
    num_workers: int,
    timeout: float,
    prefetch_factor: int | None,
    persistent_workers: bool,
    multiprocessing_context: Any,
) -> None:
    if num_workers != 0:
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


def _draw_seed(generator: Generator | None) -> int:
    seed = np.empty((), np.int64)
    (generator or random.default_generator).random(seed)
    return int(seed)


def default_collate(batch: Sequence[Any]) -> Any:
    """One batch of many samples: tensors, arrays and numbers are stacked, containers gone into.

    A tuple of fields becomes a list, as PyTorch's does; strings stay as they are.

    >>> default_collate([{"x": 1.0, "name": "a"}, {"x": 2.0, "name": "b"}])
    {'x': tensor([1., 2.], dtype=minigrad.float64), 'name': ['a', 'b']}
    >>> default_collate([(1, True), (2, False)])
    [tensor([1, 2]), tensor([ True, False])]
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return _stack(batch)
    if isinstance(first, np.ndarray) and first.dtype.kind not in "SUO":
        return _stack([as_tensor(each) for each in batch])
    if isinstance(first, float):
        return tensor(batch, dtype=dtypes.float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, np.bool_ | np.number):
        return tensor(np.array(batch))
    if isinstance(first, str | bytes):
        return batch
    if isinstance(first, Mapping):
        return _refilled(
            first, {key: default_collate([each[key] for each in batch]) for key in first}
        )
    if isinstance(first, Sequence):
        if any(len(each) != len(first) for each in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        return _refilled(first, [default_collate(field) for field in zip(*batch, strict=True)])
    found = first.dtype if isinstance(first, np.ndarray) else type(first)
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {found}"
    )


def default_convert(data: Any) -> Any:
    """A sample with its NumPy arrays and numbers as tensors, and all else as it is."""
    if isinstance(data, np.bool_ | np.number):
        return as_tensor(np.asarray(data))
    if isinstance(data, np.ndarray) and data.dtype.kind not in "SUO":
        return as_tensor(data)
    if isinstance(data, Mapping):
        return _refilled(data, {key: default_convert(data[key]) for key in data})
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return _refilled(data, [default_convert(each) for each in data])
    return data


def _refilled(container: Any, contents: Any) -> Any:
    """The contents in a container like the one given; in a list if that was a plain tuple."""
    if isinstance(container, MutableMapping):
        container = copy.copy(container)
        container.update(contents)
        return container
    if isinstance(container, MutableSequence):
        container = copy.copy(container)
        container[:] = contents
        return container
    if hasattr(container, "_fields"):  # a named tuple
        return type(container)(*contents)
    return contents


def _stack(tensors: Sequence[Tensor]) -> Tensor:
    """The tensors as the rows of a new one."""
    shape = tensors[0].shape
    for entry, each in enumerate(tensors):
        if each.shape != shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(shape)} at entry 0 "
                f"and {list(each.shape)} at entry {entry}"
            )
    if is_grad_enabled() and any(each.requires_grad for each in tensors):
        rows = (len(tensors), *shape)
        first, *others = (
            views.embed(each, key=(entry,), shape=rows) for entry, each in enumerate(tensors)
        )
        return sum(others, start=first)
    arrays = [each.array for each in tensors]
    order = ["bool", "int64", "float32", "float64"]
    widest = max((array.dtype.name for array in arrays), key=order.index)
    out = empty((len(arrays), *shape), widest)
    launch(_stack_into, *arrays, out)
    return Tensor(out)


def _stack_into(*arrays_and_out: Any) -> None:
    *arrays, out = arrays_and_out
    np.stack(arrays, out=out, casting="unsafe")
