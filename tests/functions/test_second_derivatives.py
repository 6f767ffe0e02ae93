"""A penalty on a slope can be differentiated, also where nothing comes of it.

As in PyTorch: straight pieces have a second derivative, which is 0.
"""

import numpy as np
import pytest

import minigrad
from minigrad.fused import kernels_enabled

X = np.array([[0.5, -1.0, 2.0], [-0.25, 1.5, -3.0]])
Y = np.array([[0.25, 0.5, 0.75], [0.9, 0.1, 0.3]])


def classes(torch):
    return torch.tensor([2, 0])


CALLS = {
    "relu": lambda f, x, y, t: f.relu(x),
    "leaky_relu": lambda f, x, y, t: f.leaky_relu(x, 0.1),
    "leaky_relu of what is positive": lambda f, x, y, t: f.leaky_relu(x + 9),
    "leaky_relu in place": lambda f, x, y, t: f.leaky_relu(x * 1, 0.1, inplace=True),
    "elu": lambda f, x, y, t: f.elu(x),
    "elu of what is positive": lambda f, x, y, t: f.elu(x + 9),
    "selu of what is positive": lambda f, x, y, t: f.selu(x + 9),
    "silu": lambda f, x, y, t: f.silu(x),
    "gelu": lambda f, x, y, t: f.gelu(x),
    "sigmoid": lambda f, x, y, t: f.sigmoid(x),
    "tanh": lambda f, x, y, t: f.tanh(x),
    "softplus beyond its threshold": lambda f, x, y, t: f.softplus(x + 30),
    "softmax": lambda f, x, y, t: f.softmax(x, 1)[0],
    "log_softmax": lambda f, x, y, t: f.log_softmax(x, 1)[0],
    "l1_loss": lambda f, x, y, t: f.l1_loss(x, y),
    "l1_loss of a target": lambda f, x, y, t: f.l1_loss(y, x, reduction="none"),
    "smooth_l1_loss far off": lambda f, x, y, t: f.smooth_l1_loss(x + 9, y),
    "smooth_l1_loss without a curve": lambda f, x, y, t: f.smooth_l1_loss(x, y, beta=0.0),
    "huber_loss far off": lambda f, x, y, t: f.huber_loss(x + 9, y),
    "mse_loss": lambda f, x, y, t: f.mse_loss(x, y),
    "binary_cross_entropy": lambda f, x, y, t: f.binary_cross_entropy(x.abs() / 4, y),
    "binary_cross_entropy_with_logits": lambda f, x, y, t: f.binary_cross_entropy_with_logits(
        x, y
    ),
    "cross_entropy": lambda f, x, y, t: f.cross_entropy(x, classes(t)),
    "cross_entropy of probabilities": lambda f, x, y, t: f.cross_entropy(x, y),
    "nll_loss": lambda f, x, y, t: f.nll_loss(x, classes(t)),
    "nll_loss of weights": lambda f, x, y, t: f.nll_loss(x, classes(t), y[0], reduction="none"),
    "nll_loss of all but one": lambda f, x, y, t: f.nll_loss(x, classes(t), ignore_index=2),
    "batch_norm": lambda f, x, y, t: f.batch_norm(x, None, None, y[0], y[1], training=True)[0],
    "abs": lambda f, x, y, t: x.abs(),
    "sign": lambda f, x, y, t: x.sign(),
    "round": lambda f, x, y, t: x.round() * x,
}


def penalised(torch, call):
    """A slope, whether it has one itself, and the gradient of the sum of its squares."""
    x = torch.tensor(X, requires_grad=True)
    out = call(torch.nn.functional, x, torch.tensor(Y), torch)
    (slope,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    if slope.requires_grad:
        (slope * slope).sum().backward()
    zero = torch.zeros(2, 3)  # added: PyTorch has zeros without memory
    gradient = None if x.grad is None else (x.grad.detach() + zero).tolist()
    return slope.detach().tolist(), slope.requires_grad, gradient


@pytest.mark.parametrize("name", CALLS)
def test_a_penalty_on_a_slope(torch, name):
    slope, is_in_graph, gradient = penalised(torch, CALLS[name])
    assert np.isfinite(slope).all()
    assert is_in_graph == (name != "sign") == (gradient is not None)


@pytest.mark.parametrize("name", CALLS)
def test_it_is_what_pytorch_gives(name):
    torch = pytest.importorskip("torch")
    mine, theirs = (penalised(library, CALLS[name]) for library in (minigrad, torch))
    np.testing.assert_allclose(mine[0], theirs[0], 1e-6, 1e-12)
    if mine[2] is not None:
        np.testing.assert_allclose(mine[2], theirs[2], 1e-6, 1e-12)


@pytest.mark.skipif(not kernels_enabled(), reason="definitions have a graph of their own")
def test_normalising_by_known_statistics_has_no_second_derivative_by_the_numbers(torch):
    x, y = torch.tensor(X, requires_grad=True), torch.tensor(Y)
    out = torch.nn.functional.batch_norm(x, y[0], y[1])
    (slope,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    (slope * slope).sum().backward()
    assert slope.requires_grad and x.grad is None


CURVES = ["elu", "selu", "silu", "gelu", "leaky_relu", "softplus"]
DISTANCES = ["mse_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy"]


@pytest.mark.skipif(not kernels_enabled(), reason="definitions keep other things")
@pytest.mark.parametrize("change", ["add_", "detach_"])
@pytest.mark.parametrize("name", [*CURVES, *DISTANCES, "batch_norm"])
def test_what_a_gradient_was_taken_at_must_not_change_before_that_of_the_gradient(
    torch, name, change
):
    x = torch.full((3, 2), 0.5, requires_grad=True)
    y = x * 1
    more = {"batch_norm": (torch.zeros(2), torch.ones(2))}
    given = more.get(name, (torch.zeros(3, 2),) if name in DISTANCES else ())
    out = getattr(torch.nn.functional, name)(y, *given)
    (slope,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    y.add_(0.25) if change == "add_" else y.detach_()
    with pytest.raises(RuntimeError, match=r"modified by an inplace|detached in-place"):
        torch.autograd.grad(slope.sum(), x, allow_unused=True)


@pytest.mark.skipif(not kernels_enabled(), reason="definitions keep other things")
@pytest.mark.parametrize("change", ["add_", "detach_"])
@pytest.mark.parametrize(
    "name", ["l1_loss", "cross_entropy", "binary_cross_entropy_with_logits", "linear"]
)
def test_what_pytorch_computes_in_several_steps_does_not_keep_it_for_the_gradients_gradient(
    torch, name, change
):
    x = torch.full((3, 2), 0.5, requires_grad=True)
    y = x * 1
    out = getattr(torch.nn.functional, name)(y, torch.full((3, 2), 0.25))
    (slope,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    y.add_(0.25) if change == "add_" else y.detach_()
    if slope.requires_grad:
        torch.autograd.grad(slope.sum(), x, allow_unused=True)
