"""What is an inference tensor? One made in inference mode, whose changes nobody counts.

Tensors know it by their version counter, which views share: that of an inference tensor cannot be
read. So nothing has to look for inference tensors but the few places that read the counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from .grad_mode import mode

if TYPE_CHECKING:
    from .tensor import Tensor

SAVED = (
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
    "inference mode in computation tracked by autograd. To work around this, you can make a clone "
    "to get a normal tensor and use it in autograd, or use `minigrad.no_grad()` instead of "
    "`minigrad.inference_mode()`."
)
CHANGED = (
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone "
    "to get a normal tensor before doing inplace update."
)


in_use = False  # whether there has been an inference tensor: nothing is looked at before


class Uncounted(list[int]):
    """The version counter of an inference tensor; who reads it wants to save the tensor."""

    def __getitem__(self, index: Any) -> NoReturn:
        raise RuntimeError(SAVED)


def new_counter() -> list[int]:
    """The version counter of a tensor that is made now, where some thread is in inference mode."""
    global in_use
    in_use = in_use or mode.inference
    return Uncounted([0]) if mode.inference else [0]


def is_inference(tensor: Tensor) -> bool:
    return type(tensor._version_cell) is Uncounted


def check_change(tensor: Tensor) -> None:
    """Raise if an inference tensor is changed outside inference mode."""
    if type(tensor._version_cell) is Uncounted and not mode.inference:
        raise RuntimeError(CHANGED)


def counted(tensors: Sequence[Tensor]) -> list[Tensor]:
    """Of tensors that were changed those whose changes count."""
    for each in tensors:
        check_change(each)
    return [each for each in tensors if not is_inference(each)]


def version_of(tensor: Tensor) -> int:
    """A tensor's version; 0 for an inference tensor."""
    return 0 if is_inference(tensor) else tensor._version_cell[0]
