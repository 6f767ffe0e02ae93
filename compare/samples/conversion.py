"""How do PyTorch's arguments become minigrad's, or PyTorch's own once more?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

import minigrad

from ..judging.condition import moved

DTYPES = {
    torch.float32: minigrad.float32,
    torch.float64: minigrad.float64,
    torch.int64: minigrad.int64,
    torch.bool: minigrad.bool,
    torch.uint8: minigrad.uint8,
    torch.int8: minigrad.int8,
    torch.int16: minigrad.int16,
    torch.int32: minigrad.int32,
}
DIMENSIONS = 64  # that an array of NumPy can have


class NotCoveredError(Exception):
    """Something that minigrad does not have and does not mean to: a complex number, a device."""


class Conversion:
    """Arguments for one call: tensors that are one, or share memory, do so afterwards, too."""

    def __init__(self, tensor: Callable[[torch.Tensor], Any], other: Callable[[Any], Any]) -> None:
        self.tensor = tensor
        self.other = other
        self.made: dict[int, Any] = {}  # by the identity of PyTorch's, in order of appearance
        self.storages: dict[int, torch.UntypedStorage] = {}
        self.kept: list[torch.Tensor] = []  # alive, so that no other gets its id or its address

    def __call__(self, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            if id(value) not in self.made:
                self.kept.append(value)
                self.made[id(value)] = self.tensor(self.copied(value))
            return self.made[id(value)]
        if type(value) in (tuple, list):
            return type(value)(self(each) for each in value)
        if isinstance(value, dict):
            return {key: self(each) for key, each in value.items()}
        return self.other(value)

    def copied(self, tensor: torch.Tensor) -> torch.Tensor:
        """The same numbers, as far apart, in memory that no other call has."""
        if tensor.layout is not torch.strided or tensor.device.type != "cpu":
            return tensor
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in self.storages:
            self.storages[storage.data_ptr()] = storage.clone()
        there = self.storages[storage.data_ptr()]
        found = torch.empty(0, dtype=tensor.dtype)
        found.set_(there, tensor.storage_offset(), tensor.shape, tensor.stride())
        return found.requires_grad_(tensor.requires_grad)

    def leaves(self) -> list[Any]:
        """The tensors of the arguments by which a gradient can be asked for."""
        return [each for each in self.made.values() if each.requires_grad]


def for_torch() -> Conversion:
    return Conversion(lambda tensor: tensor, lambda value: value)


def for_truth(generator: np.random.Generator | None = None) -> Conversion:
    """The same numbers in float64, or numbers that round to them, to tell what rounding does."""

    def widened(tensor: torch.Tensor) -> torch.Tensor:
        if tensor.dtype != torch.float32:
            return tensor
        array = tensor.detach().numpy().astype(np.float64)
        array = array if generator is None else np.asarray(moved(array, generator), np.float64)
        return torch.from_numpy(array).requires_grad_(tensor.requires_grad)

    return Conversion(widened, wider_dtype)


def for_minigrad() -> Conversion:
    return Conversion(minigrads, other_of_minigrad)


def wider_dtype(value: Any) -> Any:
    return torch.float64 if value is torch.float32 else value


def minigrads(tensor: torch.Tensor) -> Any:
    """The same memory, strides and wish for a gradient."""
    if tensor.dtype not in DTYPES or tensor.layout is not torch.strided:
        raise NotCoveredError(f"a tensor of {tensor.dtype}, {tensor.layout}")
    if tensor.device.type != "cpu" or tensor.dim() > DIMENSIONS:
        raise NotCoveredError(f"a tensor on {tensor.device} of {tensor.dim()} dimensions")
    storage = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage()).numpy()
    steps = [step * storage.itemsize for step in tensor.stride()]
    start = tensor.storage_offset() * storage.itemsize if tensor.numel() else 0
    array = np.ndarray(tensor.shape, storage.dtype, storage, start, steps)
    return minigrad.from_numpy(array).requires_grad_(tensor.requires_grad)


def other_of_minigrad(value: Any) -> Any:
    """What is no tensor."""
    if isinstance(value, torch.dtype):
        if value not in DTYPES:
            raise NotCoveredError(str(value))
        return DTYPES[value]
    if isinstance(value, torch.Size):
        return minigrad.Size(value)
    if isinstance(value, torch.device):
        if value.type != "cpu":
            raise NotCoveredError(f"device {value}")
        return str(value)
    if isinstance(value, complex):
        raise NotCoveredError("a complex number")
    if type(value).__module__.partition(".")[0] == "torch" and not isinstance(value, type):
        raise NotCoveredError(f"{value!r}")
    return value
