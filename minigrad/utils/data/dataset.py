"""What is a data set? Samples that are asked for by their index, or that come one by one.

Data sets are joined by `+`: those with indices to a `ConcatDataset`, streams to a `ChainDataset`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, Generic, TypeVar

from minigrad.tensor import Tensor

Sample = TypeVar("Sample", covariant=True)


class Dataset(Generic[Sample]):
    """The base of data sets: a subclass has `__getitem__(index)` and, mostly, `__len__()`.

    It may have `__getitems__(indices)`, which gives a list of samples; a loader then asks for the
    samples of a batch at once.

    Examples
    --------
    >>> class Squares(Dataset):
    ...     def __len__(self):
    ...         return 3
    ...
    ...     def __getitem__(self, index):
    ...         return index**2
    >>> both = Squares() + Squares()
    >>> len(both), both[1], both[5]
    (6, 1, 4)
    """

    def __getitem__(self, index: Any) -> Sample:
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other: Dataset[Any]) -> Dataset[Any]:
        return ConcatDataset([self, other])


class IterableDataset(Dataset[Sample], Iterable[Sample]):
    """The base of streams: a subclass has `__iter__()`, which gives one sample after the other.

    Examples
    --------
    >>> class Countdown(IterableDataset):
    ...     def __iter__(self):
    ...         return iter([3, 2, 1])
    >>> list(Countdown() + Countdown())
    [3, 2, 1, 3, 2, 1]
    """

    def __add__(self, other: Dataset[Any]) -> ChainDataset:
        return ChainDataset([self, other])


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


class ConcatDataset(Dataset[Any]):
    """Data sets one after the other.

    Parameters
    ----------
    datasets : iterable of data sets with a length

    >>> data = ConcatDataset([[1, 2], [30, 40, 50]])
    >>> len(data), data[1], data[2], data[-1]
    (5, 2, 30, 50)
    """

    def __init__(self, datasets: Iterable[Any]) -> None:
        self.datasets = list(datasets)
        if not self.datasets:
            raise AssertionError("datasets should not be an empty iterable")
        if any(isinstance(each, IterableDataset) for each in self.datasets):
            raise AssertionError("ConcatDataset does not support IterableDataset")
        self.cumulative_sizes = list(accumulate(map(len, self.datasets)))

    def __getitem__(self, idx: int) -> Any:
        if idx < 0:
            if -idx > len(self):
                raise ValueError("absolute value of index should not exceed dataset length")
            idx += len(self)
        part = bisect_right(self.cumulative_sizes, idx)
        return self.datasets[part][idx - (self.cumulative_sizes[part - 1] if part else 0)]

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]


class ChainDataset(IterableDataset[Any]):
    """Streams one after the other.

    Parameters
    ----------
    datasets : iterable of IterableDataset

    Examples
    --------
    >>> class Countdown(IterableDataset):
    ...     def __init__(self, start):
    ...         self.start = start
    ...
    ...     def __iter__(self):
    ...         return iter(range(self.start, 0, -1))
    >>> list(ChainDataset([Countdown(3), Countdown(2)]))
    [3, 2, 1, 2, 1]
    """

    def __init__(self, datasets: Iterable[Any]) -> None:
        self.datasets = datasets

    def __iter__(self) -> Iterator[Any]:
        for each in self._streams():
            yield from each

    def __len__(self) -> int:
        return sum(map(len, self._streams()))

    def _streams(self) -> Iterator[Any]:
        for each in self.datasets:
            if not isinstance(each, IterableDataset):
                raise AssertionError("ChainDataset only supports IterableDataset")
            yield each


# Below, because they build on Dataset: scripts import these from here as well.
from .stacked import StackDataset as StackDataset  # noqa: E402
from .subset import Subset as Subset, random_split as random_split  # noqa: E402
