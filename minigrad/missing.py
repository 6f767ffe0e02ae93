"""What is said about a name of PyTorch's that minigrad does not have: what is there instead.

Names that begin with an underscore are looked for by Python itself (copying, pickling, `inspect`)
and get Python's plain answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

COVERS = {
    "minigrad": "tensors of float32, float64, int64 and bool on the CPU, their gradients, and "
    "dense networks",
    "minigrad.nn": "dense layers, activations, losses and containers",
    "minigrad.nn.functional": "the functions of dense layers, activations and losses",
    "minigrad.nn.init": "the initialisers of dense layers",
    "minigrad.nn.utils": "clipping gradients, and parameters as a vector",
    "minigrad.optim": "the optimisers that dense networks are mostly trained with",
    "minigrad.optim.lr_scheduler": "the schedules that are mostly used",
    "minigrad.utils": "data sets and their loading, and DLPack",
    "minigrad.utils.data": "data sets, samplers and their loading in one process",
    "Tensor": "PyTorch's methods for dense tensors of float32, float64, int64 and bool",
}


def attribute(owner: str, name: str, known: Iterable[str]) -> AttributeError:
    """The error for a name that `owner`, a module or a class, does not have.

    >>> print(attribute("minigrad.nn.init", "ones", ["ones_", "zeros_"]))
    minigrad.nn.init has no ones; it covers the initialisers of dense layers. Did you mean ones_?
    """
    if name.startswith("_"):
        kind = "module " if owner.startswith("minigrad") else ""
        return AttributeError(f"{kind}{owner!r} has no attribute {name!r}")
    text = f"{owner} has no {name}; it covers {COVERS[owner]}"
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    return AttributeError(f"{text}. Did you mean {near[0]}?" if near else text)
