"""Is a whole network right, in training and in evaluation, forward and back?

What it is held against is composed of the references of its operations, as backward composes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, LAYOUTS, normal
from ..devices import is_cuda, tf32
from ..judging.condition import MOVEMENTS, Arrays, moved, noise_of
from ..judging.judge import Array, Quantity, judged, with_tf32
from ..references import activations, layers
from ..row import Row, failure
from ..sides import Side

BATCH, WIDTHS = 32, (9, 16, 8, 1)
BATCH_NORM = {"eps": 1e-5, "momentum": 0.1}
MODES = {"training": True, "eval": False}


@dataclass(frozen=True)
class Layer:
    """A step of the network: its reference, attributes, and operands besides x.

    Parameters
    ----------
    operands : the name of each in the network's state, None for one that is absent
    """

    reference: Callable[..., dict[str, Quantity]]
    attributes: Mapping[str, Any]
    operands: Mapping[str, str | None]


def network(library: Any, dtype: str) -> Any:
    """Linear, BatchNorm1d and ELU twice, Linear and sigmoid: no bias where it has no effect."""
    nn, number = library.nn, getattr(library, dtype)
    first, second, third, last = WIDTHS
    return nn.Sequential(
        nn.Linear(first, second, bias=False, dtype=number),
        nn.BatchNorm1d(second, dtype=number),
        nn.ELU(),
        nn.Linear(second, third, bias=False, dtype=number),
        nn.BatchNorm1d(third, dtype=number),
        nn.ELU(),
        nn.Linear(third, last, dtype=number),
        nn.Sigmoid(),
    )


def steps(training: bool) -> list[Layer]:
    """The same network for the references."""
    norm = layers.batch_norm if training else layers.batch_norm_inference
    found = []
    for start in (0, 3, 6):
        weight, bias = f"{start}.weight", f"{start}.bias" if start == 6 else None
        found.append(Layer(layers.linear, {}, {"weight": weight, "bias": bias}))
        if start == 6:
            found.append(Layer(activations.sigmoid, {}, {}))
            continue
        names = ("weight", "bias", "running_mean", "running_var")
        operands = {name: f"{start + 1}.{name}" for name in names}
        found.append(Layer(norm, BATCH_NORM, operands))
        found.append(Layer(activations.elu, {"alpha": 1.0}, {}))
    return found


def compare_network(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for the result and for the gradients of input and parameters."""
    for dtype in DTYPES:
        state = drawn_state(dtype)
        x = normal(70, BATCH, WIDTHS[0], dtype=dtype)
        g = normal(71, BATCH, WIDTHS[-1], dtype=dtype)
        for mode, training in MODES.items():
            quantities = reference(x, state, g, training, dtype)
            for layout in LAYOUTS:
                given = layout(x), state, layout(g), training, device
                seconds = time_network(*given) if timed else None
                for row in rows_of(*given, quantities):
                    row = timing.with_seconds(row, seconds)
                    yield replace(row, mode=mode, layout=layout.__name__, device=device)


def rows_of(
    x: Array, state: Arrays, g: Array, training: bool, device: str, quantities: dict[str, Quantity]
) -> Iterator[Row]:
    case, dtype = f"batch of {BATCH}", x.dtype
    try:
        ours = run(Side(minigrad), x, state, g, training)
        with tf32(False):
            theirs = run(Side(torch, device), x, state, g, training)
        with tf32(True):
            rough = run(Side(torch, device), x, state, g, training) if is_cuda(device) else None
    except Exception as error:  # whatever goes wrong is what has to be reported
        yield failure("network", f"{type(error).__name__}: {error}", case=case, dtype=dtype.name)
        return
    for key, quantity in quantities.items():
        row = judged(("network", case, dtype.name, key), ours[key], theirs[key], quantity)
        yield row if rough is None else with_tf32(row, rough[key], quantity)


def drawn_state(dtype: np.dtype[Any]) -> Arrays:
    """Parameters and running statistics by name, away from those that layers start with."""
    found = {}
    for number, (name, tensor) in enumerate(network(minigrad, dtype.name).state_dict().items()):
        if "tracked" not in name:
            values = normal(72 + number, *tensor.shape, dtype=dtype)
            found[name] = np.abs(values) + dtype.type(0.5) if "running_var" in name else values
    return found


def prepared(side: Side, x: Array, state: Arrays, training: bool) -> tuple[Any, Any]:
    """The network with this state, and its input as a leaf."""
    net = network(side.library, x.dtype.name).to(side.device)
    net.load_state_dict({name: side.tensor(each) for name, each in state.items()}, strict=False)
    net.train(training)
    return net, side.tensor(x).requires_grad_(True)


def time_network(x: Array, state: Arrays, g: Array, training: bool, device: str) -> timing.Pair:
    """Seconds of a forward and a backward."""

    def call(side: Side) -> Callable[[], Any]:
        net, leaf = prepared(side, x, state, training)
        wanted, cotangent = [leaf, *net.parameters()], side.tensor(g)
        return lambda: side.library.autograd.grad(net(leaf), wanted, cotangent)

    ours, theirs = map(call, timing.sides(device))
    return timing.in_turn(ours, theirs, device)


def run(side: Side, x: Array, state: Arrays, g: Array, training: bool) -> Arrays:
    """The result and the gradients in one library."""
    net, leaf = prepared(side, x, state, training)
    out = net(leaf)
    out.backward(side.tensor(g))
    found = {"out": side.array(out), "grad_x": side.array(leaf.grad)}
    found.update((f"grad_{key}", side.array(each.grad)) for key, each in net.named_parameters())
    return found


def reference(
    x: Array, state: Arrays, g: Array, training: bool, dtype: np.dtype[Any]
) -> dict[str, Quantity]:
    """The exact result and gradients, with what rounding may do to them."""
    given = {"x": x, "g": g, **state}
    exact = {key: each.astype(np.longdouble) for key, each in given.items()}
    generator = np.random.default_rng(8)
    others = (
        composed({key: moved(each, generator) for key, each in exact.items()}, training, dtype)
        for _ in range(MOVEMENTS)
    )
    values = composed(exact, training, dtype)
    noises = noise_of(values, others)
    return {key: Quantity(value, noise=noises[key]) for key, value in values.items()}


def composed(given: Arrays, training: bool, dtype: np.dtype[Any]) -> Arrays:
    """Forward through all references, then back."""
    passed: list[tuple[Layer, dict[str, Any]]] = []
    x = given["x"]
    for layer in steps(training):
        operands: dict[str, Any] = {"x": x}
        for key, name in layer.operands.items():
            operands[key] = None if name is None else given[name]
        width = operands["weight"].shape[0] if layer.reference is layers.linear else x.shape[1]
        nothing = np.zeros((x.shape[0], width), np.longdouble)
        passed.append((layer, operands))
        x = layer.reference(operands, layer.attributes, nothing, dtype)["out"].value
    found, g = {"out": x}, given["g"]
    for layer, operands in reversed(passed):
        quantities = layer.reference(operands, layer.attributes, g, dtype)
        for key, name in layer.operands.items():
            if name is not None and f"grad_{key}" in quantities:
                found[f"grad_{name}"] = quantities[f"grad_{key}"].value
        g = quantities["grad_x"].value
    return {**found, "grad_x": g}
