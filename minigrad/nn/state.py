"""How does a module give its values away as a dictionary, and take them from one?

Names are dotted paths. Beside the values a saved dictionary remembers, in its attribute
`_metadata`, the version of each module's format, so that a module can complete what an older one
lacks. Loading first looks at everything (`loading`) and changes the module only if all of it
fits. Functions that a user attaches are `state_hooks`'.
"""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from ..tensor import Tensor
from .loading import ASSIGN, IncompatibleKeys, Loading, in_progress
from .state_hooks import EXTRA, StateHooked
from .tree import Tree


class State(Tree, StateHooked):
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
        metadata = {"version": self._version}
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = metadata
        for hook in self._state_hooks_of("pre_save"):
            hook(self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, child in self._modules.items():
            if child is not None:
                child.state_dict(
                    destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars
                )
        return self._after_saving(destination, prefix, metadata)

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
            Which says everything that does not fit; the module is then as it was before, but for
            modules whose class has a `_load_from_state_dict` of its own, which are loaded one by
            one. With hooks after loading all are loaded first.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        loading = Loading(getattr(state_dict, "_metadata", {}), assign)
        loading.visit_all(self, OrderedDict(state_dict))
        if loading.hooks:
            loading.perform()
            loading.run_hooks_after()
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
        if not loading.hooks:
            loading.perform()
        return IncompatibleKeys(loading.missing, loading.unexpected)

    def _save_to_state_dict(
        self, destination: dict[str, Any], prefix: str, keep_vars: bool
    ) -> None:
        """Write what this module itself holds; a class may override it, to write other names."""
        for name, tensor in self._own_state().items():
            destination[prefix + name] = tensor if keep_vars else tensor.detach()
        if type(self).get_extra_state is not StateHooked.get_extra_state:
            destination[prefix + EXTRA] = self.get_extra_state()

    def _load_from_state_dict(
        self,
        state_dict: dict[str, Any],
        prefix: str,
        local_metadata: dict[str, Any],
        strict: bool,
        missing_keys: list[str],
        unexpected_keys: list[str],
        error_msgs: list[str],
    ) -> None:
        """Take what this module itself holds; a class may override it, to know other names.

        Where a class does, its module has the values when this returns.

        Examples
        --------
        >>> import minigrad as torch
        >>> from minigrad import nn
        >>> class Scale(nn.Module):
        ...     def __init__(self):
        ...         super().__init__()
        ...         self.factor = nn.Parameter(torch.ones(1))
        ...
        ...     def _load_from_state_dict(self, state_dict, prefix, *others):
        ...         if prefix + "scale" in state_dict:  # as it was called once
        ...             state_dict[prefix + "factor"] = state_dict.pop(prefix + "scale")
        ...         super()._load_from_state_dict(state_dict, prefix, *others)
        >>> Scale().load_state_dict({"scale": torch.zeros(1)})
        <All keys matched successfully>
        """
        told = missing_keys, unexpected_keys, error_msgs
        loading = in_progress.get()
        overridden = type(self)._load_from_state_dict is not State._load_from_state_dict
        if loading is not None and not overridden:
            loading.look_at(self, state_dict, prefix, local_metadata, strict, told)
            return
        alone = Loading({}, local_metadata.get(ASSIGN, False))
        alone.look_at(self, state_dict, prefix, local_metadata, strict, told)
        alone.perform()

    def _own_state(self) -> dict[str, Tensor]:
        """Give the parameters and persistent buffers that this module itself holds."""
        persistent = [name for name, kept in self._buffer_names.items() if kept]
        values = {name: self.__dict__[name] for name in (*self._parameter_names, *persistent)}
        return {name: value for name, value in values.items() if value is not None}

    def _complete_state(self, values: dict[str, Any], prefix: str, version: int | None) -> None:
        """Add to `values` what an older version of the format lacks."""
