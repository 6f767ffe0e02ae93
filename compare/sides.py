"""How does a case run in either library, and how does one see that minigrad's kernel ran?"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

import minigrad
from minigrad.fused import FusedNode

from .case import Case, Operation
from .judging.judge import Array


class KernelDidNotRunError(Exception):
    """minigrad gave a result, but the definition, not the kernel, computed it."""


class Side:
    """One of the two libraries: how arrays become its tensors and come back."""

    def __init__(self, library: Any, device: str = "cpu") -> None:
        self.library = library
        self.device = device

    def tensor(self, array: Array) -> Any:
        """A tensor with the array's values, and on the CPU also its strides."""
        found = self.library.from_numpy(array)
        return found if self.device == "cpu" else found.to(self.device)

    def array(self, tensor: Any) -> Array:
        """The values, in memory that nothing changes later."""
        found = tensor.detach()
        found = found if self.device == "cpu" else found.cpu()
        return np.array(found.numpy())

    def run(self, operation: Operation, case: Case) -> tuple[dict[str, Array], Any]:
        """The results and gradients by name, and the tensor `out`."""
        leaves: dict[str, Any] = {}
        for name, array in case.operands.items():
            leaves[name] = None if array is None else self.tensor(case.layout(array.copy()))
            if array is not None and name not in case.constants:
                leaves[name].requires_grad_(True)
        results = operation.call(self.library, leaves, case.attributes)
        out = results["out"]
        cotangent = cotangent_of(case, tuple(out.shape))
        kernel = kernels_in(out) if self.library is minigrad else None
        out.backward(self.tensor(case.layout(cotangent)))
        found = {name: self.array(tensor) for name, tensor in results.items()}
        for name, leaf in leaves.items():
            if leaf is not None and leaf.requires_grad:
                found[f"grad_{name}"] = self.array(leaf.grad)
        return found, kernel


def cotangent_of(case: Case, shape: tuple[int, ...]) -> Array:
    """The gradient of the result: random, the same for both libraries and in every run."""
    dtype = next(each.dtype for each in case.operands.values() if each is not None)
    generator = np.random.default_rng(zlib.crc32(case.name.encode()))
    return np.asarray(generator.standard_normal(shape), dtype)


def kernels_in(out: Any) -> Mapping[str, str]:
    """The fused operations whose kernels made a tensor, with the names of their nodes."""
    found: dict[str, str] = {}
    waiting = [out.grad_fn]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FusedNode):
            found[node.operation.name] = node.name()
        waiting += [edge for edge in getattr(node, "edges", ()) if edge is not None]
    return found


def run_minigrad(name: str, operation: Operation, case: Case) -> tuple[dict[str, Array], str]:
    """minigrad's results, and the name of the node that the operation's kernel left."""
    found, kernels = Side(minigrad).run(operation, case)
    if name not in kernels:
        seen = ", ".join(kernels.values()) or "no kernel's node"
        raise KernelDidNotRunError(
            f"the kernel did not run: the graph has {seen}, expected one of {name}"
        )
    return found, kernels[name]


def run_torch(operation: Operation, case: Case, device: str) -> dict[str, Array]:
    """PyTorch's results, computed on a device."""
    return Side(torch, device).run(operation, case)[0]
