"""How large was what is rounded on the way to a result, of which little is left?

Where terms cancel, what is left is their rounding, whatever the operands: in 3·a − a·3 by an
instruction that multiplies and adds with one rounding, that of one product. No moved operand shows
it, and float32 only if it has numbers so small. The mean that BatchNorm or LayerNorm takes from
each number is such a sum, too. In a product a part that is below the smallest normal number is
rounded to whole subnormal ones, and the factors after it make more of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch

from ..judging.judge import Array
from .running import repeats_memory

# Functions that add up products of their operands, or the operands.
SUMS = ("sum", "mean", "cumsum", "dot", "mv", "mm", "bmm", "matmul", "addmm", "linear")
SUMS += ("addcmul", "addcdiv")
LOSSES = ("nll_loss", "binary_cross_entropy_with_logits")
WITH_TERMS = re.compile(rf"(\b|\.)({'|'.join((*SUMS, *LOSSES))})\(| @ |alpha=")
IN_PLACE = re.compile(r"\w+\.(addcmul_|addcdiv_|addmm_|add_|sub_)\(")
EPS = 1e-5  # of the function where none is given
WITHOUT_A_GRAPH = "with torch.no_grad(): "
OF_ROWS = re.compile(
    r"(\w+) = torch\.nn\.functional\.layer_norm"
    r"\((\w+), \w+\.shape(?:\[-1:\])?(?:, (\w+), (\w+))?\)"
)
OF_A_LAYER = re.compile(
    r"(\w+) = (?:torch\.nn\.functional\.batch_norm|(\w+)(?:\.\w+\(\))?)\((\w+)[,)]"
)


def size_of_terms(
    source: str, names: Mapping[str, Any], path: str, before: Callable[[], dict[str, Any]]
) -> Array | None:
    """What the terms in a line add up to if none has a sign; of a product what has its rounding.

    Parameters
    ----------
    source : a line that was executed
    names : the variables of PyTorch after it
    path : which of them it gave or has changed in place
    before : gives the variables before it

    Returns
    -------
    array or None, where the line is none that adds up terms
    """
    source = source.removeprefix(WITHOUT_A_GRAPH)
    called = OF_A_LAYER.match(source)
    if called is not None:
        layer = names.get(called[2])
        if called[2] is None or isinstance(layer, torch.nn.BatchNorm1d):
            return _of_batch_norm(called, layer, names, path)
        if isinstance(layer, torch.nn.Linear) and path == called[1]:
            return _of_linear(layer, names[called[3]])
        if isinstance(layer, torch.nn.LayerNorm) and path == called[1]:
            dims, weights = len(layer.normalized_shape), (layer.weight, layer.bias)
            return _of_layer_norm(names[called[3]], dims, *weights, layer.eps)
    called = OF_ROWS.match(source)
    if called is not None and path == called[1]:
        weight, bias = (names.get(each) for each in called.groups()[2:])
        dims = 1 if weight is None else weight.dim()
        return _of_layer_norm(names[called[2]], dims, weight, bias, EPS)
    if IN_PLACE.match(source):
        return _changed(_added(source), before(), path)
    if not source.startswith(f"{path} = "):
        return None
    if ".prod(" in source and _is_floating(names[path]):
        tiny = torch.finfo(names[path].dtype).tiny
        return tiny * _evaluated(source, names, path, _at_least_1)
    if not WITH_TERMS.search(source):
        return None
    return _evaluated(_added(source), names, path, _without_signs)


def _evaluated(
    source: str, names: Mapping[str, Any], path: str, change: Callable[[torch.Tensor], Any]
) -> Array:
    """The sizes of what a line gives where its numbers are changed."""
    known = {
        name: change(value.detach()) if _is_floating(value) else value
        for name, value in names.items()
    }
    with np.errstate(all="ignore"):
        exec(source, known)
    return _sizes(known[path])


def _changed(source: str, names: dict[str, Any], path: str) -> Array | None:
    """The sizes of a variable where a line changes memory whose numbers have no signs."""
    with torch.no_grad(), np.errstate(all="ignore"):
        for value in names.values():
            if _is_floating(value) and not repeats_memory(value):
                value.data.abs_()
        try:
            exec(source, names)
        except Exception:  # refused, as the program's own line was
            return None
    return _sizes(names[path]) if path in names else None


def _sizes(values: torch.Tensor) -> Array:
    sizes = np.abs(values.detach().numpy())
    if sizes.dtype.kind == "f":  # finite terms may add up to what is not
        sizes = np.where(np.isposinf(sizes), np.finfo(sizes.dtype).max, sizes)
    return np.asarray(sizes, np.float64)


def _of_batch_norm(
    called: re.Match[str], layer: Any, names: Mapping[str, Any], path: str
) -> Array | None:
    """Of numbers less their mean, times a factor, plus a bias; or of a layer's running mean.

    Parameters
    ----------
    called : names what is given, the layer, and whose numbers are normalised
    layer : None where the function without weights was called
    """
    if layer is not None and not layer.training:
        return None
    x = names[called[3]].detach().double()
    along = [0, *range(2, x.dim())]
    means, variances = x.abs().mean(along), x.var(along, correction=0)
    if layer is not None and path == f"{called[2]}.running_mean":
        return np.asarray(means + layer.running_mean.abs())
    if path != called[1]:
        return None
    weight, bias, eps = None, None, EPS
    if layer is not None:
        weights = layer.weight, layer.bias
        weight, bias = (None if each is None else each.detach().abs().double() for each in weights)
        eps = layer.eps
    normalise = torch.nn.functional.batch_norm
    return np.asarray(normalise(x.abs(), -means, variances, weight, bias, False, 0.0, eps))


def _of_layer_norm(x: torch.Tensor, dims: int, weight: Any, bias: Any, eps: float) -> Array:
    """Of numbers less the mean of their row, times a factor, plus a bias.

    Parameters
    ----------
    dims : how many of the last dimensions are a row
    weight, bias : None where there is none
    """
    x, along = x.detach().double(), tuple(range(-dims, 0))
    apart = x.abs() + x.abs().mean(along, True)
    sizes = apart / (x.var(along, correction=0, keepdim=True) + eps).sqrt()
    sizes = sizes if weight is None else sizes * weight.detach().abs()
    return np.asarray(sizes if bias is None else sizes + bias.detach().abs())


def _of_linear(layer: torch.nn.Linear, x: torch.Tensor) -> Array:
    """Of products and of the bias."""
    weights = layer.weight, layer.bias
    given = [None if each is None else each.detach().abs().double() for each in (x, *weights)]
    return np.asarray(torch.nn.functional.linear(*given))  # type: ignore[arg-type]


def _added(source: str) -> str:
    """A line whose factors have no sign either, and which takes nothing from something else."""
    source = re.sub(r"\b(alpha|beta|value)=-", r"\1=", source)
    return source.replace("torch.sub(", "torch.add(").replace(".sub_(", ".add_(")


def _is_floating(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.is_floating_point()


def _without_signs(values: torch.Tensor) -> torch.Tensor:
    return values.abs()


def _at_least_1(values: torch.Tensor) -> torch.Tensor:
    """The most that factors make of the rounding of a product before them."""
    return values.abs().clamp(min=1)
