"""What names does code look up, and was it written by a user?"""

from __future__ import annotations

import dis
import functools
import sys
import types
from collections.abc import Iterator

PACKAGE = __name__.partition(".")[0]
LIBRARIES = {PACKAGE, "builtins", "numpy", "numba", "torch", *sys.stdlib_module_names}
# Parts of the package whose classes hold a user's data, at which a step may look as at that of
# the user's own classes.
LIKE_USERS = ("demo", "testing", "optim.lr_scheduler", "utils.data")


@functools.cache
def names_in(code: types.CodeType) -> tuple[frozenset[str], frozenset[str]]:
    """All names that a function's text looks up, and those it declares global and assigns to.

    Those of functions inside it count too. A name that nobody can write is not the text's: pytest
    puts some into tests with an `assert`, and all of pytest would hang on them.
    """
    inside = [names_in(each) for each in code.co_consts if isinstance(each, types.CodeType)]
    assigned = [
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname == "STORE_GLOBAL"
    ]
    return (
        frozenset(filter(str.isidentifier, code.co_names)).union(*[names for names, _ in inside]),
        frozenset(assigned).union(*[names for _, names in inside]),
    )


def slots_of(kind: type) -> Iterator[str]:
    for each in kind.__mro__:
        slots = vars(each).get("__slots__", ())
        names = [slots] if isinstance(slots, str) else slots
        yield from (name for name in names if name not in ("__dict__", "__weakref__"))


def is_special_method(kind: type, name: str) -> bool:
    return name.startswith("__") and isinstance(vars(kind)[name], types.FunctionType)


@functools.cache
def is_users(module: str | None) -> bool:
    """Whether what stands in a Python module was written by a user, not in a library."""
    return (module or "").partition(".")[0] not in LIBRARIES or (module or "").startswith(
        tuple(f"{PACKAGE}.{name}" for name in LIKE_USERS)
    )
