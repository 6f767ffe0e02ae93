"""What in data deserves a warning when a tensor is made of it?"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ..site import users_level
from ..tensor import Tensor


def of_tensor_copied(data: Any, function: str) -> None:
    """Warn of a tensor that is given as data: a copy can be had without this way round."""
    if isinstance(data, Tensor):
        warnings.warn(
            "To copy construct from a tensor, it is recommended to use "
            "sourceTensor.detach().clone() or sourceTensor.detach().clone().requires_grad_(True), "
            f"rather than {function}(sourceTensor).",
            stacklevel=users_level(),
        )


def of_read_only(data: Any) -> None:
    """Warn of an array that cannot be written to, whose memory a tensor will share."""
    if isinstance(data, np.ndarray) and not data.flags.writeable:
        warnings.warn(
            "The given NumPy array is not writable, and minigrad does not support non-writable "
            "tensors. This means writing to this tensor will be an error. You "
            "may want to copy the array to protect its data or make it writable before converting "
            "it to a tensor.",
            stacklevel=users_level(),
        )


def of_arrays_in_list(kinds: set[type]) -> None:
    """Warn if there are arrays among a list's types: Python goes through them one by one."""
    if np.ndarray in kinds:
        warnings.warn(
            "Creating a tensor from a list of numpy.ndarrays is extremely slow. Please consider "
            "converting the list to a single numpy.ndarray with numpy.array() before converting "
            "to a tensor.",
            stacklevel=users_level(),
        )


def of_gradient_lost(data: Tensor) -> None:
    """Warn of a tensor with a gradient that becomes a number, through which no gradient goes."""
    if data.requires_grad:
        warnings.warn(
            "Converting a tensor with requires_grad=True to a scalar may lead to unexpected "
            "behavior.\nConsider using tensor.detach() first.",
            stacklevel=users_level(),
        )
