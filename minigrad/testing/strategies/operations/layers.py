"""Modules: made to fit a tensor, put together, called, and told in which mode they are."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from ....nn import BatchNorm1d, Flatten, LayerNorm, Linear, Module, Sequential
from ....tensor import Tensor
from ..modules import ACTIVATIONS
from .conditions import Strategies, factor, floating, floating_rows, full, one_shape, reduction
from .operation import Operation, register

LOSSES = ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "BCEWithLogitsLoss", "KLDivLoss")
OF_CLASSES = ("CrossEntropyLoss", "NLLLoss")
HOOKS = {
    "register_forward_pre_hook": "module, given: given[0] * {factor}",
    "register_forward_hook": "module, given, output: output * {factor}",
    "register_full_backward_hook": "module, by_input, by_output: (by_output[0] * {factor},)",
}


def _linear(x: Tensor) -> Strategies:
    return {"outputs": st.integers(1, 4), "bias": st.sampled_from([True, True, False])}


def _batch_norm(x: Tensor) -> Strategies:
    momentum = st.sampled_from([0.1, None, 0.5])
    return {"momentum": momentum, "affine": st.sampled_from([True, True, False])}


def _probability() -> Strategies:
    return {"p": st.sampled_from([0.5, 0.0, 0.2])}


def _is_loss(module: Any) -> bool:
    return type(module).__name__ in (*LOSSES, *OF_CLASSES, "BCELoss")


def _layers(*modules: Any) -> bool:
    return all(isinstance(each, Module) and not _is_loss(each) for each in modules)


def _is_module(module: Any) -> bool:
    return isinstance(module, Module)


def _takes(module: Any, x: Tensor) -> bool:
    """Whether rows of this length and dtype are what its first layer with a size is for."""
    if not (_layers(module) and floating(x) and full(x)):
        return False
    length = _length_of_rows(module, x)
    if length is None:
        return False
    sized = [each for each in module.modules() if _size_of(each) is not None]
    if not sized:
        return True
    size = _size_of(sized[0])
    return size == length and all(each.dtype is x.dtype for each in module.parameters())


def _size_of(module: Module) -> int | None:
    """How long the rows are that a layer is made for; None if any will do."""
    if isinstance(module, LayerNorm):
        return math.prod(module.normalized_shape)
    if isinstance(module, Linear):
        return module.in_features
    return module.num_features if isinstance(module, BatchNorm1d) else None


def _length_of_rows(module: Any, x: Tensor) -> int | None:
    """How long the rows are that a module works on; it may begin with a Flatten."""
    first = next(each for each in module.modules() if not isinstance(each, Sequential))
    if x.ndim == 2 or (x.ndim > 2 and isinstance(first, Flatten)):
        return math.prod(x.shape[1:])
    return None


def _compares(module: Any, x: Tensor, y: Tensor) -> bool:
    return type(module).__name__ in LOSSES and floating(x, y) and one_shape(x, y)


def _compares_probabilities(module: Any, x: Tensor, y: Tensor) -> bool:
    return type(module).__name__ == "BCELoss" and floating(x, y) and one_shape(x, y)


def _compares_classes(module: Any, x: Tensor) -> bool:
    return type(module).__name__ in OF_CLASSES and floating_rows(x)


def _classes(module: Any, x: Tensor) -> Strategies:
    """One for each row; -100 is a class that is left out."""
    N, C = x.shape
    each = st.sampled_from([*range(C), -100])
    return {"target": st.lists(each, min_size=N, max_size=N)}


def _with_weights(module: Any) -> bool:
    return isinstance(module, Linear) or (isinstance(module, BatchNorm1d) and module.affine)


def _mode(module: Any) -> Strategies:
    return {"mode": st.sampled_from([True, True, False])}


register(
    Operation(
        "nn.Linear",
        ("torch.nn.Linear({0}.shape[1], {outputs}, bias={bias}, dtype={0}.dtype)",),
        floating_rows,
        _linear,
        random=True,
    ),
    Operation(
        "nn.BatchNorm1d",
        (
            "torch.nn.BatchNorm1d("
            "{0}.shape[1], momentum={momentum}, affine={affine}, dtype={0}.dtype)",
        ),
        floating_rows,
        _batch_norm,
    ),
    Operation(
        "nn.LayerNorm",
        ("torch.nn.LayerNorm({0}.shape[1], elementwise_affine={affine}, dtype={0}.dtype)",),
        floating_rows,
        lambda x: {"affine": st.sampled_from([True, True, False])},
    ),
    *(Operation(f"nn.{name}", (f"torch.nn.{name}",)) for name in ACTIVATIONS),
    Operation("nn.Dropout", ("torch.nn.Dropout({p})",), arguments=_probability),
    *(
        Operation(
            f"nn.{name}", (f"torch.nn.{name}(reduction={{reduction}})",), arguments=reduction
        )
        for name in (*LOSSES, *OF_CLASSES, "BCELoss")
    ),
    Operation(
        "nn.CrossEntropyLoss(label_smoothing)",
        ("torch.nn.CrossEntropyLoss(label_smoothing=0.1, reduction={reduction})",),
        arguments=reduction,
    ),
    Operation("nn.Flatten", ("torch.nn.Flatten()",)),
    Operation(
        "nn.Unflatten",
        ("torch.nn.Unflatten(1, {sizes})",),
        arguments=lambda: {"sizes": st.sampled_from([(1, -1), (-1, 1)])},
    ),
    Operation("nn.Sequential", ("torch.nn.Sequential({0}, {1})",), _layers, modules=2),
    Operation("module(x)", ("{0}({1})", "{0}.eval()({1})"), _takes, modules=1, random=True),
    Operation("loss(x,y)", ("{0}({1}, {2})",), _compares, modules=1),
    Operation(
        "loss(p,q)",
        ("{0}({1}.sigmoid(), {2}.sigmoid())",),
        _compares_probabilities,
        modules=1,
    ),
    Operation(
        "loss(x,classes)",
        ("{0}({1}, torch.tensor({target}))",),
        _compares_classes,
        _classes,
        modules=1,
    ),
    *(
        Operation(
            name, (f"{{0}}.{name}(lambda {source})",), _layers, factor, modules=1, gives=False
        )
        for name, source in HOOKS.items()
    ),
    Operation("train", ("{0}.train({mode})",), _is_module, _mode, modules=1, gives=False),
    Operation("zero_grad", ("{0}.zero_grad()",), modules=1, gives=False),
    Operation("weight", ("{0}.weight",), _with_weights, modules=1),
)
