"""What marks a tensor as a parameter or a buffer of a module?

Only its class. A `Parameter` is a tensor that a module lists among its parameters when it is
assigned to one of its attributes; a `Buffer` is listed among the buffers. Neither computes
anything, and results of operations on them are plain tensors.
"""

from __future__ import annotations

from typing import Any, Self

from ..creation import empty
from ..functions.arguments import require_method
from ..functions.dimensions import require_bool
from ..grad_mode import mode
from ..inference import is_inference
from ..memory_order import is_dense
from ..tensor import Tensor, tensor_of


class Parameter(Tensor):
    """A tensor that is to be trained: it becomes a parameter of the module it is assigned to.

    Parameters
    ----------
    data : Tensor, optional
        The initial values. The parameter shares their memory. Left out, it is empty.
    requires_grad : bool
        Whether gradients are computed for it.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Parameter(torch.zeros(2))
    Parameter containing:
    tensor([0., 0.], requires_grad=True)
    """

    __slots__ = ()

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True) -> Self:
        if data is None:
            data = empty(0)
        require_method(data, "detach")
        require_bool(requires_grad, "Parameter", "requires_grad")
        if requires_grad and not data.is_floating_point():
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        if requires_grad and is_inference(data) and not mode.inference:
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not "
                "allowed."
            )
        parameter = tensor_of(data.array, requires_grad, cls)
        parameter._version_cell = data._version_cell
        return parameter

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()

    def __format__(self, specification: str) -> str:
        return object.__format__(self, specification)  # not as the number that it may hold

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        """A parameter with the same values, without gaps between them.

        Gradient and attributes stay behind, as in PyTorch.
        """
        copied = super().__deepcopy__(memo)
        if not is_dense(copied.array):
            copied.array = copied.array.copy("K")
        copied._grad = None
        vars(copied).clear()
        return copied


class Buffer(Tensor):
    """A tensor that is state, not trained: it becomes a buffer of the module it is assigned to.

    Parameters
    ----------
    data : Tensor, optional
        The initial values. The buffer shares their memory. Left out, it is empty.
    persistent : bool
        Whether `Module.state_dict` contains it.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> module = nn.Module()
    >>> module.total = nn.Buffer(torch.zeros(1))
    >>> module.state_dict()["total"]
    tensor([0.])
    """

    __slots__ = ("persistent",)

    persistent: bool

    def __new__(cls, data: Tensor | None = None, *, persistent: bool = True) -> Self:
        data = empty(0) if data is None else data
        require_method(data, "detach")
        buffer = tensor_of(data.array, data.requires_grad, cls)
        buffer._version_cell = data._version_cell
        buffer.persistent = persistent
        return buffer
