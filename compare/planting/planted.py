"""How does a fault come into minigrad while it runs, and leave no trace afterwards?

The file that the function stands in is compiled with the altered line, and nothing of it is
executed: only the function's code is taken, and put in the place of the right code. So whoever
has hold of the function has the wrong one, and no file is touched.

A kernel is compiled anew from that code, and kept nowhere: what the cache folder of kernels has
is right, whatever happens here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import numpy as np
from numba import njit
from numba.core.registry import CPUDispatcher

from minigrad.kernels import kernel as kernels
from minigrad.kernels.kernel import Kernel
from minigrad.kernels.wrapper import wrapper

from .fault import Fault, function_of


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """While it lasts, minigrad has the fault."""
    target = fault.target
    function = function_of(target)
    wrong = altered_code(function, fault.right, fault.wrong)
    if isinstance(target, Kernel):
        with compiled_from(target, wrong):
            yield
        return
    if isinstance(target, CPUDispatcher):
        with called_from(target, wrong):
            yield
        return
    right = function.__code__
    function.__code__ = wrong
    try:
        yield
    finally:
        function.__code__ = right


def altered_code(function: Callable[..., Any], right: str, wrong: str) -> CodeType:
    """The code of a function in whose source a piece is another one."""
    path = inspect.getfile(function)
    lines, start = inspect.getsourcelines(function)
    text = "".join(lines)
    if text.count(right) != 1:
        raise ValueError(
            f"{function.__qualname__} in {path} has {right!r} {text.count(right)} times: "
            "a fault is planted in what stands there once"
        )
    file = Path(path).read_text(encoding="utf-8").splitlines(keepends=True)
    file[start - 1 : start - 1 + len(lines)] = [text.replace(right, wrong)]
    found = code_named(compile("".join(file), path, "exec"), function.__qualname__)
    assert found is not None
    return found


def code_named(code: CodeType, name: str) -> CodeType | None:
    """The code of the function that is called so, among what stands in some code."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in inner:
        found = each if each.co_qualname == name else code_named(each, name)
        if found is not None:
            return found
    return None


@contextmanager
def called_from(part: Any, code: CodeType) -> Iterator[None]:
    """While it lasts, the kernels of a file call a part that is compiled from other code."""
    right = part.py_func
    names = right.__globals__
    wrong = FunctionType(code, names, right.__name__)
    with ExitStack() as stack:
        names[right.__name__] = njit(fastmath=False, error_model="numpy")(wrong)
        stack.callback(names.__setitem__, right.__name__, part)
        for kernel in [each for each in names.values() if isinstance(each, Kernel)]:
            stack.enter_context(compiled_from(kernel, kernel.function.__code__))
        yield


@contextmanager
def compiled_from(kernel: Kernel, code: CodeType) -> Iterator[None]:
    """While it lasts, what the kernel starts is compiled from other code."""
    attributes = vars(kernel)
    kept = dict(attributes)
    right = kernel.function
    attributes.update(
        function=FunctionType(code, right.__globals__, right.__name__),
        last_entry=kernels._UNSTARTED.ctypes.data,
        _entries={},
        _addresses={},
        _compile=lambda dtype: compiled_and_not_kept(kernel, dtype),
    )
    try:
        yield
    finally:
        attributes.clear()
        attributes.update(kept)


def compiled_and_not_kept(kernel: Kernel, dtype: np.dtype[Any]) -> Any:
    """What `Kernel._compile` gives, without a file of it."""
    source = wrapper(kernel, "unpack", dtype).replace("cache=True", "cache=False")
    names = {"body": njit(**kernel.options)(kernel.function)}
    exec(compile(source, f"<{kernel.name} with a fault>", "exec"), names)
    return names["unpack"]
