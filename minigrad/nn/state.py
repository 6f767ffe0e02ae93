"""How does a module give its values away as a dictionary, and take them from one?

Names are dotted paths. Beside the values a saved dictionary remembers, in its attribute
`_metadata`, the version of each module's format, so that a module can complete what an older one
lacks. Loading first looks at everything and changes the module only if all of it fits.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from .. import structure
from ..functions.rewriting import check_memory
from ..grad_mode import no_grad
from ..tensor import Tensor
from .parameter import Parameter
from .tree import Tree


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


class State(Tree):
    """The part of `Module` that is about dictionaries of its values."""

    _version = 1  # of the format that state_dict writes

    def state_dict(
        self,
        *args: Any,
        destination: dict[str, Any] | None = None,
        prefix: str = "",
        keep_vars: bool = False,
    ) -> dict[str, Any]:
        """Give the parameters and persistent buffers by their dotted names.

        Parameters
        ----------
        *args
            The same arguments by position, which is deprecated.
        destination : dict, optional
            Where to write them.
        prefix : str
            Put in front of each name.
        keep_vars : bool
            Whether to give the parameters themselves, not tensors that share their memory
            and need no gradient.

        Examples
        --------
        >>> from minigrad import nn
        >>> list(nn.Sequential(nn.Linear(2, 3), nn.ReLU()).state_dict())
        ['0.weight', '0.bias']
        """
        if args:
            warnings.warn(
                "Positional args are being deprecated, use kwargs instead.",
                FutureWarning,
                stacklevel=2,
            )
            complete: Any = (*args, *(destination, prefix, keep_vars)[len(args) :])
            destination, prefix, keep_vars = complete
        if destination is None:
            destination = OrderedDict()
            setattr(destination, "_metadata", OrderedDict())  # noqa: B010
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = {"version": self._version}
        for name, tensor in self._own_state().items():
            destination[prefix + name] = tensor if keep_vars else tensor.detach()
        for name, child in self._modules.items():
            if child is not None:
                child.state_dict(
                    destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars
                )
        return destination

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True, assign: bool = False
    ) -> IncompatibleKeys:
        """Copy values from a dictionary such as `state_dict` gives.

        Parameters
        ----------
        state_dict : dict
            Tensors by dotted name.
        strict : bool
            Whether a missing or an unexpected name is an error.
        assign : bool
            Whether the tensors themselves replace the present ones, dtype included.

        Returns
        -------
        IncompatibleKeys
            The names that were missing and those that were unexpected.

        Raises
        ------
        RuntimeError
            Which says everything that does not fit; the module is then as it was before.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        loading = Loading(getattr(state_dict, "_metadata", {}), assign)
        loading.visit(self, dict(state_dict), "")
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
                f"Error(s) in loading state_dict for {type(self).__name__}:\n\t"
                + "\n\t".join(problems)
            )
        loading.perform()
        return IncompatibleKeys(loading.missing, loading.unexpected)

    def _own_state(self) -> dict[str, Tensor]:
        """Give the parameters and persistent buffers that this module itself holds."""
        persistent = [name for name, kept in self._buffer_names.items() if kept]
        values = {name: self.__dict__[name] for name in (*self._parameter_names, *persistent)}
        return {name: value for name, value in values.items() if value is not None}

    def _complete_state(self, values: dict[str, Any], prefix: str, version: int | None) -> None:
        """Add to `values` what an older version of the format lacks."""


class Loading:
    """One pass over the modules, noting what is to be copied where, and what does not fit."""

    def __init__(self, metadata: Mapping[str, Mapping[str, Any]], assign: bool) -> None:
        self.metadata = metadata
        self.assign = assign
        self.missing: list[str] = []
        self.unexpected: list[str] = []
        self.problems: list[str] = []
        self.fitting: list[tuple[State, str, Tensor]] = []

    def visit(self, module: State, values: dict[str, Any], prefix: str) -> None:
        """Look at `module` and then at its children; names in `values` start with `prefix`."""
        version = self.metadata.get(prefix[:-1], {}).get("version")
        module._complete_state(values, prefix, version)
        own = module._own_state()
        for name, tensor in own.items():
            key = prefix + name
            if key in values:
                self.compare(module, name, tensor, values[key], key)
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

    def compare(self, module: State, name: str, tensor: Tensor, value: object, key: str) -> None:
        """Note whether one parameter or buffer can have its new value."""
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
            return
        try:
            if not self.assign:
                check_memory(tensor.array)
        except RuntimeError as error:
            self.problems.append(
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
