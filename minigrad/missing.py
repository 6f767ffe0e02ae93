"""What is said about a name of PyTorch's that minigrad does not have: what is there instead.

Names that begin with an underscore are looked for by Python itself (copying, pickling, `inspect`)
and get Python's plain answer.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

COVERS = {
    "minigrad": "tensors of float32, float64, bool and integers on the CPU, their gradients, and "
    "dense networks",
    "minigrad.accelerator": "what a script asks before it uses one: there is none",
    "minigrad.autograd": "backward, grad, Function, functional, gradcheck, hooks and anomaly "
    "detection",
    "minigrad.autograd.functional": "Jacobians, Hessians and their products with vectors",
    "minigrad.autograd.variable": "Variable, which old scripts call for a Tensor",
    "minigrad.backends": "what scripts set before they start",
    "minigrad.backends.cuda": "what scripts ask before they use a GPU",
    "minigrad.backends.cudnn": "what scripts set for reproducible runs",
    "minigrad.backends.mps": "what scripts ask before they use a GPU",
    "minigrad.cuda": "what a script asks before it uses a GPU: there is none",
    "minigrad.nn": "dense layers, activations, losses and containers",
    "minigrad.nn.functional": "the functions of dense layers, activations and losses",
    "minigrad.nn.init": "the initialisers of dense layers",
    "minigrad.nn.modules": "dense layers, activations, losses and containers",
    "minigrad.nn.utils": "clipping gradients, and parameters as a vector",
    "minigrad.optim": "the optimisers that dense networks are mostly trained with",
    "minigrad.optim.lr_scheduler": "the schedules that are mostly used",
    "minigrad.random": "seeds and generators",
    "minigrad.testing": "gradient checks, closeness, programs and strategies",
    "minigrad.utils": "data sets and their loading, and DLPack",
    "minigrad.utils.data": "data sets, samplers and their loading in one process",
}
INSTEAD = {
    "assert_close": "minigrad.testing.assert_close",
    "gradcheck": "minigrad.testing.gradcheck",
    "gradgradcheck": "minigrad.testing.gradgradcheck",
}


def attribute(owner: str, name: str, known: Iterable[str]) -> AttributeError:
    """The error for a name that a module, `owner`, does not have.

    >>> print(attribute("minigrad.nn.init", "ones", ["ones_", "zeros_"]))
    minigrad.nn.init has no ones; it covers the initialisers of dense layers. Did you mean ones_?
    >>> print(attribute("minigrad", "assert_close", []))
    minigrad has no assert_close; use minigrad.testing.assert_close
    """
    if name.startswith("_"):
        return AttributeError(f"module {owner!r} has no attribute {name!r}")
    if name in INSTEAD:
        return AttributeError(f"{owner} has no {name}; use {INSTEAD[name]}")
    text = f"{owner} has no {name}; it covers {COVERS[owner]}"
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
    if not near:
        return AttributeError(text)
    # With a name and no object, so that Python does not guess once more where it prints this.
    return AttributeError(f"{text}. Did you mean {near[0]}?", name=name)
