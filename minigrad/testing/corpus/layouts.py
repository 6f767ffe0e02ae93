"""Faults: numbers read in the order of memory, or right in one dtype alone."""

from __future__ import annotations

import numpy as np

import minigrad as torch

from .case import WrongGradient, leaf, sample
from .statistics import inverse, pulled

Tensor = torch.Tensor
VALUES = np.random.default_rng(0).uniform(-2, 2, (3, 4)).round(3)


def in_memory(x: Tensor) -> Tensor:
    """The numbers in the order in which they lie in memory, gaps included."""
    array = x.detach().numpy()
    if not array.size:
        return x.detach()
    low = np.lib.array_utils.byte_bounds(array)[0]
    owner = array
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    flat = np.ravel(owner, "K")
    start = (low - np.lib.array_utils.byte_bounds(owner)[0]) // array.itemsize
    found = np.resize(flat[start:], array.shape)
    return torch.tensor(np.ascontiguousarray(found)).reshape(array.shape)


def as_if_contiguous(grad: Tensor, x: Tensor) -> Tensor:
    return grad * 2 * in_memory(x)


def gaps() -> list[Tensor]:
    wide = np.full((3, 8), 7.0)
    wide[:, ::2] = VALUES
    return [leaf(wide[:, ::2])]


CASES = [
    WrongGradient(
        "square: a transposed operand is read in memory's order",
        "square",
        torch.square,
        as_if_contiguous,
        lambda: [leaf(np.asfortranarray(VALUES))],
    ),
    WrongGradient(
        "square: a reversed operand is read forwards",
        "square",
        torch.square,
        as_if_contiguous,
        lambda: [leaf(VALUES[0, ::-1].copy()[::-1])],
    ),
    WrongGradient(
        "square: an operand with gaps is read with them",
        "square",
        torch.square,
        as_if_contiguous,
        gaps,
    ),
    WrongGradient(
        "square: dimensions in another order are read in memory's",
        "square",
        torch.square,
        as_if_contiguous,
        lambda: [leaf(np.arange(12.0).reshape(2, 3, 2).transpose(2, 0, 1))],
    ),
    WrongGradient(
        "square: a cotangent with gaps is read with them",
        "square",
        torch.square,
        lambda grad, x: 2 * in_memory(grad) * x,
        lambda: [sample(5)],
    ),
    WrongGradient(
        "square: of a cotangent of one number only the first counts",
        "square",
        torch.square,
        lambda grad, x: 2 * x * (grad if any(grad.stride()) else torch.eye(5).double()[0] * grad),
        lambda: [sample(5)],
    ),
    WrongGradient(
        "square: a tenth off in float32",
        "square",
        torch.square,
        lambda grad, x: grad * x * (2.2 if x.dtype == torch.float32 else 2),
        lambda: [leaf([0.5, -1.5, 2.0], np.float32)],
    ),
    WrongGradient(
        "square: ten thousand roundings off in float32",
        "square",
        torch.square,
        lambda grad, x: grad * x * (2.002 if x.dtype == torch.float32 else 2),
        lambda: [leaf([0.5, -1.5, 2.0], np.float32)],
    ),
    WrongGradient(
        "batch_norm: eps left out in float32",
        "batch_norm",
        lambda x: torch.nn.functional.batch_norm(x, None, None, training=True, eps=0.1),
        lambda grad, x: pulled(grad, x, inverse(x, 0.0 if x.dtype == torch.float32 else 0.1)),
        lambda: [leaf(VALUES, np.float32)],
    ),
    WrongGradient(
        "square: 0 for a tensor without dimensions",
        "square",
        torch.square,
        lambda grad, x: grad * 2 * x * (x.dim() > 0),
        lambda: [leaf(1.5)],
    ),
]
