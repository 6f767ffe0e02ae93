"""How large were the terms of a sum of which little is left?

Where terms cancel, what is left is their rounding, whatever the operands: in 3·a − a·3 by an
instruction that multiplies and adds with one rounding, that of one product. No moved operand shows
it, and float32 only if it has numbers so small.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from ..judging.judge import Array

# Functions that add up products of their operands, or the operands.
SUMS = ("sum", "mean", "cumsum", "dot", "mv", "mm", "bmm", "matmul", "addmm", "linear")
LOSSES = ("nll_loss", "binary_cross_entropy_with_logits")
WITH_TERMS = re.compile(rf"(\b|\.)({'|'.join((*SUMS, *LOSSES))})\(| @ |alpha=")


def size_of_terms(source: str, names: Mapping[str, Any], path: str) -> Array | None:
    """What the terms in a line add up to if none has a sign.

    Parameters
    ----------
    source : a line that was executed and has changed nothing in place
    names : the variables of PyTorch after it
    path : which of them it gave

    Returns
    -------
    array or None, where the line is none that adds up terms
    """
    if not source.startswith(f"{path} = ") or not WITH_TERMS.search(source):
        return None
    known = {name: _without_signs(value) for name, value in names.items()}
    with np.errstate(all="ignore"):
        exec(_added(source), known)
    sizes = np.abs(known[path].detach().numpy())
    if sizes.dtype.kind == "f":  # finite terms may add up to what is not
        sizes = np.where(np.isposinf(sizes), np.finfo(sizes.dtype).max, sizes)
    return np.asarray(sizes, np.float64)


def _added(source: str) -> str:
    """A line whose factors have no sign either, and which takes nothing from something else."""
    return re.sub(r"\b(alpha|beta)=-", r"\1=", source).replace("torch.sub(", "torch.add(")


def _without_signs(value: Any) -> Any:
    is_float = isinstance(value, torch.Tensor) and value.is_floating_point()
    return value.detach().abs() if is_float else value
