"""Programs that give one result in PyTorch and another in minigrad, or two in PyTorch itself.

Each takes a library, torch or minigrad, and a device, and returns numbers. Its docstring says what
is right. They are printed as they stand here, so each can be copied into a script.
"""

from __future__ import annotations

from typing import Any

NAN = float("nan")


def sigmoid_by_position(library: Any, device: str) -> Any:
    """A value that depends on its place: 33 times one number, the first and the last sigmoid."""
    y = library.sigmoid(library.full((33,), -9.982, device=device))
    return y[0], y[32]


def softplus_by_length(library: Any, device: str) -> Any:
    """A value that depends on the length: softplus of -9.997 among 64, and alone."""
    softplus = library.nn.functional.softplus
    return softplus(library.full((64,), -9.997, device=device))[0], softplus(
        library.full((1,), -9.997, device=device)
    )[0]


def elu_gradient_at_nan(library: Any, device: str) -> Any:
    """The gradient of ELU at NaN is NaN, for each of 33: the first and the last."""
    x = library.full((33,), NAN, device=device, requires_grad=True)
    library.nn.functional.elu(x).backward(library.ones_like(x))
    return x.grad[0], x.grad[32]


def sigmoid_subnormal(library: Any, device: str) -> Any:
    """The sigmoid of -90 in float32 is the subnormal number 8.194e-40."""
    return (library.sigmoid(library.full((64,), -90.0, device=device))[0],)


def batch_norm_of_a_constant(library: Any, device: str) -> Any:
    """A constant column less its mean is 0."""
    x = library.full((32, 1), 100.1, device=device)
    return (library.nn.functional.batch_norm(x, None, None, training=True)[0, 0],)


def batch_norm_of_large_numbers(library: Any, device: str) -> Any:
    """The numbers -1e30 and 1e30 are normalised to -1 and 1."""
    x = library.tensor([[-1e30], [1e30]], device=device)
    y = library.nn.functional.batch_norm(x, None, None, training=True)
    return y[0, 0], y[1, 0]


def batch_norm_twice_without_weight(library: Any, device: str) -> Any:
    """The result moves by 1 where the bias does, whether or not there is a weight."""
    x = library.tensor([[-1.0], [1.0], [3.0]], device=device, requires_grad=True)
    bias = library.zeros(1, device=device, requires_grad=True)
    y = library.nn.functional.batch_norm(x, None, None, None, bias, training=True)
    g = library.ones_like(y, requires_grad=True)
    first = library.autograd.grad(y, (x, bias), g, create_graph=True)
    along = library.zeros_like(x), library.ones_like(bias)
    return (library.autograd.grad(first, g, along)[0][0, 0],)


def gelu_of_infinity(library: Any, device: str) -> Any:
    """GELU is infinite at infinity."""
    return (library.nn.functional.gelu(library.full((64,), float("inf"), device=device))[0],)


def tanh_gelu_gradient(library: Any, device: str) -> Any:
    """The gradient of GELU by tanh is 1 at 1e20, though the square is beyond float32."""
    x = library.full((64,), 1e20, device=device, requires_grad=True)
    library.nn.functional.gelu(x, approximate="tanh").backward(library.ones_like(x))
    return (x.grad[0],)


def norm_of_large_numbers(library: Any, device: str) -> Any:
    """The norm of (3e30, 4e30) is 5e30."""
    return (library.norm(library.tensor([3e30, 4e30], device=device)),)


def gradient_of_prod(library: Any, device: str) -> Any:
    """The product of all others: 1e30 for the first, though a part of it is below float32."""
    x = library.tensor([1e-30, 1e-30, 1e30, 1e30], device=device, requires_grad=True)
    library.prod(x).backward()
    return x.grad[0], x.grad[3]


def cross_entropy_twice(library: Any, device: str) -> Any:
    """The second derivative of -log p at 1e-6 is 1e12, in float64."""
    p = library.tensor([1e-6], dtype=library.float64, device=device, requires_grad=True)
    loss = library.nn.functional.binary_cross_entropy(p, library.ones_like(p))
    (slope,) = library.autograd.grad(loss, p, create_graph=True)
    return (library.autograd.grad(slope, p)[0][0],)


def cross_entropy_by_target(library: Any, device: str) -> Any:
    """The loss is (1 - t) · 0 + t · 100 at p = 0, where logarithms end: its slope is 100."""
    p = library.zeros(1, device=device)
    target = library.zeros(1, device=device, requires_grad=True)
    library.nn.functional.binary_cross_entropy(p, target).backward()
    return (target.grad[0],)


ISSUES = "https://github.com/pytorch/pytorch/issues/"
PROGRAMS = {
    sigmoid_by_position: 48235,
    softplus_by_length: 48235,
    elu_gradient_at_nan: 195075,
    sigmoid_subnormal: None,
    batch_norm_of_a_constant: 5410,
    batch_norm_of_large_numbers: 162489,
    batch_norm_twice_without_weight: None,
    gelu_of_infinity: 185770,
    tanh_gelu_gradient: None,
    norm_of_large_numbers: 193006,
    gradient_of_prod: None,
    cross_entropy_twice: None,
    cross_entropy_by_target: None,
}
