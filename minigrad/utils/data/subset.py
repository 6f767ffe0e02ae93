"""How is a data set divided? Into subsets, each with the indices of its samples."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from minigrad.random import Generator, default_generator
from minigrad.random.default import chosen
from minigrad.tensor import Tensor

from .dataset import Dataset


class Subset(Dataset[Any]):
    """Some samples of a data set.

    Parameters
    ----------
    dataset : what has `dataset[index]`
    indices : sequence of the samples' indices in it

    >>> Subset("abcd", [3, 0])[0]
    'd'
    """

    def __init__(self, dataset: Any, indices: Sequence[Any]) -> None:
        self.dataset = dataset
        self.indices = indices
        kind = type(self)
        if kind.__getitem__ is not Subset.__getitem__ and kind.__getitems__ is Subset.__getitems__:
            raise NotImplementedError(
                f"{kind.__name__} overrides __getitem__ but not __getitems__, by which a "
                "DataLoader asks for the samples of a batch. Define it too, such as: "
                "def __getitems__(self, indices): return [self[index] for index in indices]"
            )

    def __getitem__(self, idx: Any) -> Any:
        if isinstance(idx, list):
            return self.dataset[[self.indices[each] for each in idx]]
        return self.dataset[self.indices[idx]]

    def __getitems__(self, indices: Sequence[Any]) -> list[Any]:
        chosen = [self.indices[each] for each in indices]
        if callable(getattr(self.dataset, "__getitems__", None)):
            samples: list[Any] = self.dataset.__getitems__(chosen)
            return samples
        return [self.dataset[each] for each in chosen]

    def __len__(self) -> int:
        return len(self.indices)


def random_split(
    dataset: Any, lengths: Sequence[float], generator: Generator | None = default_generator
) -> list[Subset]:
    """Divide a data set at random into subsets that have no sample in common.

    Parameters
    ----------
    dataset : what has `dataset[index]` and a length
    lengths : sequence of int, or of float; a tensor with one element counts as its number
        How many samples each subset has; or fractions of 1, which are rounded down, what is left
        over then going to the first subsets, one sample each.
    generator : Generator, optional
        The source of the random order: the default one unless given.

    Raises
    ------
    ValueError
        If the lengths do not add up to that of the data set, or a fraction is not in [0, 1].

    >>> parts = random_split(range(10), [0.7, 0.3], generator=Generator().manual_seed(0))
    >>> [list(part) for part in parts]
    [[4, 1, 7, 5, 3, 9, 0], [8, 6, 2]]
    """
    lengths = [each.item() if isinstance(each, Tensor) else each for each in lengths]
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        lengths = _whole(lengths, len(dataset))
        for position, length in enumerate(lengths):
            if length == 0:
                warnings.warn(
                    f"Length of split at index {position} is 0. This might result in an empty "
                    "dataset.",
                    stacklevel=2,
                )
    if sum(lengths) != len(dataset):
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    order = chosen(generator, "random_split").permutation(sum(lengths)).tolist()  # type: ignore[arg-type]
    ends: Any = accumulate(lengths)
    return [
        Subset(dataset, order[end - length : end])
        for end, length in zip(ends, lengths, strict=True)
    ]


def _whole(fractions: Sequence[float], total: int) -> list[int]:
    """Fractions of a total as whole numbers that add up to it."""
    for position, fraction in enumerate(fractions):
        if not 0 <= fraction <= 1:
            raise ValueError(f"Fraction at index {position} is not between 0 and 1")
    counts = [math.floor(total * fraction) for fraction in fractions]
    for spare in range(total - sum(counts)):
        counts[spare % len(counts)] += 1
    return counts
