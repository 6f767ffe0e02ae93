"""How can a function be written in a script: by its import, or by its text?"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

PLAIN = bool | int | float | str | None


class Named(NamedTuple):
    """An expression and the imports that it needs; what is missing is said in a remark."""

    expression: str | None  # None: an object that no name leads to
    imports: Sequence[str] = ()
    remark: str = ""


def named(function: Callable[..., Any], fallback: str) -> Named:
    """How a script gets at a function."""
    if isinstance(function, partial):
        return _partial(function, fallback)
    owner = getattr(function, "__self__", None)
    if inspect.isclass(owner):  # the `apply` of an autograd.Function
        of = named(owner, fallback)
        name = getattr(function, "__name__", fallback)
        return Named(of.expression and f"{of.expression}.{name}", of.imports, of.remark)
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", None)
    if name is None:
        return Named(None)
    public = _of_a_library(function, name)
    if public is not None:
        return public
    module = getattr(function, "__module__", None)
    if name.rpartition(".")[2] == "<lambda>":
        return _lambda(function, fallback)
    if owner is not None and not isinstance(owner, ModuleType):
        return Named(None)
    where = _where(function)
    root = name.partition(".")[0]
    if "<locals>" in name or module is None or "." in name.replace(f"{root}.", "", 1):
        return Named(name.rpartition(".")[2], (), f"{name.rpartition('.')[2]} is in {where}")
    path = getattr(sys.modules.get(module), "__file__", None)
    if path is not None and module == "__main__":
        module = Path(path).stem
    if _importable(module, path):
        return Named(name, (f"from {module} import {root}",))
    return Named(name, (), f"{root} is in {where}")


def _of_a_library(function: Any, name: str) -> Named | None:
    """The name that PyTorch or minigrad, or NumPy, publishes a function by."""
    name = name.rpartition(".")[2]  # PyTorch's come from a class that nobody writes
    for library in ("minigrad", "torch", "numpy"):
        module = sys.modules.get(library)
        for path in ("", ".nn.functional"):
            place = sys.modules.get(library + path)
            if module is not None and place is not None and vars(place).get(name) is function:
                if library == "numpy":
                    return Named(f"np.{name}", ("import numpy as np",))
                return Named(f"{library}{path}.{name}", (f"import {library}",))
    return None


def _partial(function: partial[Any], fallback: str) -> Named:
    """A partial of plain values."""
    inner = named(function.func, fallback)
    given = [*function.args, *function.keywords.values()]
    if inner.expression is None or not all(isinstance(each, PLAIN) for each in given):
        return Named(None)
    texts = [repr(each) for each in function.args]
    texts += [f"{name}={value!r}" for name, value in function.keywords.items()]
    text = f"functools.partial({', '.join([inner.expression, *texts])})"
    return Named(text, ("import functools", *inner.imports), inner.remark)


def _importable(module: str, path: str | None) -> bool:
    """Whether an import of the module finds the file that it is in."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return False
    if spec is None or path is None or spec.origin is None:
        return spec is not None and path is None
    return Path(spec.origin).resolve() == Path(path).resolve()


def _where(function: Any) -> str:
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        return f"module {getattr(function, '__module__', 'unknown')}"
    return f"{Path(code.co_filename).name}, line {code.co_firstlineno}"


def _lambda(function: Any, fallback: str) -> Named:
    """The text of a lambda, with imports of what it looks up."""
    code: CodeType = function.__code__
    text = _text_of_lambda(code)
    if text is None:
        return Named(fallback, (), f"{fallback} is the lambda in {_where(function)}")
    imports, missing = [], list(code.co_freevars)
    for name in code.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, ModuleType):
            same = value.__name__ == name
            imports.append(f"import {value.__name__}" + ("" if same else f" as {name}"))
        elif name in function.__globals__:
            missing.append(name)
    remark = f"{', '.join(missing)}: see {_where(function)}" if missing else ""
    return Named(text, tuple(imports), remark)


def _text_of_lambda(code: CodeType) -> str | None:
    """The lambda as it stands in the file, if it can be told from others on the line."""
    try:
        source = "".join(inspect.findsource(code)[0])
        nodes = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Lambda)]
    except (OSError, SyntaxError):
        return None
    texts = [
        ast.get_source_segment(source, node) or ""
        for node in nodes
        if node.lineno == code.co_firstlineno
    ]
    same = [text for text in texts if "\n" not in text and _compiles_to(text, code)]
    return same[0] if same else None


def _compiles_to(text: str, code: CodeType) -> bool:
    """Whether a lambda has this code, but for what it finds in functions around it."""
    (made,) = [each for each in compile(text, "", "eval").co_consts if isinstance(each, CodeType)]
    looked_up = {*code.co_names, *code.co_freevars} == {*made.co_names}
    return looked_up and (made.co_consts, made.co_varnames) == (code.co_consts, code.co_varnames)
