"""Which arguments does NumPy call by other names, and how are those taken as well?

PyTorch takes `axis` wherever it has a `dim`, and so on, but for the few functions that it has
written in Python itself. Here public functions and methods get the second names where they are
put together; inside the package every argument has one name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, wraps
from types import FunctionType
from typing import Any

NUMPYS = {
    "axis": "dim",
    "keepdims": "keepdim",
    "x": "input",
    "a": "input",
    "x1": "input",
    "x2": "other",
}
WITHOUT = frozenset(["norm", "split", "unique"])  # and of the methods, also:
METHODS_WITHOUT = frozenset(["unflatten"])


def add_numpys_names(names: Iterable[str], space: dict[str, Any], module: str) -> None:
    """Let functions of a module take them; they say that they are that module's."""
    for name in names:
        if isinstance(space[name], FunctionType) and name not in WITHOUT:
            space[name] = taking_numpys_names(space[name])
            space[name].__module__ = module  # where pickle looks for it


def add_numpys_names_to_methods(kind: type) -> None:
    """Let the methods of a class take them."""
    for name, method in list(vars(kind).items()):
        public = isinstance(method, FunctionType) and not name.startswith("_")
        if public and name not in WITHOUT | METHODS_WITHOUT:
            setattr(kind, name, taking_numpys_names(method))


@cache  # so that functions of two names stay one
def taking_numpys_names(function: FunctionType) -> Callable[..., Any]:
    """The function itself, if no argument has a second name, else one that takes it as well."""
    code = function.__code__
    own = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    taken = {numpys: name for numpys, name in NUMPYS.items() if name in own}
    if not taken:
        return function

    @wraps(function)
    def called(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except TypeError:
            # A call with a name that the function lacks did not begin; so it may be repeated.
            if taken.keys().isdisjoint(keywords):
                raise
        return function(*arguments, **_translated(keywords, taken))

    return called


def _translated(keywords: dict[str, Any], taken: dict[str, str]) -> dict[str, Any]:
    """The same arguments by their first names; a second that comes twice stays, and is refused."""
    found = {name: value for name, value in keywords.items() if name not in taken}
    for numpys, value in keywords.items():
        if numpys in taken:
            found[numpys if taken[numpys] in found else taken[numpys]] = value
    return found
