"""Functions of tensors, and modules: minigrad's, or PyTorch's, which has the same names.

Tensors are not replaced but moved: a function may reach them by other ways than its arguments, as
a module does its parameters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from ...tensor import Array
from ..failure import CheckError
from . import Subject

# minigrad's or torch's: one class serves both because they have the same names.
Tensor = Any
Library = Any


class TensorSubject:
    """A function, here without arguments, of tensors that are moved about."""

    takes_complex = False

    def __init__(
        self,
        library: Library,
        targets: Sequence[Tensor],
        names: Sequence[str],
        others: Sequence[Tensor],
        compute: Callable[[bool], Any],
        output_names: Sequence[str] | None = None,
    ) -> None:
        self.library, self.targets = library, list(targets)
        self.names: Sequence[str] = names
        self.others = others  # of no gradient, but of float64 if the targets are
        self.compute = compute  # takes whether the results' graph is wanted
        self._output_names = output_names

    def point(self) -> list[Array]:
        return [array_of(target).copy() for target in self.targets]

    def output_names(self) -> Sequence[str]:
        if self._output_names is None:
            self._output_names = [f"output {place}" for place, _ in self._placed(False)]
        return self._output_names

    def outputs(self, create_graph: bool) -> list[Tensor]:
        """Those results that can have a derivative."""
        return [output for _, output in self._placed(create_graph)]

    def _placed(self, create_graph: bool) -> list[tuple[int, Tensor]]:
        with self.library.enable_grad():
            result = self.compute(create_graph)
        listed = [result] if self.library.is_tensor(result) else result
        if not isinstance(listed, list | tuple):
            raise TypeError(
                f"gradcheck: func must return a Tensor or several, got {type(result).__name__}"
            )
        tensors = [(k, each) for k, each in enumerate(listed) if self.library.is_tensor(each)]
        return [(k, each) for k, each in tensors if each.is_floating_point()]

    @contextmanager
    def moving(self) -> Iterator[None]:
        starts, memory = self.point(), [target.data for target in self.targets]
        try:
            yield
        finally:
            for target, data in zip(self.targets, memory, strict=True):
                target.data = data
            self.move(starts)

    def values(self) -> list[Array]:
        return [array_of(each).copy() for each in self.outputs(False)]

    def move(self, point: Sequence[Array]) -> None:
        for target, array in zip(self.targets, point, strict=True):
            present = array_of(target)
            if present.dtype == array.dtype and present.tobytes() == array.tobytes():
                continue
            in_place = has_memory_for_each(present) and present.flags.writeable
            if in_place and target.device.type == "cpu":
                present[...] = array  # which is the target's own memory
                continue
            moved = self.library.from_numpy(np.array(array, order="C"))
            if in_place:
                target.data.copy_(moved)
            else:
                target.data = moved

    def products(self, cotangents: Sequence[Array]) -> list[Array]:
        starts = [self._tensor(each) for each in cotangents]
        return [array_of(each).copy() for each in self.gradients(starts, False)]

    def gradients(self, starts: Sequence[Tensor], create_graph: bool) -> list[Tensor]:
        """Gradients by all targets; zeros where the outputs do not follow one."""
        outputs = self.outputs(True)
        used = [k for k, output in enumerate(outputs) if output.requires_grad]
        found: Sequence[Tensor | None] = [None] * len(self.targets)
        if used:
            found = self.library.autograd.grad(
                [outputs[k] for k in used],
                self.targets,
                [starts[k].to(outputs[k].dtype) for k in used],
                create_graph=create_graph,
                allow_unused=True,
            )
        gradients = []
        for gradient, target, name in zip(found, self.targets, self.names, strict=True):
            gradients.append(self.library.zeros_like(target) if gradient is None else gradient)
            if gradients[-1].shape != target.shape:
                shapes = f"{list(gradients[-1].shape)} for {name} of {list(target.shape)}"
                raise CheckError(f"a gradient has the wrong shape: {shapes}")
        return gradients

    def _tensor(self, array: Array) -> Tensor:
        """The same numbers in the same layout, one number for all elements included."""
        if array.size and not any(array.strides):
            return self.library.tensor(float(array.flat[0]), dtype=self.library.float64).expand(
                array.shape
            )
        # Without elements it may be one that cannot be written to, of which there are warnings.
        return self.library.from_numpy(array if array.size else array.copy())

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Afterwards the statistics that a module keeps of its calls are what they were."""
        kept = [each.detach().clone() for each in self.others]
        try:
            yield
        finally:
            for each, before in zip(self.others, kept, strict=True):
                each.data.copy_(before)

    @contextmanager
    def widened(self) -> Iterator[None]:
        narrow = [
            each
            for each in (*self.targets, *self.others)
            if each.is_floating_point() and each.dtype != self.library.float64
        ]
        kept = [each.data for each in narrow]
        try:
            for each in narrow:
                each.data = each.data.double()
            yield
        finally:
            for each, data in zip(narrow, kept, strict=True):
                each.data = data

    def derivative(self, cotangents: Sequence[Array]) -> Subject:
        outputs = self.outputs(False)
        starts = []
        for output, array in zip(outputs, cotangents, strict=True):
            start = self._tensor(array).to(output.dtype).clone().detach()
            starts.append(start.requires_grad_())
        return TensorSubject(
            self.library,
            [*self.targets, *starts],
            [*self.names, *[f"cotangent of {name}" for name in self.output_names()]],
            self.others,
            lambda create_graph: self.gradients(starts, create_graph),
            [f"(gradient by {name})" for name in self.names],
        )


def subject_of_tensors(func: Callable[..., Any], arguments: Sequence[Any]) -> TensorSubject:
    """The subject for a function of the arguments, some of which are tensors."""
    tensors = [(k, each) for k, each in enumerate(arguments) if library_of(each) is not None]
    library: Library = library_of(tensors[0][1])
    known = [(f"input {k}", each) for k, each in tensors if library_of(each) is library]
    if isinstance(func, library.nn.Module):
        known += [(f"parameter {name}", each) for name, each in func.named_parameters()]
        known += [(f"buffer {name}", each) for name, each in func.named_buffers()]
    targets = [(name, each) for name, each in known if each.requires_grad]
    if not targets:
        raise ValueError(
            "gradcheck: inputs: none of the inputs is a Tensor that requires a gradient; "
            f"expected at least one, got {', '.join(type(each).__name__ for each in arguments)}"
        )
    return TensorSubject(
        library,
        [each for _, each in targets],
        [name for name, _ in targets],
        [each for _, each in known if not each.requires_grad],
        lambda create_graph: func(*arguments),
    )


def library_of(value: Any) -> Library | None:
    """The library that a tensor is of; PyTorch is never imported for the question."""
    for name in ("minigrad", "torch"):
        library = sys.modules.get(name)
        if library is not None and isinstance(value, library.Tensor):
            return library
    return None


def array_of(tensor: Tensor) -> Array:
    """The numbers of a tensor."""
    array: Array = tensor.detach().cpu().numpy()
    return array


def has_memory_for_each(array: Array) -> bool:
    """Whether no two elements are one number in memory, as those of an expanded tensor are."""
    return all(stride for stride, size in zip(array.strides, array.shape, strict=True) if size > 1)
