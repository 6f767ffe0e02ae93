"""How does a fault come into minigrad while it runs, and leave no trace afterwards?

The file that the function stands in is compiled with the altered line, and nothing of it is
executed: only the function's code is taken, and put in the place of the right code. So whoever
has hold of the function has the wrong one, and no file is touched.

A kernel is compiled anew from that code, and kept nowhere: what the cache folder of kernels has
is right, whatever happens here. So is, if the fault is in a part that kernels call, whatever
stands between.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
from numba import jit, njit
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
    """While it lasts, all kernels that reach a part reach one compiled from other code."""
    reaching = what_reaches(part)
    with ExitStack() as stack:
        for each in reaching:
            if isinstance(each, CPUDispatcher):
                right = each.py_func
                own = code if each is part else right.__code__
                function = FunctionType(own, right.__globals__, right.__name__)
                stack.enter_context(stands_for(each, jit(**each.targetoptions)(function)))
        for each in reaching:
            if isinstance(each, Kernel):
                stack.enter_context(compiled_from(each, each.function.__code__))
        yield


def what_reaches(part: Any) -> list[Any]:
    """A part of kernels, and the parts and kernels that name it or one of these."""
    compiled = {
        id(each): each
        for module in modules()
        for each in vars(module).values()
        if isinstance(each, (CPUDispatcher, Kernel))
    }
    del compiled[id(part)]
    reaching = [part]
    for reached in reaching:
        for each in list(compiled.values()):
            if any(named is reached for named in named_by(function_of(each))):
                reaching.append(compiled.pop(id(each)))
    return reaching


def named_by(function: Callable[..., Any]) -> Iterator[Any]:
    """What stands in a function's module, or in a module that it names, under a name it uses."""
    names = function.__code__.co_names
    for found in [function.__globals__.get(name) for name in names]:
        yield found
        if isinstance(found, ModuleType):
            yield from [getattr(found, name, None) for name in names]


@contextmanager
def stands_for(right: Any, wrong: Any) -> Iterator[None]:
    """While it lasts, every module of minigrad has one in the place of the other."""
    places = [
        (vars(module), name)
        for module in modules()
        for name, value in vars(module).items()
        if value is right
    ]
    for names, name in places:
        names[name] = wrong
    try:
        yield
    finally:
        for names, name in places:
            names[name] = right


def modules() -> list[ModuleType]:
    """Those of minigrad."""
    return [module for name, module in sys.modules.items() if name.startswith("minigrad.")]


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
