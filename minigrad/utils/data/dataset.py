"""What is a data set? Samples that are asked for by their index."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from ...tensor import Tensor

Sample = TypeVar("Sample", covariant=True)


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
