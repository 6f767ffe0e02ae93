"""Operations that differentiate, or say what shall be differentiated."""

from __future__ import annotations

from hypothesis import strategies as st

from ....tensor import Tensor
from .conditions import Strategies, factor
from .operation import Operation, register

# Weights that differ: with the same for all, a sum's gradient would hide what is wrong in places.
WEIGHTS = "torch.linspace(0.5, 2.0, {0}.numel(), dtype={0}.dtype).reshape({0}.shape)"
SCALED = "setattr(leaf, 'grad', leaf.grad * {factor})"
GRAD = f"torch.autograd.grad({{0}}, {{1}}, {WEIGHTS}, "


def differentiable(tensor: Tensor) -> bool:
    """Whether it was computed from what wants gradients."""
    try:
        return tensor.requires_grad and not tensor.is_leaf
    except RuntimeError:  # a view that is not to be used
        return False


def wants_gradient(tensor: Tensor) -> bool:
    """Whether gradients by it can be asked for."""
    try:
        return tensor.requires_grad
    except RuntimeError:  # a view that is not to be used
        return False


def _by_another(result: Tensor, x: Tensor) -> bool:
    return differentiable(result) and wants_gradient(x)


def is_leaf(tensor: Tensor) -> bool:
    """Whether gradients may be asked for, and it was not computed from what wants them."""
    try:
        return tensor.is_floating_point() and tensor.is_leaf
    except RuntimeError:  # a view that is not to be used
        return False


def _has_gradient(tensor: Tensor) -> bool:
    return is_leaf(tensor) and tensor.grad is not None


def _leaf_that_wants(tensor: Tensor) -> bool:
    return is_leaf(tensor) and wants_gradient(tensor)


def _retained(*operands: Tensor) -> Strategies:
    return {"retain": st.sampled_from([True, True, False])}


register(
    Operation(
        "backward(retain)",
        (f"{{0}}.backward({WEIGHTS}, retain_graph={{retain}})",),
        differentiable,
        _retained,
        gives=False,
    ),
    Operation(
        "backward(create)",
        (f"{{0}}.backward({WEIGHTS}, create_graph=True)",),
        differentiable,
        gives=False,
    ),
    Operation(
        "grad",
        (f"{GRAD}retain_graph={{retain}}, allow_unused=True)[0]",),
        _by_another,
        _retained,
    ),
    Operation("grad(create)", (f"{GRAD}create_graph=True, allow_unused=True)[0]",), _by_another),
    Operation(".grad", ("{0}.grad",), _has_gradient),
    Operation(".grad = None", ("{0}.grad = None",), _has_gradient, gives=False),
    Operation("requires_grad_", ("{0}.requires_grad_()",), is_leaf, gives=False),
    Operation("retain_grad", ("{0}.retain_grad()",), differentiable, gives=False),
    Operation(
        "register_hook",
        ("{0}.register_hook(lambda grad: grad * {factor})",),
        wants_gradient,
        factor,
        gives=False,
    ),
    Operation(
        "register_post_accumulate_grad_hook",
        (f"{{0}}.register_post_accumulate_grad_hook(lambda leaf: {SCALED})",),
        _leaf_that_wants,
        factor,
        gives=False,
    ),
)
