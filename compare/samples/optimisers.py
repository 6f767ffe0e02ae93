"""With which arguments does PyTorch test the optimisers that minigrad has, too?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch.testing._internal.common_optimizers import OptimizerErrorEnum, optim_db

import minigrad

from .sample import Sample

STEPS = 20
# What may be said of each of them about how PyTorch computes; the numbers are the same.
WAYS: tuple[dict[str, bool], ...] = ({}, {"foreach": True}, {"foreach": False})


@dataclass(frozen=True)
class Optimiser:
    """An optimiser that trains a network of one hidden layer, or has to refuse its arguments."""

    name: str
    form: str
    compiles: ClassVar[bool] = False

    def run(
        self, library: Any, arguments: list[Any], keywords: Mapping[str, Any]
    ) -> tuple[Any, list[Any]]:
        make = getattr(library.optim, self.name.removeprefix("optim."))
        if self.form == "refused":
            make(*arguments, **keywords).step()
            return None, []
        x, *weights = arguments
        optimizer = make(weights, **keywords)

        def closure() -> Any:
            optimizer.zero_grad()
            hidden = library.sigmoid(x @ weights[0].t() + weights[1])
            loss = (hidden * weights[2]).square().sum()
            loss.backward()
            return loss

        losses = [optimizer.step(closure).detach() for _ in range(STEPS)]
        state = optimizer.state_dict()
        states = [list(state["state"][key].items()) for key in state["state"]]
        after = [each.detach() for each in weights]
        told = {key: value for key, value in state["param_groups"][0].items()}
        return [losses, after, states, told, repr(optimizer)], []


def names() -> list[str]:
    """The optimisers that have arguments."""
    return [f"optim.{info.name}" for info in optim_db if hasattr(minigrad.optim, info.name)]


def samples(name: str) -> Iterator[Sample]:
    """All arguments of an optimiser, those that it has to refuse last."""
    info = next(info for info in optim_db if f"optim.{info.name}" == name)
    for given in info.optim_inputs_func("cpu"):
        for dtype in (torch.float32, torch.float64):
            for way in WAYS:
                told = str(dtype).removeprefix("torch.")
                keywords = {**given.kwargs, **way}
                yield Sample(Optimiser(name, given.desc), told, tensors(dtype), keywords)
    for error in info.optim_error_inputs_func("cpu", torch.float32):
        given = error.optimizer_error_input
        if error.error_on == OptimizerErrorEnum.CONSTRUCTION_ERROR:
            yield Sample(Optimiser(name, "refused"), "float32", (given.params,), given.kwargs)


def tensors(dtype: torch.dtype) -> tuple[torch.Tensor, ...]:
    """What is trained on, and the weights."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(5, 3, dtype=dtype, generator=generator)
    weights = [
        torch.randn(shape, dtype=dtype, generator=generator).requires_grad_()
        for shape in ((4, 3), (4,), (1, 4))
    ]
    return (x, *weights)
