"""In which order, and in which groups, are the samples of a data set asked for?"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

import numpy as np

from minigrad import creation, dtypes
from minigrad.random import Generator
from minigrad.random.default import chosen
from minigrad.random.weighted import draw_weighted

Index = TypeVar("Index", covariant=True)


class Sampler(Generic[Index]):
    """The base of samplers: a subclass's `__iter__` gives indices, or batches of them.

    Examples
    --------
    >>> from minigrad.utils.data import DataLoader
    >>> class Backwards(Sampler):
    ...     def __init__(self, data_source):
    ...         self.data_source = data_source
    ...
    ...     def __iter__(self):
    ...         return reversed(range(len(self.data_source)))
    >>> data = [10, 20, 30]
    >>> list(DataLoader(data, batch_size=2, sampler=Backwards(data)))
    [tensor([30, 20]), tensor([10])]
    """

    def __iter__(self) -> Iterator[Index]:
        raise NotImplementedError


class SequentialSampler(Sampler[int]):
    """The indices of a data source in their order.

    Examples
    --------
    >>> list(SequentialSampler(["a", "b", "c"]))
    [0, 1, 2]
    """

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
        """How many indices one epoch has."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        size = len(self.data_source)
        if self.generator is None:
            generator = Generator().manual_seed(draw_seed(None))
        else:
            generator = chosen(self.generator, "RandomSampler")
        if self.replacement:
            for count in (*[32] * (self.num_samples // 32), self.num_samples % 32):
                indices = np.empty(count, np.int64)
                generator.random(indices, 0, size)
                yield from indices.tolist()
        else:
            for _ in range(self.num_samples // size):
                yield from generator.permutation(size).tolist()
            # Drawn even where none of it is needed, as PyTorch does: a given generator, which is
            # used further, must have moved on as far.
            if self.generator is not None or self.num_samples % size:
                yield from generator.permutation(size)[: self.num_samples % size].tolist()

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[Any]):
    """Given indices in random order, new in every iteration.

    Parameters
    ----------
    indices : sequence
    generator : Generator, optional
        The source of the random order: the default one unless given.

    Examples
    --------
    >>> list(SubsetRandomSampler([10, 20, 30], generator=Generator().manual_seed(0)))
    [30, 10, 20]
    """

    def __init__(self, indices: Sequence[Any], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[Any]:
        generator = chosen(self.generator, "SubsetRandomSampler")
        for place in generator.permutation(len(self.indices)).tolist():
            yield self.indices[place]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Indices drawn with the probabilities that their weights give, new in every iteration.

    They are PyTorch's. Only if there are not as many weights above 0 as indices to draw without
    replacement, those of weight 0, which come last, come in another order.

    Parameters
    ----------
    weights : sequence of float
        One for each index; they need not add up to 1.
    num_samples : int
        How many indices to draw.
    replacement : bool
        Whether an index may come again.
    generator : Generator, optional
        The source of the random numbers: the default one unless given.

    >>> generator = Generator().manual_seed(0)
    >>> list(WeightedRandomSampler([0.5, 0.0, 0.5], 5, generator=generator))
    [2, 2, 0, 2, 2]
    """

    def __init__(
        self,
        weights: Sequence[float],
        num_samples: int,
        replacement: bool = True,
        generator: Generator | None = None,
    ) -> None:
        if not isinstance(num_samples, int) or isinstance(num_samples, bool) or num_samples <= 0:
            raise ValueError(
                "num_samples should be a positive integer value, "
                f"but got num_samples={num_samples}"
            )
        if not isinstance(replacement, bool):
            raise ValueError(
                f"replacement should be a boolean value, but got replacement={replacement}"
            )
        self.weights = creation.as_tensor(weights, dtype=dtypes.float64)
        if self.weights.dim() != 1:
            raise ValueError(
                "weights should be a 1d sequence but given weights have shape "
                f"{tuple(self.weights.shape)}"
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        generator = chosen(self.generator, "WeightedRandomSampler")
        weights = self.weights.array
        drawn = draw_weighted(generator, weights, self.num_samples, self.replacement)
        yield from drawn.tolist()

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


def draw_seed(generator: Generator | None) -> int:
    """A seed for another generator, drawn from this one or from the default one."""
    seed = np.empty((), np.int64)
    chosen(generator, "DataLoader").random(seed)
    return int(seed)
