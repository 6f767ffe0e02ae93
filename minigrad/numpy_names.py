"""Which arguments have a second name, most of them NumPy's, and how are those taken as well?

PyTorch takes `axis` wherever it has a `dim`, and so on, but for the few functions that it has
written in Python itself. Here public functions and methods get the second names where they are
put together; inside the package every argument has one name. So do numbers for a first operand,
which PyTorch calls `self`, and takes by no other name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, wraps
from types import FunctionType
from typing import Any

from . import tensor

Function = Callable[..., Any]

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
NUMBER_IN_FRONT = frozenset(
    "pow where remainder bitwise_and bitwise_or bitwise_xor bitwise_left_shift "
    "bitwise_right_shift".split()
)


def add_numpys_names(
    names: Iterable[str],
    space: dict[str, Any],
    module: str,
    completed: Callable[[Function], Function] | None = None,
) -> None:
    """Let functions of a module take them; they say that they are that module's.

    `completed` gives a function what else it should take.
    """
    for name in names:
        function = space[name]
        if isinstance(function, FunctionType):
            whole = completed(function) if completed else function
            space[name] = whole if name in WITHOUT else taking_numpys_names(function, whole)
            space[name].__module__ = module  # where pickle looks for it


def add_numpys_names_to_methods(kind: type) -> None:
    """Let the methods of a class take them."""
    for name, method in list(vars(kind).items()):
        public = isinstance(method, FunctionType) and not name.startswith("_")
        if public and name not in WITHOUT | METHODS_WITHOUT:
            setattr(kind, name, taking_numpys_names(method, method))


@cache  # so that functions of two names stay one
def taking_numpys_names(function: FunctionType, whole: Function) -> Function:
    """A function that takes them as well, or `whole` if no argument has a second name.

    `whole` is the same function, but may take more; it is called where `function` refuses.
    """
    code = function.__code__
    own = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    taken = {numpys: name for numpys, name in NUMPYS.items() if name in own}
    others = {*taken} if whole is function else {*taken, "out"}
    names_numbers = "input" in own and function.__name__ in NUMBER_IN_FRONT
    if not taken:
        return whole

    @wraps(function)
    def called(*arguments: Any, **keywords: Any) -> Any:
        if names_numbers and keywords:
            keywords = _with_number_as_input(keywords, function.__name__)
        try:
            return function(*arguments, **keywords)
        except TypeError:
            # A call with a name that the function lacks did not begin; so it may be repeated.
            if others.isdisjoint(keywords):
                raise
        return whole(*arguments, **_translated(keywords, taken))

    return called


def _translated(keywords: dict[str, Any], taken: dict[str, str]) -> dict[str, Any]:
    """The same arguments by their first names; a second that comes twice stays, and is refused."""
    found = {name: value for name, value in keywords.items() if name not in taken}
    for numpys, value in keywords.items():
        if numpys in taken:
            found[numpys if taken[numpys] in found else taken[numpys]] = value
    return found


def _with_number_as_input(keywords: dict[str, Any], function: str) -> dict[str, Any]:
    """The same arguments, a number that is called `self` as `input`, which is for tensors."""
    for name, value in keywords.items():
        if NUMPYS.get(name, name) == "input" and not isinstance(value, tensor.Tensor):
            raise TypeError(
                f"{function}(): argument '{name}' must be Tensor, not {type(value).__name__}"
            )
    if "self" not in keywords:
        return keywords
    if "input" in keywords or isinstance(keywords["self"], tensor.Tensor):
        raise TypeError(f"{function}(): argument 'self' is for a number in place of 'input'")
    named = {**keywords, "input": keywords["self"]}
    del named["self"]
    return named
