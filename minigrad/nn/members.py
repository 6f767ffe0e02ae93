"""Which parameters, buffers and child modules does a module hold, and under which names?

Each is a plain attribute of the object, so that reading `net.fc1.weight` costs what reading
any attribute costs. Beside the attributes stand three lists of names, one for each kind, in
the order of registration. Assigning, registering and deleting keep the lists up to date.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import structure
from ..tensor import Tensor
from .dictionaries import MembersByName
from .parameter import Buffer, Parameter

if TYPE_CHECKING:
    from .module import Module

LISTS = ("_parameter_names", "_buffer_names", "_module_names")


class Members:
    """The part of `Module` that holds parameters, buffers and modules by name."""

    _parameter_names: dict[str, None]
    _buffer_names: dict[str, bool]  # name -> whether state_dict contains it
    _module_names: dict[str, None]

    def __init__(self) -> None:
        self.__dict__.update(_parameter_names={}, _buffer_names={}, _module_names={})

    def __setattr__(self, name: str, value: Any) -> None:
        structure.bump()
        attributes = self.__dict__
        if isinstance(value, Parameter):
            self._require_initialised("parameters")
            self._forget_member(name, keep="_parameter_names")
            self.register_parameter(name, value)
        elif name in attributes.get("_parameter_names", ()):
            _require_none(value, name, "parameter", "minigrad.nn.Parameter or None expected")
            attributes[name] = None
        elif isinstance(value, Members):
            self._require_initialised("module")
            self._forget_member(name, keep="_module_names")
            self._module_names[name] = None
            attributes[name] = value
        elif name in attributes.get("_module_names", ()):
            _require_none(value, name, "child module", "minigrad.nn.Module or None expected")
            attributes[name] = None
        elif isinstance(value, Buffer):
            self._require_initialised("buffer")
            self.register_buffer(name, value, value.persistent)
        elif name in attributes.get("_buffer_names", ()):
            if not isinstance(value, Tensor):
                expected = "minigrad.nn.Buffer, minigrad.Tensor or None expected"
                _require_none(value, name, "buffer", expected)
            attributes[name] = value
        else:
            super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        structure.bump()
        super().__delattr__(name)
        for listed in LISTS:
            self.__dict__.get(listed, {}).pop(name, None)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was pickled or copied, in lists of this module's own."""
        for name, value in state.items():
            self.__dict__[name] = value.copy() if name in LISTS else value

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter that is read as attribute `name`; None reserves the name."""
        self._require_initialised("parameter")
        self._require_usable(name, "parameter", self._parameter_names)
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{type_name(param)}' object to parameter '{name}' "
                "(minigrad.nn.Parameter or None required)"
            )
        if param is not None and param.grad_fn is not None:
            raise ValueError(
                f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be "
                f"created explicitly. To express '{name}' as a function of another Tensor, "
                "compute the value in the forward() method."
            )
        structure.bump()
        self._parameter_names[name] = None
        self.__dict__[name] = param

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that is state but not trained, read as attribute `name`.

        Parameters
        ----------
        name : str
            The attribute.
        tensor : Tensor or None
            None reserves the name; such a buffer is not part of `state_dict`.
        persistent : bool
            Whether `state_dict` contains it.
        """
        self._require_initialised("buffer")
        self._require_usable(name, "buffer", self._buffer_names)
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(
                f"cannot assign '{type_name(tensor)}' object to buffer '{name}' "
                "(minigrad Tensor or None required)"
            )
        structure.bump()
        self._buffer_names[name] = persistent
        self.__dict__[name] = tensor

    def add_module(self, name: str, module: Module | None) -> None:
        """Add a child module that is read as attribute `name`; None reserves the name."""
        if module is not None and not isinstance(module, Members):
            raise TypeError(f"{type_name(module)} is not a Module subclass")
        self._require_initialised("module")
        self._require_usable(name, "module", self._module_names)
        structure.bump()
        self._module_names[name] = None
        self.__dict__[name] = module

    def register_module(self, name: str, module: Module | None) -> None:
        """Do what `add_module` does."""
        self.add_module(name, module)

    @property
    def _parameters(self) -> MembersByName:
        """The parameters by name, as scripts read and write PyTorch's dictionary. So below."""
        return self._members_by_name("_parameter_names")

    @property
    def _buffers(self) -> MembersByName:
        return self._members_by_name("_buffer_names")

    @property
    def _modules(self) -> MembersByName:
        return self._members_by_name("_module_names")

    def _members_by_name(self, listed: str) -> MembersByName:
        return MembersByName(self.__dict__, self._names_listed(listed))

    def _members_listed(self, listed: str) -> list[tuple[str, Any]]:
        """Give the members on one list, with their names."""
        attributes = self.__dict__
        return [(name, attributes[name]) for name in self._names_listed(listed)]

    def _names_listed(self, listed: str) -> dict[str, Any]:
        """Give one of the `LISTS`."""
        attributes = self.__dict__
        if listed not in attributes:
            shown = listed.replace("_names", "s")
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{shown}'")
        return attributes[listed]

    def _require_initialised(self, what: str) -> None:
        if "_parameter_names" not in self.__dict__:
            raise AttributeError(f"cannot assign {what} before Module.__init__() call")

    def _require_usable(self, name: object, kind: str, listed: Mapping[str, object]) -> None:
        """Raise unless `name` can name a member: a free word, or one of the same kind."""
        if not isinstance(name, str):
            raise TypeError(f"{kind} name should be a string. Got {type_name(name)}")
        if "." in name:
            shown = f", got: {name}" if kind == "module" else ""
            raise KeyError(f'{kind} name can\'t contain "."{shown}')
        if name == "":
            raise KeyError(f'{kind} name can\'t be empty string ""')
        if name not in listed and hasattr(self, name):
            raise KeyError(f"attribute '{name}' already exists")

    def _forget_member(self, name: str, keep: str) -> None:
        """Free a name for a member of another kind; one that is kept keeps its position."""
        attributes = self.__dict__
        if name not in attributes[keep]:
            attributes.pop(name, None)
            for listed in LISTS:
                attributes[listed].pop(name, None)


def type_name(value: object) -> str:
    """Name the type of a value as error messages do: `int`, `minigrad.FloatTensor`."""
    if isinstance(value, Tensor):
        return f"minigrad.{value.dtype.scalar_type}Tensor"
    kind = type(value)
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _require_none(value: object, name: str, kind: str, expected: str) -> None:
    if value is not None:
        raise TypeError(f"cannot assign '{type_name(value)}' as {kind} '{name}' ({expected})")
