"""How do data sets of as many samples each become one, with a sample of each in a sample?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .dataset import Dataset


class StackDataset(Dataset[Any]):
    """Data sets side by side.

    Parameters
    ----------
    *args : data sets; a sample is a tuple of one of each
    **kwargs : data sets; a sample is a dictionary of one of each

    >>> StackDataset(x=[1, 2], y="ab")[1]
    {'x': 2, 'y': 'b'}
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if args and kwargs:
            raise ValueError(
                "Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like "
                "input/output, but both types are given."
            )
        if not args and not kwargs:
            raise ValueError("At least one dataset should be passed")
        self.datasets: Any = args or kwargs
        lengths = {len(each) for each in self._parts()}
        if len(lengths) > 1:
            raise ValueError("Size mismatch between datasets")
        self._length = lengths.pop()

    def __getitem__(self, index: Any) -> Any:
        return self._sample([each[index] for each in self._parts()])

    def __getitems__(self, indices: Sequence[Any]) -> list[Any]:
        columns = [self._column(each, indices) for each in self._parts()]
        return [self._sample(row) for row in zip(*columns, strict=True)]

    def __len__(self) -> int:
        return self._length

    def _parts(self) -> Sequence[Any]:
        return list(self.datasets.values()) if self._named() else self.datasets

    def _named(self) -> bool:
        return isinstance(self.datasets, dict)

    def _sample(self, row: Sequence[Any]) -> Any:
        return dict(zip(self.datasets, row, strict=True)) if self._named() else tuple(row)

    @staticmethod
    def _column(dataset: Any, indices: Sequence[Any]) -> list[Any]:
        """The samples of one data set, all at once if it can."""
        if not callable(getattr(dataset, "__getitems__", None)):
            return [dataset[each] for each in indices]
        items: list[Any] = dataset.__getitems__(indices)
        if len(items) != len(indices):
            raise ValueError(
                f"Nested dataset's output size mismatch. Expected {len(indices)}, got {len(items)}"
            )
        return items
