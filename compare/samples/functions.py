"""With which inputs does PyTorch test the functions and methods that minigrad has, too?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

import torch
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import OpInfo, SampleInput

import minigrad

from .conversion import DTYPES
from .sample import Sample

FUNCTION, METHOD, IN_PLACE = "function", "method", "in place"
STRIDED = "strided"
WITHOUT_METHODS = ("nn.", "linalg.", "special.", "fft.", "masked.", "sparse.", "signal.", "torch.")


@dataclass(frozen=True)
class Function:
    """A function by its path, or a method by its name."""

    name: str
    form: str
    compiles: ClassVar[bool] = True

    def run(
        self, library: Any, arguments: list[Any], keywords: Mapping[str, Any]
    ) -> tuple[Any, list[Any]]:
        if self.form == IN_PLACE and arguments[0].requires_grad:
            arguments = [arguments[0].clone(), *arguments[1:]]  # a leaf must not be changed
        return attribute(library, self.path)(*arguments, **keywords), []

    @property
    def path(self) -> str:
        if self.form == FUNCTION:
            return self.name
        return f"Tensor.{self.name}_" if self.form == IN_PLACE else f"Tensor.{self.name}"


def attribute(root: Any, path: str) -> Any:
    """What stands at a dotted path, None if nothing does."""
    return reduce(lambda found, name: getattr(found, name, None), path.split("."), root)


def names() -> list[str]:
    """The functions that have inputs."""
    return list(dict.fromkeys(info.name for info in op_db if subjects_of(info)))


def samples(name: str) -> Iterator[Sample]:
    """All inputs of a function, in each form that it has, those that it has to refuse last."""
    for info in op_db:
        if info.name != name:
            continue
        subjects = subjects_of(info)
        for dtype in DTYPES:
            if dtype in info.supported_dtypes("cpu"):
                yield from of_dtype(info, subjects, dtype)
        if info.error_inputs_func is None or name.startswith("__"):
            continue  # special methods get a `self` that is no tensor
        for error in info.error_inputs("cpu"):
            for subject in subjects:
                yield sample(subject, "refused", error.sample_input)


def of_dtype(info: OpInfo, subjects: list[Function], dtype: torch.dtype) -> Iterator[Sample]:
    """Inputs of one dtype, as they are and strided."""
    differentiable = dtype.is_floating_point and info.supports_autograd
    told = str(dtype).removeprefix("torch.")
    for given in info.sample_inputs("cpu", dtype, requires_grad=differentiable):
        for subject in subjects:
            yield sample(subject, told, given)
    for given in info.sample_inputs("cpu", dtype, requires_grad=differentiable):
        yield sample(subjects[0], f"{told}, {STRIDED}", given.noncontiguous())


def sample(subject: Function, dtype: str, given: SampleInput) -> Sample:
    return Sample(subject, dtype, (given.input, *given.args), given.kwargs)


def subjects_of(info: OpInfo) -> list[Function]:
    """The forms of a function that both libraries have."""
    forms = [FUNCTION]
    if not info.name.startswith(WITHOUT_METHODS):
        forms += [METHOD] if info.method_variant is not None or "__" in info.name else []
        forms += [IN_PLACE] if info.inplace_variant is not None else []
    found = [Function(info.name, form) for form in forms]
    return [
        each
        for each in found
        if attribute(torch, each.path) is not None and attribute(minigrad, each.path) is not None
    ]
