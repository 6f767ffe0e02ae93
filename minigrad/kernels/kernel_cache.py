"""Compiles functions once per machine: as real files in a cache folder, found again by name.

Numba's disk cache needs a function that lives in a file, and it looks at that file alone. So
each compiled function gets a small file of its own, named by a hash of all the sources it is
made of. The next process finds the file and with it the machine code; an edited helper, another
processor or another version of Numba gives another name, never stale code.

The folder is `$MINIGRAD_CACHE_DIR`, or `minigrad` in the user's cache folder. If nothing can be
written there, functions are compiled again in each process: that costs time, never an error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import os
import sys
import tempfile
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import config
from numba.core.errors import NumbaError
from numba.core.registry import CPUDispatcher
from numba.extending import _Intrinsic as Intrinsic

PACKAGE = __name__.rpartition(".")[0]
# Modules of building blocks, and the files that they are put together from.
_BLOCKS = ("batches", "blas", "elementary", "native", "sharing", "team", "tiles", "vectors")
BUILDING_BLOCKS: dict[str, tuple[str, ...]] = {
    **{f"{PACKAGE}.{name}": (name,) for name in _BLOCKS},
    f"{PACKAGE}.lanes": ("lanes", "vectors"),
    f"{PACKAGE}.reshaping": ("reshaping", "native"),
}

_announced = False


def folder() -> Path:
    """Where compiled kernels are kept."""
    chosen = os.environ.get("MINIGRAD_CACHE_DIR")
    if chosen:
        return Path(chosen)
    user_cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(user_cache) / "minigrad"


def load_compiled(name: str, source: str, namespace: Mapping[str, Any], title: str) -> Any:
    """Execute a generated source in which the function `name` is defined and compiled.

    The source sees the names in `namespace`, functions of minigrad or of a user, whose own
    sources decide about the file's name. `title` is what the user is told is being compiled.
    What is found damaged is compiled again.
    """
    digest = hashlib.sha256()
    digest.update("\n".join([source, _toolchain(), *_sources(namespace)]).encode())
    stem = f"{name}_{digest.hexdigest()[:20]}"
    path = folder() / f"{stem}.py"
    for attempt in ("first", "second"):
        try:
            _write(path, source)
            if not any(_compiled_files(path, "nbi")):
                _announce(title, str(path.parent))
            return getattr(_import(path, namespace), name)
        except NumbaError:
            raise  # the function itself cannot be compiled
        except Exception as error:  # whatever a file that cannot be written or read back gives
            reason = error
            if attempt == "first":
                _remove_damaged(path)
    _announce(title, f"not kept: {reason}")
    uncached = types.ModuleType(stem)
    uncached.__dict__.update(namespace)
    exec(compile(source.replace("cache=True", "cache=False"), stem, "exec"), vars(uncached))
    return getattr(uncached, name)


def _compiled_files(path: Path, suffix: str) -> Iterator[Path]:
    """Numba's index ("nbi") or machine code ("nbc") of a generated file."""
    return (path.parent / "__pycache__").glob(f"{path.stem}.*.{suffix}")


def _remove_damaged(path: Path) -> None:
    for suffix in ("nbi", "nbc"):
        for file in _compiled_files(path, suffix):
            with suppress(OSError):
                file.unlink()


def _write(path: Path, source: str) -> None:
    """Create the file whole or not at all: other processes may be doing the same."""
    if path.exists() and path.read_text() == source:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    with os.fdopen(descriptor, "w") as file:
        file.write(source)
    os.replace(temporary, path)


def _import(path: Path, namespace: Mapping[str, Any]) -> types.ModuleType:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    module.__dict__.update(namespace)
    sys.modules[path.stem] = module  # where Numba looks for the globals of what it reads back
    specification.loader.exec_module(module)
    return module


def _announce(title: str, where: str) -> None:
    """Say once that kernels are being compiled, since it takes seconds."""
    global _announced
    if not _announced:
        _announced = True
        message = f"minigrad: compiling kernels for this machine, {title} first ({where})"
        print(message, file=sys.stderr, flush=True)


def _toolchain() -> str:
    """What else decides about the machine code."""
    processor = (config.CPU_NAME, config.CPU_FEATURES, config.BOUNDSCHECK, config.OPT)
    return repr((sys.version, numba.__version__, np.__version__, processor))


def _sources(namespace: Mapping[str, Any]) -> list[str]:
    """The sources of all functions in a namespace and of everything they call, in order."""
    found: dict[str, str] = {}
    waiting = list(namespace.items())
    while waiting:
        name, value = waiting.pop()
        function = _python_function(value)
        if function is None:
            found[f"constant {name}"] = repr(value)
            continue
        key = f"{function.__module__}.{function.__qualname__}"
        if key in found:
            continue
        found[key] = _source(function) + _options(value)
        waiting.extend(_reached(function))
    return [f"{key}\n{found[key]}" for key in sorted(found)]


def _python_function(value: Any) -> Callable[..., Any] | None:
    if isinstance(value, CPUDispatcher):
        value = value.py_func
    elif isinstance(value, Intrinsic):
        value = value._defn
    return value if isinstance(value, types.FunctionType) else None


def _options(value: Any) -> str:
    """The options that a function is compiled with, in an order that every process has."""
    options = getattr(value, "targetoptions", {})
    return repr(
        sorted(
            (name, sorted(map(str, each)) if isinstance(each, set) else str(each))
            for name, each in options.items()
        )
    )


def _source(function: Callable[..., Any]) -> str:
    """A function's own text; for one of minigrad's building blocks, its whole files.

    Whole files, because a building block may be put together at import (by `overload`, say), where
    following names does not lead.
    """
    files = BUILDING_BLOCKS.get(function.__module__)
    if files is None:
        return inspect.getsource(function)
    return "".join(Path(__file__).with_name(f"{name}.py").read_text() for name in files)


def _reached(function: Callable[..., Any]) -> list[tuple[str, Any]]:
    """Compiled helpers and constants that a function's text names."""
    variables = inspect.getclosurevars(function)
    named = [*variables.globals.items(), *variables.nonlocals.items()]
    for module in [value for _, value in named if isinstance(value, types.ModuleType)]:
        inside = [name for name in function.__code__.co_names if hasattr(module, name)]
        named += [(f"{module.__name__}.{name}", getattr(module, name)) for name in inside]
    reached: list[tuple[str, Any]] = []
    for name, value in named:
        is_constant = isinstance(value, (bool, int, float, complex, str, tuple, np.generic))
        is_block = getattr(value, "__module__", None) in BUILDING_BLOCKS
        if is_constant or is_block or isinstance(value, (CPUDispatcher, Intrinsic)):
            reached.append((name, value))
    return reached
