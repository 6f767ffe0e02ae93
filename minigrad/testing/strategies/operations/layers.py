"""Modules: made to fit a tensor, put together, called, and told in which mode they are."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ....nn import BatchNorm1d, Linear
from ....tensor import Tensor
from ..modules import ACTIVATIONS
from .conditions import Strategies, floating, full, one_shape
from .operation import Operation, register

LOSSES = ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "BCEWithLogitsLoss")


def _rows(x: Tensor) -> bool:
    return floating(x) and full(x) and x.ndim == 2


def _linear(x: Tensor) -> Strategies:
    return {"outputs": st.integers(1, 4), "bias": st.sampled_from([True, True, False])}


def _batch_norm(x: Tensor) -> Strategies:
    momentum = st.sampled_from([0.1, None, 0.5])
    return {"momentum": momentum, "affine": st.sampled_from([True, True, False])}


def _probability() -> Strategies:
    return {"p": st.sampled_from([0.5, 0.0, 0.2])}


def _reduction() -> Strategies:
    return {"reduction": st.sampled_from(["mean", "sum", "none"])}


def _is_loss(module: Any) -> bool:
    return type(module).__name__ in LOSSES


def _layers(*modules: Any) -> bool:
    return not any(map(_is_loss, modules))


def _takes(module: Any, x: Tensor) -> bool:
    """Whether rows of this length and dtype are what its first layer with a size is for."""
    if _is_loss(module) or not _rows(x):
        return False
    sized = [each for each in module.modules() if isinstance(each, Linear | BatchNorm1d)]
    if not sized:
        return True
    first = sized[0]
    size = first.in_features if isinstance(first, Linear) else first.num_features
    return size == x.shape[1] and all(each.dtype is x.dtype for each in module.parameters())


def _compares(module: Any, x: Tensor, y: Tensor) -> bool:
    return _is_loss(module) and floating(x, y) and one_shape(x, y)


def _with_weights(module: Any) -> bool:
    return isinstance(module, Linear) or (isinstance(module, BatchNorm1d) and module.affine)


def _mode(module: Any) -> Strategies:
    return {"mode": st.sampled_from([False, True])}


register(
    Operation(
        "nn.Linear",
        ("torch.nn.Linear({0}.shape[1], {outputs}, bias={bias}, dtype={0}.dtype)",),
        _rows,
        _linear,
        random=True,
    ),
    Operation(
        "nn.BatchNorm1d",
        (
            "torch.nn.BatchNorm1d("
            "{0}.shape[1], momentum={momentum}, affine={affine}, dtype={0}.dtype)",
        ),
        _rows,
        _batch_norm,
    ),
    *(Operation(f"nn.{name}", (f"torch.nn.{name}",)) for name in ACTIVATIONS),
    Operation("nn.Dropout", ("torch.nn.Dropout({p})",), arguments=_probability),
    *(
        Operation(
            f"nn.{name}", (f"torch.nn.{name}(reduction={{reduction}})",), arguments=_reduction
        )
        for name in LOSSES
    ),
    Operation("nn.Sequential", ("torch.nn.Sequential({0}, {1})",), _layers, modules=2),
    Operation("module(x)", ("{0}({1})",), _takes, modules=1, random=True),
    Operation("loss(x,y)", ("{0}({1}, {2})",), _compares, modules=1),
    Operation("train", ("{0}.train({mode})",), arguments=_mode, modules=1, gives=False),
    Operation("zero_grad", ("{0}.zero_grad()",), modules=1, gives=False),
    Operation("weight", ("{0}.weight",), _with_weights, modules=1),
)
