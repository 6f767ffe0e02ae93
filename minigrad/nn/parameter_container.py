"""How does a module hold parameters in a list, or in a dictionary?

Both hold other values as well. A tensor that is put in becomes a parameter.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, KeysView, Mapping
from operator import index
from typing import Any, NoReturn, Self

from ..tensor import Tensor
from .members import type_name
from .module import Module
from .module_dict import pairs_of
from .parameter import Parameter


class ParameterList(Module):
    """A list whose parameters belong to the module that it is part of.

    Parameters
    ----------
    values : iterable, optional
        What the list holds at first.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.ParameterList([torch.zeros(2, 3), torch.zeros(4)])
    ParameterList(
        (0): Parameter containing: [minigrad.float32 of size 2x3]
        (1): Parameter containing: [minigrad.float32 of size 4]
    )
    """

    _size: int

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def __getitem__(self, idx: int | slice) -> Any:
        if isinstance(idx, slice):
            return type(self)(list(self)[idx])
        return getattr(self, self._name_at(idx))

    def __setitem__(self, idx: int, param: Any) -> None:
        setattr(self, self._name_at(idx), _as_parameter(param))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Any]:
        return (self[position] for position in range(len(self)))

    def __iadd__(self, parameters: Iterable[Any]) -> Self:
        return self.extend(parameters)

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("ParameterList should not be called.")

    def append(self, value: Any) -> Self:
        """Put a value at the end."""
        setattr(self, str(self._size), _as_parameter(value))
        self._size += 1
        return self

    def extend(self, values: Iterable[Any]) -> Self:
        """Put several values at the end."""
        if not isinstance(values, Iterable) or isinstance(values, Tensor):
            raise TypeError(
                "ParameterList.extend should be called with an iterable, but got "
                + type(values).__name__
            )
        for value in list(values):
            self.append(value)
        return self

    def extra_repr(self) -> str:
        """Show a line for each value."""
        return "\n".join(
            _line(str(position), value, f"{value.dtype}" if isinstance(value, Tensor) else "")
            for position, value in enumerate(self)
        )

    def _name_at(self, idx: int) -> str:
        position = index(idx)
        if not -len(self) <= position < len(self):
            raise IndexError(f"index {position} is out of range")
        return str(position % len(self))


class ParameterDict(Module):
    """A dictionary whose parameters belong to the module that it is part of.

    Parameters
    ----------
    parameters : mapping of str to anything, or iterable of pairs, optional
        What the dictionary holds at first, in the order of its names if it is a plain `dict`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> scales = nn.ParameterDict({"left": torch.zeros(2), "right": torch.ones(2)})
    >>> scales["right"]
    Parameter containing:
    tensor([1., 1.], requires_grad=True)
    """

    _keys: dict[str, None]

    def __init__(self, parameters: Any = None) -> None:
        super().__init__()
        self._keys = {}
        if parameters is not None:
            self.update(parameters)

    def __getitem__(self, key: str) -> Any:
        return getattr(self, _expect_name(key))

    def __setitem__(self, key: str, value: Any) -> None:
        setattr(self, _expect_name(key), _as_parameter(value))
        self._keys[key] = None

    def __delitem__(self, key: str) -> None:
        del self._keys[key]
        delattr(self, key)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __or__(self, other: ParameterDict) -> ParameterDict:
        joined = self.copy()
        joined.update(other)
        return joined

    def __ror__(self, other: ParameterDict) -> ParameterDict:
        joined = other.copy()
        joined.update(self)
        return joined

    def __ior__(self, other: ParameterDict) -> Self:
        self.update(other)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("ParameterDict should not be called.")

    def copy(self) -> ParameterDict:
        """Give another dictionary of the same values."""
        return ParameterDict(OrderedDict(self.items()))

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Give the value named `key`, after putting `default` there if there is none."""
        if key not in self:
            self[key] = default
        return self[key]

    def clear(self) -> None:
        """Take all values out."""
        for key in list(self):
            del self[key]

    def pop(self, key: str) -> Any:
        """Take the value named `key` out and return it."""
        value = self[key]
        del self[key]
        return value

    def popitem(self) -> tuple[str, Any]:
        """Take the last value out and return it with its name."""
        key = next(reversed(self), None)
        if key is None:
            raise KeyError("popitem(): dictionary is empty")
        return key, self.pop(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Give the value named `key`, or `default` if there is none."""
        return self[key] if key in self else default

    def fromkeys(self, keys: Iterable[str], default: Any = None) -> ParameterDict:
        """Give a new dictionary with one value under all of the names."""
        return ParameterDict((key, default) for key in keys)

    def keys(self) -> KeysView[str]:
        """Give the names."""
        return self._keys.keys()

    def items(self) -> Iterator[tuple[str, Any]]:
        """Give the names with their values."""
        return ((key, self[key]) for key in self._keys)

    def values(self) -> Iterator[Any]:
        """Give the values."""
        return (self[key] for key in self._keys)

    def update(self, parameters: Any) -> None:
        """Add values; those whose names are there already are replaced."""
        pairs = pairs_of(parameters, "ParametersDict", "ParameterDict")
        if isinstance(parameters, Mapping) and not isinstance(parameters, OrderedDict):
            pairs.sort()
        for key, value in pairs:
            self[key] = value

    def extra_repr(self) -> str:
        """Show a line for each value."""
        return "\n".join(_line(key, value, type_name(value)) for key, value in self.items())


def _as_parameter(value: Any) -> Any:
    """A tensor as a parameter; everything else as it is."""
    if isinstance(value, Tensor) and not isinstance(value, Parameter):
        return Parameter(value)
    return value


def _expect_name(key: str) -> str:
    if not isinstance(key, str):
        raise TypeError(
            "Index given to ParameterDict cannot be used as a key as it is not a string "
            f"(type is '{type(key).__name__}'). Open an issue on github if you need non-string "
            "keys."
        )
    return key


def _line(name: str, value: Any, kind: str) -> str:
    """How one value is shown: its place, and what it is."""
    if not isinstance(value, Tensor):
        return f"  ({name}): Object of type: {type(value).__name__}"
    holder = "Parameter" if isinstance(value, Parameter) else "Tensor"
    return f"  ({name}): {holder} containing: [{kind} of size {'x'.join(map(str, value.shape))}]"
