"""One library's way through an input: results, gradients of these, gradients of those."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

import minigrad

from .conversion import Conversion, for_minigrad, for_torch
from .sample import Sample, tensors_in

SEED = 1
UNSET = ("empty", "empty_like", "new_empty")  # whose numbers are what was there
RESULTS, FIRST, SECOND = "results", "first", "second"


@dataclass
class Course:
    """What a library gives for an input, stage by stage, or the exception that it raises."""

    library: Any
    conversion: Conversion
    results: Any = None
    first: Sequence[Any] = ()
    second: Sequence[Any] = ()
    error: Exception | None = None
    leaves: Sequence[Any] = ()
    cotangents: Sequence[Any] = ()

    def run(self, sample: Sample) -> None:
        """The results."""
        arguments = [self.conversion(each) for each in sample.arguments]
        keywords = self.conversion(dict(sample.keywords))
        self.library.manual_seed(SEED)

        def stage() -> None:
            self.results, parameters = sample.subject.run(self.library, arguments, keywords)
            if sample.subject.name in UNSET:
                self.results = self.library.zeros_like(self.results)
            self.leaves = [*self.conversion.leaves(), *parameters]

        self.attempt(stage)

    def backward(self, cotangents: Sequence[torch.Tensor]) -> None:
        """The gradients of the results, with a graph."""
        self.cotangents = [self.conversion(each).requires_grad_() for each in cotangents]

        def stage() -> None:
            self.first = self.library.autograd.grad(
                self.differentiable(RESULTS),
                self.leaves,
                self.cotangents,
                create_graph=True,
                allow_unused=True,
            )

        self.attempt(stage)

    def backward_again(self, directions: Sequence[torch.Tensor]) -> None:
        """The gradients of the gradients."""
        weights = [self.conversion(each) for each in directions]

        def stage() -> None:
            self.second = self.library.autograd.grad(
                self.differentiable(FIRST),
                [*self.leaves, *self.cotangents],
                weights,
                allow_unused=True,
                materialize_grads=True,
            )

        self.attempt(stage)

    def differentiable(self, stage: str) -> list[Any]:
        """The tensors of a stage through which a gradient can be taken."""
        return [each for each in self.tensors(stage) if each.requires_grad]

    def tensors(self, stage: str) -> list[Any]:
        return list(tensors_in(getattr(self, stage), self.library.Tensor))

    def attempt(self, stage: Callable[[], None]) -> None:
        try:
            stage()
        except Exception as error:
            self.error = error


def ours() -> Course:
    return Course(minigrad, for_minigrad())


def theirs(conversion: Conversion | None = None) -> Course:
    return Course(torch, conversion or for_torch())


def go(course: Course, sample: Sample, last: str) -> None:
    """Walk as far as a stage."""
    course.run(sample)
    if last != RESULTS:
        course.backward(random_like(course.differentiable(RESULTS)))
    if last == SECOND:
        course.backward_again(random_like(course.differentiable(FIRST)))


def random_like(tensors: Sequence[Any]) -> list[torch.Tensor]:
    """Random numbers for each, the same for every course; of float32 they are in float64, too."""
    generator = torch.Generator().manual_seed(SEED)
    found = [torch.randn(tuple(each.shape), generator=generator) for each in tensors]
    return [
        each.to(getattr(torch, str(tensor.dtype).rpartition(".")[2]))
        for each, tensor in zip(found, tensors, strict=True)
    ]
