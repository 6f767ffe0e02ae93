"""With which inputs does PyTorch test the modules that minigrad has, too?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch.testing._internal.common_modules import (
    FunctionInput,
    ModuleErrorEnum,
    ModuleInfo,
    module_db,
)

import minigrad

from .sample import Sample

SEED = 3
DTYPES = (torch.float32, torch.float64)


@dataclass(frozen=True)
class Module:
    """A module, to be made with some arguments and called with others.

    Both are in `arguments`: a pair of positional ones and of keywords to make it, and one to call
    it, or None where making it has to be refused.
    """

    name: str
    form: str
    dtype: str
    training: bool
    compiles: ClassVar[bool] = False

    def run(
        self, library: Any, arguments: list[Any], keywords: Mapping[str, Any]
    ) -> tuple[Any, list[Any]]:
        library.manual_seed(SEED)
        of_making, of_calling = arguments
        made = getattr(library.nn, self.name.removeprefix("nn."))(*of_making[0], **of_making[1])
        made = made.to(getattr(library, self.dtype)).train(self.training)
        initial = [each.clone() for each in made.state_dict().values()]
        found = None if of_calling is None else made(*of_calling[0], **of_calling[1])
        after = made.state_dict()
        state = [each.detach() for each in after.values()]
        return [found, repr(made), list(after), initial, state], list(made.parameters())


def names() -> list[str]:
    """The modules that have inputs."""
    return [info.name for info in module_db if hasattr(minigrad.nn, info.name[3:])]


def samples(name: str) -> Iterator[Sample]:
    """All inputs of a module, those that it has to refuse last."""
    info = next(info for info in module_db if info.name == name)
    for training in (True, False):
        for dtype in DTYPES:
            for given in info.module_inputs_func(info, "cpu", dtype, True, training):
                yield sample(info, dtype, training, given.constructor_input, given.forward_input)
        if info.module_error_inputs_func is None:
            continue
        for error in info.module_error_inputs_func(info, "cpu", torch.float32, False, training):
            given = error.module_error_input
            making = error.error_on == ModuleErrorEnum.CONSTRUCTION_ERROR
            forward = None if making else given.forward_input
            yield sample(info, torch.float32, training, given.constructor_input, forward)


def sample(
    info: ModuleInfo,
    dtype: torch.dtype,
    training: bool,
    of_making: FunctionInput,
    of_calling: FunctionInput | None,
) -> Sample:
    told = str(dtype).removeprefix("torch.")
    mode = "training" if training else "evaluation"
    calling = None if of_calling is None else (of_calling.args, of_calling.kwargs)
    subject = Module(info.name, mode, told, training)
    return Sample(subject, told, ((of_making.args, of_making.kwargs), calling), {})
