"""Classes as rows of zeros with a one."""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from .arguments import require_tensor
from .sizes import integer

NEGATIVE = "Class values must be non-negative."
TOO_LARGE = "Class values must be smaller than num_classes."


def one_hot(input: Tensor, num_classes: int = -1) -> Tensor:
    """Give each class as a row of zeros, with a one at its place.

    Parameters
    ----------
    input : Tensor
        Classes, of int64 and any shape.
    num_classes : int
        The length of a row; by default as many as the largest class needs.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.nn.functional.one_hot(torch.tensor([0, 2]))
    tensor([[1, 0, 0],
            [0, 0, 1]])
    """
    require_tensor(input, "one_hot")
    if input.array.dtype != np.int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    length = integer(num_classes, "num_classes", "one_hot")
    if length < 1 and not input.array.size:
        raise RuntimeError("Can not infer total number of classes from empty tensor.")
    if length == -1:
        if input.min().item() < 0:
            raise RuntimeError(NEGATIVE)
        length = int(input.max().item()) + 1
    elif length < 1:
        raise RuntimeError(NEGATIVE if input.min().item() < 0 else TOO_LARGE)
    rows = empty((*input.array.shape, length), np.int64)
    launch(_mark, input.array, rows)
    return tensor_of(rows)


def _mark(classes: Array, rows: Array) -> None:
    if (classes < 0).any():
        raise RuntimeError(NEGATIVE)
    if (classes >= rows.shape[-1]).any():
        raise RuntimeError(TOO_LARGE)
    rows[...] = classes[..., None] == np.arange(rows.shape[-1])
