"""Tensors kept for the walk backward, and the check that nobody changed them meanwhile."""

from __future__ import annotations

from .tensor import Tensor

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you "
    "call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
    "through the graph a second time or if you need to access saved tensors after calling "
    "backward."
)


class Saved:
    """A tensor kept for backward, with the version it had."""

    __slots__ = ("tensor", "version")

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor
        self.version = tensor._version_cell[0]

    def unpack(self) -> Tensor:
        check_version(self.tensor, self.version)
        return self.tensor


def check_version(tensor: Tensor, saved_version: int) -> None:
    """Raise if a tensor was changed in place since it was saved."""
    version = tensor._version_cell[0]
    if version != saved_version:
        raise RuntimeError(
            "one of the variables needed for gradient computation has been modified by an "
            f"inplace operation: [{tensor.type()} {list(tensor.shape)}] is at version {version}; "
            f"expected version {saved_version} instead."
        )


def check_base(view: Tensor) -> None:
    """Raise if what a view belongs to has got another history since the view was taken."""
    assert view._base is not None
    base, node = view._base
    if base._node is not node:
        raise RuntimeError(
            "the base of this view was changed in place by an operation that gradients flow "
            "through, after the view was taken; take the view again"
        )
