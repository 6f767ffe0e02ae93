"""Tensors kept for the walk backward, and the check that nobody changed them meanwhile.

Nobody may have written to them, nor taken their history from them: a gradient that is itself
differentiated would not follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .tensor import Tensor

if TYPE_CHECKING:
    from .autograd import Node

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you "
    "call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
    "through the graph a second time or if you need to access saved tensors after calling "
    "backward."
)
MOVED = "this view's base has other memory by now, through its `data`; take the view again"
DETACHED = (
    "Trying to use a saved tensor that has been detached in-place, i.e. with .detach_(). This is "
    "not supported, please use out-of-place `.detach()` instead"
)
HINT = (
    "enable anomaly detection to find the operation that failed to compute its gradient, with "
    "minigrad.autograd.set_detect_anomaly(True, check_nan=False)."
)
HINT_OF_ANOMALY_MODE = (
    "the note below this message names the operation that failed to compute its gradient. The "
    "variable in question was changed there or later."
)


Watched = tuple[Tensor, int, "Node | None"]


def watched(tensor: Tensor) -> Watched:
    """A tensor that must stay as it is, with the version and the node that it has now."""
    return tensor, tensor._version_cell[0], tensor._node


def watch(result: Tensor, *tensors: Tensor) -> Tensor:
    """Have backward refuse to go through the node of a result if these tensors have changed.

    PyTorch keeps them, whether or not a gradient looks at their numbers.
    """
    node: Any = result._node
    if node is not None:
        node.watched += map(watched, tensors)
    return result


def check(
    tensor: Tensor, saved_version: int, saved_node: Node | None, maker: Node | None = None
) -> None:
    """Raise if a tensor was changed or detached in place since it was saved.

    `maker` is the node of a result that its own node keeps.
    """
    version = tensor._version_cell[0]
    if version == saved_version:
        if saved_node is not None and tensor._node is None:
            raise RuntimeError(DETACHED)
        return
    node = tensor._node or maker
    made_by = node and node.maker
    origin = " "
    if made_by is not None:
        of, number = made_by.shown
        operation = of.name().partition("Backward")[0]
        origin = f", which is output {number} of {operation}, "
    hint = HINT_OF_ANOMALY_MODE if autograd.is_anomaly_enabled() else HINT
    raise RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace "
        f"operation: [{tensor.type()} {list(tensor.shape)}]{origin}is at version {version}; "
        f"expected version {saved_version} instead. Hint: {hint}"
    )


# Below, because the graph's own files build on this one.
from . import autograd  # noqa: E402
