"""What is a `Variable`? What old scripts call a tensor that may have a gradient: any tensor."""

from __future__ import annotations

import operator
import warnings
from typing import TYPE_CHECKING, Any

from .. import missing
from ..tensor import Tensor

__all__ = ["Variable"]


class VariableMeta(type):
    """Has every tensor be an instance of `Variable`."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor)


class Variable(metaclass=VariableMeta):
    """A tensor over the memory of another one, without its history.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.autograd.Variable(torch.ones(2), requires_grad=True)
    >>> x, isinstance(x, torch.autograd.Variable), type(x).__name__
    (tensor([1., 1.], requires_grad=True), True, 'Tensor')
    """

    def __new__(  # type: ignore[misc]
        cls, data: Tensor | None = None, requires_grad: bool = False, volatile: bool = False
    ) -> Tensor:
        if volatile:
            warnings.warn(
                "volatile was removed and now has no effect. Use `with minigrad.no_grad():` "
                "instead.",
                stacklevel=2,
            )
        if data is None:
            data = creation.empty(0)
        if not isinstance(data, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(data).__name__}")
        shared = data.detach()
        return shared.requires_grad_(bool(operator.index(requires_grad)))


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)


# Below, because creation builds on the graph.
from .. import creation  # noqa: E402
