"""ReLU: x where x > 0, otherwise 0; NaN stays NaN and -0.0 stays -0.0.

Source: Nair & Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010. At
the kink the gradient is 0, for both zeros. A NaN passes, and so does its gradient: what is not a
number is not `<= 0`.
"""

from __future__ import annotations

from ..functions.comparison import where
from ..fused import Fused
from ..kernels.kernel import Array, Flat, kernel
from ..launch import empty, launch
from ..tensor import Tensor


def definition(x: Tensor) -> Tensor:
    return where(x < 0, 0, where(x == 0, x.detach(), x))


@kernel(writes=("out",), flops=0, elementwise=True)
def forward(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = 0 if x[i] < 0 else x[i]


@kernel(writes=("grad_x",), flops=0, elementwise=True)
def backward(grad: Flat, out: Flat, grad_x: Flat) -> None:
    for i in range(out.size):
        grad_x[i] = 0 if out[i] <= 0 else grad[i]


def compute(x: Array) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, x, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array]:
    (out,) = saved
    grad_x = empty(out.shape, out.dtype)
    launch(backward, grad, out, grad_x)
    return (grad_x,)


def gradient_on_tensors(grad: Tensor, out: Tensor) -> Tensor:
    """The result's sign is the 0 here: so the second derivative, 0 as well, is there to take."""
    return where(out <= 0, out.sign(), grad)


fused = Fused(
    "Relu",
    definition,
    compute,
    gradient,
    tensors=["x"],
    saves=["out"],
    gradient_on_tensors=gradient_on_tensors,
    follows=["x"],
)


def relu(x: Tensor) -> Tensor:
    """The rectified linear unit, elementwise.

    Parameters
    ----------
    x : Tensor of any shape; floating point or whole numbers

    >>> import minigrad as torch
    >>> relu(torch.tensor([-1.0, 0.0, 2.0]))
    tensor([0., 0., 2.])
    """
    if x.array.dtype.kind == "b":
        raise RuntimeError("Boolean inputs not supported for relu")
    if x.array.dtype.kind in "iu":
        return definition(x)
    return fused(x)
