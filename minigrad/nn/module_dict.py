"""How does a module hold others by names that are chosen at run time?"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from .module import Module


class ModuleDict(Module):
    """A dictionary whose modules are children of the one it belongs to; it has no `forward`.

    Parameters
    ----------
    modules : mapping of str to Module, or iterable of pairs, optional
        What the dictionary holds at first. The names are those of attributes: "pop", "train" and
        the like are taken.

    Examples
    --------
    >>> from minigrad import nn
    >>> choices = nn.ModuleDict({"narrow": nn.Linear(4, 2), "wide": nn.Linear(4, 8)})
    >>> choices["narrow"]
    Linear(in_features=4, out_features=2, bias=True)
    >>> list(choices)
    ['narrow', 'wide']
    """

    def __init__(
        self, modules: Mapping[str, Module] | Iterable[tuple[str, Module]] | None = None
    ) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module | None) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        delattr(self, key)

    def __len__(self) -> int:
        return len(self._module_names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._module_names)

    def __contains__(self, key: object) -> bool:
        return key in self._module_names

    def clear(self) -> None:
        """Take all modules out."""
        for key in list(self):
            del self[key]

    def pop(self, key: str) -> Any:
        """Take the module named `key` out and return it."""
        module = self[key]
        del self[key]
        return module

    def keys(self) -> KeysView[str]:
        """Give the names."""
        return self._module_names.keys()

    def items(self) -> ItemsView[str, Any]:
        """Give the names with their modules."""
        return self._modules.items()

    def values(self) -> ValuesView[Any]:
        """Give the modules."""
        return self._modules.values()

    def update(self, modules: Mapping[str, Module] | Iterable[tuple[str, Module]]) -> None:
        """Add modules, in their order; those whose names are there already are replaced."""
        for key, module in pairs_of(modules, "ModuleDict", "ModuleDict"):
            self[key] = module


def pairs_of(values: Any, caller: str, kind: str) -> list[tuple[str, Any]]:
    """The pairs of a mapping or of an iterable of pairs, for the `update` of a dictionary."""
    if not isinstance(values, Iterable):
        raise TypeError(
            f"{caller}.update should be called with an iterable of key/value pairs, but got "
            + type(values).__name__
        )
    if isinstance(values, Mapping) or hasattr(values, "items"):
        return list(values.items())  # type: ignore[union-attr]
    pairs = []
    for position, pair in enumerate(values):
        where = f"{kind} update sequence element #{position}"
        if not isinstance(pair, Iterable):
            raise TypeError(f"{where} should be Iterable; is{type(pair).__name__}")
        if len(pair) != 2:  # type: ignore[arg-type]
            raise ValueError(f"{where} has length {len(pair)}; 2 is required")  # type: ignore[arg-type]
        pairs.append((pair[0], pair[1]))  # type: ignore[index]
    return pairs
