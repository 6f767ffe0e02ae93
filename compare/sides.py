"""How does a case run in either library, and which of minigrad's kernels made a result?"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

import minigrad
from minigrad.fused import FusedNode

from .case import Case, Operation
from .judging.judge import Array


class Side:
    """One of the two libraries: how arrays become its tensors and come back."""

    def __init__(self, library: Any, device: str = "cpu") -> None:
        self.library = library
        self.device = device

    def tensor(self, array: Array) -> Any:
        """A tensor with the array's values and strides."""
        found = self.library.from_numpy(array)
        if self.device == "cpu":
            return found
        there = torch.empty_strided(
            found.shape, found.stride(), dtype=found.dtype, device=self.device
        )
        return there.copy_(found)

    def array(self, tensor: Any) -> Array:
        """The values, in memory that nothing changes later."""
        found = tensor.detach()
        found = found if self.device == "cpu" else found.cpu()
        return np.array(found.numpy(force=True))  # PyTorch may have a zero without memory

    def run(self, operation: Operation, case: Case) -> tuple[dict[str, Array], Any]:
        """The results and gradients by name, and the tensor `out`."""
        leaves = self.leaves(case)
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

    def leaves(self, case: Case) -> dict[str, Any]:
        """A tensor for each operand, which asks for a gradient unless it is a constant."""
        found: dict[str, Any] = {}
        for name, array in case.operands.items():
            found[name] = None if array is None else self.tensor(case.layout(array.copy()))
            if array is not None and name not in case.constants:
                found[name].requires_grad_(True)
        return found

    def run_twice(
        self, operation: Operation, case: Case, cotangent: Array, direction: Mapping[str, Array]
    ) -> dict[str, Array]:
        """The gradients, by operands and by the cotangent, of the gradients along a direction."""
        second = self.twice(operation, case, cotangent, direction)()
        names = [*direction, "grad"]
        return {
            f"second_{name}": self.array(each) for name, each in zip(names, second, strict=True)
        }

    def twice(
        self, operation: Operation, case: Case, cotangent: Array, direction: Mapping[str, Array]
    ) -> Callable[[], Sequence[Any]]:
        """What takes those gradients, from the operation on, each time that it is called."""
        leaves = self.leaves(case)
        wanted = [leaves[name] for name in direction]
        grad = self.library.autograd.grad
        seed = self.tensor(case.layout(cotangent)).requires_grad_(True)
        weights = [self.tensor(case.layout(each)) for each in direction.values()]

        def call() -> Sequence[Any]:
            out = operation.call(self.library, leaves, case.attributes)["out"]
            first = grad(out, wanted, seed, create_graph=True)
            second: Sequence[Any] = grad(
                first, [*wanted, seed], weights, allow_unused=True, materialize_grads=True
            )
            return second

        return call


@contextmanager
def one_thread() -> Iterator[None]:
    """PyTorch on one thread: its sums depend on how many there are, which on small arrays wait."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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
