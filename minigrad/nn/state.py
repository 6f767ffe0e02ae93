"""How does a module give its values away as a dictionary, and take them from one?

`save` and `load` are what `Module.state_dict` and `Module.load_state_dict` do. Names are
dotted paths. Beside the values a saved dictionary remembers, in its attribute `_metadata`,
the version of each module's format, so that a module can complete what an older one lacks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import structure
from ..autograd import no_grad
from ..tensor import Tensor
from .parameter import Parameter

if TYPE_CHECKING:
    from .module import Module


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


def save(
    module: Module, destination: dict[str, Any] | None, prefix: str, keep_vars: bool
) -> dict[str, Any]:
    """Write the values of `module` and of all below it into `destination`."""
    if destination is None:
        destination = OrderedDict()
        setattr(destination, "_metadata", OrderedDict())  # noqa: B010
    if hasattr(destination, "_metadata"):
        destination._metadata[prefix[:-1]] = {"version": module._version}
    for name, tensor in own_state(module).items():
        destination[prefix + name] = tensor if keep_vars else tensor.detach()
    for name, child in module._modules.items():
        if child is not None:
            child.state_dict(
                destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars
            )
    return destination


def load(
    module: Module, state_dict: Mapping[str, Any], strict: bool, assign: bool
) -> IncompatibleKeys:
    """Copy the values of a dictionary into `module` and all below it."""
    if not isinstance(state_dict, Mapping):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
    loading = Loading(getattr(state_dict, "_metadata", {}), assign)
    loading.visit(module, dict(state_dict), "")
    structure.bump()
    problems = loading.problems
    if strict:
        keys = {"Missing": loading.missing, "Unexpected": loading.unexpected}
        problems = [
            f"{kind} key(s) in state_dict: " + ", ".join(f'"{key}"' for key in found) + ". "
            for kind, found in keys.items()
            if found
        ] + problems
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {type(module).__name__}:\n\t"
            + "\n\t".join(problems)
        )
    return IncompatibleKeys(loading.missing, loading.unexpected)


def own_state(module: Module) -> dict[str, Tensor]:
    """Give the parameters and persistent buffers that `module` itself holds."""
    persistent = [name for name, kept in module._buffer_names.items() if kept]
    names = [*module._parameter_names, *persistent]
    return {name: module.__dict__[name] for name in names if module.__dict__[name] is not None}


class Loading:
    """One pass over the modules, copying what fits and noting what does not."""

    def __init__(self, metadata: Mapping[str, Mapping[str, Any]], assign: bool) -> None:
        self.metadata = metadata
        self.assign = assign
        self.missing: list[str] = []
        self.unexpected: list[str] = []
        self.problems: list[str] = []

    def visit(self, module: Module, values: dict[str, Any], prefix: str) -> None:
        """Load `module` and then its children from `values`, whose names start with `prefix`."""
        version = self.metadata.get(prefix[:-1], {}).get("version")
        module._complete_state(values, prefix, version)
        own = own_state(module)
        for name, tensor in own.items():
            key = prefix + name
            if key in values:
                self.copy(module, name, tensor, values[key], key)
            else:
                self.missing.append(key)
        for key in values:
            first, dot, _ = key.removeprefix(prefix).partition(".")
            if first not in (module._module_names if dot else own):
                self.unexpected.append(key)
        for name, child in module._modules.items():
            if child is not None:
                below = f"{prefix}{name}."
                theirs = {key: value for key, value in values.items() if key.startswith(below)}
                self.visit(child, theirs, below)

    def copy(self, module: Module, name: str, tensor: Tensor, value: object, key: str) -> None:
        """Give one parameter or buffer its new value, or note why it cannot have it."""
        if not isinstance(value, Tensor):
            self.problems.append(
                f'While copying the parameter named "{key}", expected minigrad.Tensor or '
                f"Tensor-like object from checkpoint but received {type(value)}"
            )
            return
        if tensor.dim() == 0 and value.shape == (1,):
            value = value[0]  # scalars were once saved with one dimension
        if value.shape != tensor.shape:
            self.problems.append(
                f"size mismatch for {key}: copying a param with shape {value.shape} from "
                f"checkpoint, the shape in current model is {tensor.shape}."
            )
        elif not self.assign:
            with no_grad():
                tensor.copy_(value)
        elif isinstance(tensor, Parameter):
            setattr(module, name, Parameter(value, requires_grad=tensor.requires_grad))
        else:
            setattr(module, name, value)
