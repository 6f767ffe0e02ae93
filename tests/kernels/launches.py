"""Work that launches every kernel there is, on numbers that take it through every branch."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

import minigrad as torch
from minigrad import nn, optim
from minigrad.kernels import linear_halves, roofline
from minigrad.launch import exchange, launch, observe
from minigrad.nn import functional as F
from minigrad.recording.recorder import Instruction, Recorder

VALUES = (0.25, -0.25, 3.0, -3.0, -np.inf)  # of all elements: each is on its branch in each kernel
SHAPES = ((3, 4), (2, 5))  # (rows, columns): two, to tell apart what grows with which
CHANCES = (0.25, 0.75)
REDUCTIONS = ("none", "mean", "sum")

ACTIVATIONS = (
    F.elu, F.gelu, partial(F.gelu, approximate="tanh"), F.leaky_relu, F.relu, F.selu, F.sigmoid,
    F.silu, F.softplus, F.tanh, partial(F.softmax, dim=1), partial(F.log_softmax, dim=1),
    partial(F.dropout, p=0.5), torch.exp, torch.expm1, torch.log1p, torch.rsqrt,
)  # fmt: skip
LOSSES = (F.huber_loss, F.l1_loss, F.mse_loss, F.smooth_l1_loss)
OPTIMIZERS = (
    partial(optim.SGD, lr=0.1),
    partial(optim.SGD, lr=0.1, momentum=0.9),
    partial(optim.SGD, lr=0.1, momentum=0.9, nesterov=True),
    partial(optim.Adam, amsgrad=True),
    optim.AdamW,
    optim.Adagrad,
    optim.RMSprop,
    partial(optim.RMSprop, momentum=0.9),
    partial(optim.RMSprop, centered=True),
    partial(optim.RMSprop, momentum=0.9, centered=True),
)


def filled(value: float, shape: tuple[int, int]) -> Any:
    return torch.full(shape, value, requires_grad=True)


def activations(rows: int, columns: int) -> None:
    for activation, value in itertools.product(ACTIVATIONS, VALUES):
        activation(filled(value, (rows, columns))).sum().backward()
    F.softmax(torch.rand(rows, columns, requires_grad=True), 0).sum().backward()


def layers(rows: int, columns: int) -> None:
    for batch, bias in itertools.product(
        (rows, 64 * rows), (True, False)
    ):  # in loops, and by BLAS
        net = nn.Sequential(nn.Linear(columns, 3, bias=bias), nn.Linear(3, 2, bias=bias))
        net(torch.rand(batch, columns)).sum().backward()
    for affine, momentum in itertools.product((True, False), (0.1, None)):
        norm = nn.BatchNorm1d(columns, affine=affine, momentum=momentum)
        norm(torch.rand(rows, columns, requires_grad=True)).sum().backward()
        norm.eval()(torch.rand(rows, columns, requires_grad=True)).sum().backward()
        rows_alone = nn.LayerNorm(columns, elementwise_affine=affine)
        rows_alone(torch.rand(rows, columns, requires_grad=True)).sum().backward()


def losses(rows: int, columns: int) -> None:
    for reduction, value, target in itertools.product(REDUCTIONS, VALUES, CHANCES):
        given = filled(value, (rows, columns)), torch.full((rows, columns), target)
        for loss in LOSSES:
            loss(*given, reduction=reduction).sum().backward()
        weights = {"weight": torch.rand(rows, columns), "pos_weight": torch.rand(rows, columns)}
        for used in ({}, weights):
            each = F.binary_cross_entropy_with_logits(*given, **used, reduction=reduction)
            each.sum().backward()
    for reduction, p in itertools.product(REDUCTIONS, (0.0, *CHANCES, 1.0)):
        for weight in (None, torch.rand(rows, columns)):
            given = filled(p, (rows, columns)), torch.full((rows, columns), 0.25)
            F.binary_cross_entropy(*given, weight=weight, reduction=reduction).sum().backward()


def losses_of_classes(rows: int, columns: int) -> None:
    x, classes, chances = (
        filled(0.25, (rows, columns)),
        torch.arange(rows),
        torch.full((rows, columns), 0.25),
    )
    for reduction, weight in itertools.product(REDUCTIONS, (None, torch.rand(columns))):
        options: dict[str, Any] = {"weight": weight, "reduction": reduction}
        F.nll_loss(x, classes, **options).sum().backward()
        for target, smoothing in itertools.product((classes, chances), (0.0, 0.1)):
            F.cross_entropy(x, target, label_smoothing=smoothing, **options).sum().backward()


def optimizers(rows: int, columns: int) -> None:
    for make, weight_decay in itertools.product(OPTIMIZERS, (0.0, 0.1)):
        w = torch.rand(rows, columns, requires_grad=True)
        optimizer = make([w], weight_decay=weight_decay)
        for _ in range(2):
            w.grad = torch.rand(rows, columns)
            optimizer.step()


def gradients(rows: int, columns: int) -> None:
    w = torch.rand(rows, columns, requires_grad=True)
    for order in (0.0, 1.0, 2.0, 3.0, float("inf"), -float("inf")):
        w.grad = None
        F.elu(w).sum().backward()
        F.elu(w).sum().backward()
        nn.utils.clip_grad_norm_(w, 1.0, order)
        nn.utils.clip_grad_value_(w, 0.1)


def halves(rows: int, columns: int) -> None:
    shapes = (rows, 3), (columns, 3), (rows, columns)
    x, weight, grad = (np.ones(shape, np.float32) for shape in shapes)
    for outputs in (columns, 0):
        sums = np.ones((columns, 3), np.float32), np.ones(outputs)
        launch(linear_halves.backward_of_half, grad, x, weight, np.empty_like(x), *sums)
        joined = np.empty((columns, 3), np.float32), np.empty(outputs, np.float32)
        launch(linear_halves.add_halves, *sums, *sums, *joined)


def primitives(rows: int, columns: int) -> None:
    for value in VALUES:
        x = filled(value, (rows, columns))
        (((x + x - 2.0) * x / 3.0) ** 2 + x.abs() - -x + x.sqrt()).mean().backward()
        (x.detach().sign() * x**1).sum().backward()
        ((x + x[:1].detach()) * x[:, :1].detach() + x.log()).sum(0).sum().backward()
        torch.where(x < 1, x.clamp(-1, 2), torch.minimum(torch.maximum(x, -x), x)).sum().backward()
        for compare in (torch.le, torch.gt, torch.ge, torch.eq, torch.ne):
            compare(x, 1.0).float()
        (x.mean(1) + (x @ x.detach().T).sum(1)).sum().backward()
        torch.cat([x[:, 1:], x], 1).t().contiguous().sum().backward()


def draws(rows: int, columns: int) -> None:
    torch.randn(rows, columns)  # two at a time, and then sixteen
    torch.randn(4 * rows, 4 * columns)


def limits(rows: int, columns: int) -> None:
    x = np.ones((rows, columns), np.float32)
    launch(roofline.copy, x, np.empty_like(x))
    launch(roofline.calculate, x, float(rows))


PARTS: tuple[Callable[[int, int], None], ...] = (
    activations, layers, losses, losses_of_classes, optimizers, gradients, halves, primitives,
    draws, limits,
)  # fmt: skip


def launches() -> Iterator[Instruction]:
    """All launches of that work, as a recorder has taken them down."""
    for part, shape in itertools.product(PARTS, SHAPES):
        recorder = Recorder()
        with exchange:
            observe(recorder)
            try:
                part(*shape)
            finally:
                observe(None)
        yield from recorder.instructions
