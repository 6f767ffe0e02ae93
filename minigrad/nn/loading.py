"""Which values of a dictionary fit into a module, and what is to be told of the others?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import structure
from ..functions.rewriting import check_memory
from ..grad_mode import no_grad
from ..tensor import Tensor
from .parameter import Parameter
from .state_hooks import EXTRA, StateHooked

if TYPE_CHECKING:
    from .state import State

ASSIGN = "assign_to_params_buffers"  # in the metadata: tensors replace the present ones
Told = tuple[
    list[str], list[str], list[str]
]  # names missing and unexpected, and what does not fit


class IncompatibleKeys(NamedTuple):
    """The names that a dictionary lacked, and those that the module has no place for."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )


class Loading:
    """One pass over the modules, noting what is to be copied where, and what does not fit.

    Hooks before loading run as their modules are come to; what they change, the pass then sees.
    """

    def __init__(self, metadata: Mapping[str, Mapping[str, Any]], assign: bool) -> None:
        self.metadata = metadata
        self.assign = assign
        self.missing: list[str] = []
        self.unexpected: list[str] = []
        self.problems: list[str] = []
        self.fitting: list[tuple[State, str, Tensor]] = []
        self.extra: list[tuple[State, Any]] = []
        self.hooks: list[tuple[State, Callable[..., Any]]] = []  # after loading, children's first

    def visit_all(self, module: State, values: dict[str, Any]) -> None:
        """Look at `module` and at all below it."""
        before = in_progress.set(self)
        try:
            self.visit(module, values, "")
        finally:
            in_progress.reset(before)

    def visit(self, module: State, values: dict[str, Any], prefix: str) -> None:
        """Look at `module` and then at its children; names in `values` start with `prefix`."""
        metadata = dict(self.metadata.get(prefix[:-1], {}))
        if self.assign:
            metadata[ASSIGN] = True
        told = self.missing, self.unexpected, self.problems
        module._load_from_state_dict(values, prefix, metadata, True, *told)
        for name, child in module._modules.items():
            if child is not None:
                below = f"{prefix}{name}."
                theirs = {key: value for key, value in values.items() if key.startswith(below)}
                self.visit(child, theirs, below)
        self.hooks += [(module, each) for each in module._state_hooks_of("load")]

    def look_at(
        self,
        module: State,
        values: dict[str, Any],
        prefix: str,
        metadata: dict[str, Any],
        strict: bool,
        told: Told,
    ) -> None:
        """Look at what `module` itself holds, after the hooks before loading."""
        missing, unexpected, problems = told
        module._complete_state(values, prefix, metadata.get("version"))
        for hook in module._state_hooks_of("pre_load"):
            hook(values, prefix, metadata, strict, *told)
        own = module._own_state()
        for name, tensor in own.items():
            key = prefix + name
            if key in values:
                self.compare(module, name, tensor, values[key], key, problems)
            elif strict:
                missing.append(key)
        extra = prefix + EXTRA
        takes_extra = type(module).set_extra_state is not StateHooked.set_extra_state
        if takes_extra and extra in values:
            self.extra.append((module, values[extra]))
        elif strict and takes_extra != (extra in values):
            (missing if takes_extra else unexpected).append(extra)
        for key in values if strict else ():
            first, dot, _ = key.removeprefix(prefix).partition(".")
            if key == extra or not key.startswith(prefix):
                continue
            if first not in (module._module_names if dot else own):
                unexpected.append(key)

    def compare(
        self,
        module: State,
        name: str,
        tensor: Tensor,
        value: object,
        key: str,
        problems: list[str],
    ) -> None:
        """Note whether one parameter or buffer can have its new value."""
        if not isinstance(value, Tensor):
            problems.append(
                f'While copying the parameter named "{key}", expected minigrad.Tensor or '
                f"Tensor-like object from checkpoint but received {type(value)}"
            )
            return
        if tensor.dim() == 0 and value.shape == (1,):
            value = value[0]  # scalars were once saved with one dimension
        if value.shape != tensor.shape:
            problems.append(
                f"size mismatch for {key}: copying a param with shape {value.shape} from "
                f"checkpoint, the shape in current model is {tensor.shape}."
            )
            return
        try:
            if not self.assign:
                check_memory(tensor.array)
            elif isinstance(tensor, Parameter):
                Parameter(value, tensor.requires_grad)  # refuses integers that are to be trained
        except RuntimeError as error:
            problems.append(
                f'While copying the parameter named "{key}", whose dimensions in the model are '
                f"{tensor.shape} and whose dimensions in the checkpoint are {value.shape}, an "
                f"exception occurred : {error.args}."
            )
        else:
            self.fitting.append((module, name, value))

    def perform(self) -> None:
        """Give every parameter and buffer its new value."""
        structure.bump()
        for module, name, value in self.fitting:
            present = module.__dict__[name]
            if not self.assign:
                with no_grad():
                    present.copy_(value)
            elif isinstance(present, Parameter):
                setattr(module, name, Parameter(value, requires_grad=present.requires_grad))
            else:
                setattr(module, name, value)
        for owner, extra in self.extra:
            owner.set_extra_state(extra)

    def run_hooks_after(self) -> None:
        """Let the hooks after loading see, and change, which names were missing or unexpected."""
        keys = IncompatibleKeys(self.missing, self.unexpected)
        for module, hook in self.hooks:
            if hook(module, keys) is not None:
                raise AssertionError(
                    "Hooks registered with ``register_load_state_dict_post_hook`` are not "
                    "expected to return new values, if incompatible_keys need to be modified, it "
                    "should be done inplace."
                )


# The loading that a module's `_load_from_state_dict` is called by.
in_progress: ContextVar[Loading | None] = ContextVar("in_progress", default=None)
