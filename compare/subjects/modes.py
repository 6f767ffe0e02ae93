"""Do modules do what their mode says, and keep what their state says, over several batches?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

import minigrad

from .. import timing
from ..case import DTYPES, normal
from ..judging.bits import same_bits
from ..judging.judge import Array, Quantity, judged
from ..references import layers
from ..row import Row
from ..sides import Side

CHANNELS, BATCHES = 3, (8, 5, 2)
SETTINGS: tuple[dict[str, Any], ...] = (
    {"momentum": 0.3},
    {"momentum": None},
    {"momentum": 0.1, "eps": 0.5},
    {"momentum": 0.1, "affine": False},
)
TRACKED = ("running_mean", "running_var")


def compare_modes(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for batch normalisation, dropout, dictionaries of state, gradients of two batches.

    Their time is that of all that they do.
    """
    for dtype in DTYPES:
        yield from compare_batch_norm(dtype, device, timed)
        yield from compare_dropout(dtype, timed)
        yield from compare_state(dtype, timed)
        yield from compare_accumulation(dtype, device, timed)


def compare_batch_norm(dtype: np.dtype[Any], device: str, timed: bool) -> Iterator[Row]:
    """Statistics after several batches, and results in evaluation, which changes none."""
    batches = [2 + normal(90 + k, n, CHANNELS, dtype=dtype) for k, n in enumerate(BATCHES)]
    for settings in SETTINGS:
        shown = ", ".join(f"{key} = {value}" for key, value in settings.items())
        ours = normalised(Side(minigrad), batches, settings)
        theirs = normalised(Side(torch, device), batches, settings)
        given = batches, settings
        seconds = timing.time_run(normalised, *given, device=device) if timed else None
        for key, quantity in expected(batches, settings, dtype).items():
            names = ("modes", f"BatchNorm1d, {shown}", dtype.name, key)
            row = replace(judged(names, ours[key], theirs[key], quantity), device=device)
            yield timing.with_seconds(row, seconds)


def normalised(side: Side, batches: Sequence[Array], settings: dict[str, Any]) -> dict[str, Array]:
    """Several batches in training, then one twice in evaluation."""
    library = side.library
    kind = getattr(library, batches[0].dtype.name)
    layer = library.nn.BatchNorm1d(CHANNELS, dtype=kind, **settings).to(side.device)
    for batch in batches:
        layer(side.tensor(batch))
    library.nn.Sequential(layer).eval()
    for _ in range(2):
        out = layer(side.tensor(batches[0]))
    count = side.array(layer.num_batches_tracked).astype(batches[0].dtype)
    found = {name: side.array(getattr(layer, name)) for name in TRACKED}
    return {"out": side.array(out), "num_batches_tracked": count, **found}


def expected(
    batches: Sequence[Array], settings: dict[str, Any], dtype: np.dtype[Any]
) -> dict[str, Quantity]:
    """What the references say of one batch after the other."""
    one = np.ones(CHANNELS, np.longdouble)
    state: dict[str, Any] = {"weight": one, "bias": 0 * one}
    state |= {"running_mean": 0 * one, "running_var": one}
    noise = {name: 0 * one for name in TRACKED}
    attributes = {"eps": settings.get("eps", 1e-5)}
    for number, batch in enumerate(batches, 1):
        momentum = settings["momentum"]
        attributes["momentum"] = 1 / np.longdouble(number) if momentum is None else momentum
        operands = {"x": batch.astype(np.longdouble), **state}
        found = layers.batch_norm(operands, attributes, operands["x"], dtype)
        for name in TRACKED:  # of which each batch's is rounded to the dtype
            state[name] = found[name].value
            noise[name] = noise[name] + 4 * np.abs(state[name])
    operands = {"x": batches[0].astype(np.longdouble), **state}
    out = layers.batch_norm_inference(operands, attributes, operands["x"], dtype)["out"]
    moved = 8 * np.abs(out.value) + noise["running_mean"] / np.sqrt(state["running_var"])
    return {
        "out": Quantity(out.value, noise=moved),
        "num_batches_tracked": Quantity(np.asarray(np.longdouble(len(batches)))),
        **{name: Quantity(state[name], noise=noise[name]) for name in TRACKED},
    }


def compare_dropout(dtype: np.dtype[Any], timed: bool) -> Iterator[Row]:
    """Nothing is dropped in evaluation, and nothing drawn for it."""
    found = (kept(Side(each), dtype) for each in (minigrad, torch))
    seconds = timing.time_run(kept, dtype) if timed else None
    row = same_bits(("modes", "Dropout(0.4), eval", dtype.name, "out"), *found)
    yield timing.with_seconds(row, seconds)


def kept(side: Side, dtype: np.dtype[Any]) -> Array:
    """What dropout gives, and a number drawn afterwards."""
    layer = side.library.nn.Sequential(side.library.nn.Dropout(0.4)).eval()
    side.library.manual_seed(3)
    out = side.array(layer(side.tensor(normal(95, 6, 5, dtype=dtype))))
    drawn = side.array(side.library.rand(1, dtype=getattr(side.library, dtype.name)))
    return np.concatenate([out.reshape(-1), drawn])


def compare_state(dtype: np.dtype[Any], timed: bool) -> Iterator[Row]:
    """What is loaded is what is saved, under PyTorch's names."""
    ours, theirs = (loaded(Side(each), dtype) for each in (minigrad, torch))
    seconds = timing.time_run(loaded, dtype) if timed else None
    for name, value in theirs.items():
        found = ours.get(name, np.empty(0, value.dtype))
        names = ("modes", "state_dict after load_state_dict", dtype.name, name)
        yield timing.with_seconds(same_bits(names, found, value), seconds)


def loaded(side: Side, dtype: np.dtype[Any]) -> dict[str, Array]:
    """The state of a network that has been given one."""
    nn, kind = side.library.nn, getattr(side.library, dtype.name)
    layers = [nn.Linear(4, 3, dtype=kind), nn.BatchNorm1d(3, dtype=kind), nn.ReLU()]
    net = nn.Sequential(nn.Sequential(*layers), nn.Linear(3, 2, bias=False, dtype=kind))
    drawn = {
        name: normal(96 + k, *tensor.shape, dtype=dtype)
        for k, (name, tensor) in enumerate(net.state_dict().items())
    }
    net.load_state_dict({name: side.tensor(each) for name, each in drawn.items()})
    return {name: side.array(each) for name, each in net.state_dict().items()}


def compare_accumulation(dtype: np.dtype[Any], device: str, timed: bool) -> Iterator[Row]:
    """Gradients of two batches, one after the other, are those of both together."""
    x, g = normal(120, 2, 6, 4, dtype=dtype), normal(121, 2, 6, 3, dtype=dtype)
    drawn = {"weight": normal(122, 3, 4, dtype=dtype), "bias": normal(123, 3, dtype=dtype)}
    given = drawn, x, g
    ours, theirs = (accumulated(each, *given) for each in (Side(minigrad), Side(torch, device)))
    seconds = timing.time_run(accumulated, *given, device=device) if timed else None
    operands = {"x": x.reshape(12, 4), **drawn}
    exact = {name: each.astype(np.longdouble) for name, each in operands.items()}
    together = layers.linear(exact, {}, g.reshape(12, 3).astype(np.longdouble), dtype)
    for name in drawn:
        names = ("modes", "Linear, two batches", dtype.name, f"grad_{name}")
        row = judged(names, ours[name], theirs[name], together[f"grad_{name}"])
        yield timing.with_seconds(row, seconds)


def accumulated(side: Side, drawn: dict[str, Array], x: Array, g: Array) -> dict[str, Array]:
    """A layer's gradients after all batches."""
    layer = side.library.nn.Linear(4, 3, dtype=getattr(side.library, x.dtype.name))
    layer = layer.to(side.device)
    layer.load_state_dict({name: side.tensor(each) for name, each in drawn.items()})
    for batch, cotangent in zip(x, g, strict=True):
        layer(side.tensor(batch)).backward(side.tensor(cotangent))
    return {name: side.array(getattr(layer, name).grad) for name in drawn}
