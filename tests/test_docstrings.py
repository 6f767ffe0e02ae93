"""Every public name says what it is; what can be called also shows how."""

import inspect
import re
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest

import minigrad
from minigrad.testing import strategies


def modules(module: ModuleType) -> dict[str, ModuleType]:
    """A module and those that can be reached from it by public names."""
    found = {module.__name__: module}
    for name in module.__all__:
        if isinstance(getattr(module, name), ModuleType):
            found |= modules(getattr(module, name))
    return found


MODULES = modules(minigrad) | modules(strategies)


def documented(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The functions and classes of a module, and the methods and properties of the classes."""
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isroutine(value) or inspect.isclass(value):
            yield name, value
        if inspect.isclass(value):
            for attribute in dir(value):
                found = inspect.getattr_static(value, attribute)
                ours = inspect.unwrap(getattr(found, "fget", None) or found)
                where = getattr(ours, "__module__", "") or ""
                public = attribute[0] != "_" and where.startswith("minigrad")
                if public and isinstance(
                    found, (FunctionType, classmethod, staticmethod, property)
                ):
                    yield f"{name}.{attribute}", getattr(value, attribute)


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
def test_everything_public_says_what_it_is(module):
    assert module.__doc__
    silent = [name for name, value in documented(module) if not inspect.getdoc(value)]
    assert not silent


def shown(value: Any) -> bool:
    """Whether a docstring has an example, or names the function or method whose docstring has it.

    Those that may do so: methods, for the function of the same name, and what works in place.
    """
    text = inspect.getdoc(value) or ""
    function = re.search(r"\bsee `minigrad\.(\w+)`|^`(\w+)`, in place\b", text, re.I)
    method = re.match(r"`Tensor\.(\w+)` as a function", text)
    if function:
        name = function[1] or function[2]
        other = getattr(minigrad, name, None) or getattr(minigrad.nn.functional, name)
        return ">>>" in other.__doc__
    return shown(getattr(minigrad.Tensor, method[1])) if method else ">>>" in text


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
def test_functions_and_classes_show_how_they_are_used(module):
    """Doctests run, so that an example is one that works."""
    made = [(name, getattr(module, name)) for name in module.__all__]
    callables = [(name, each) for name, each in made if isinstance(each, FunctionType | type)]
    assert [name for name, each in callables if not shown(each)] == []


def test_methods_of_tensors_show_how_they_are_used():
    """Properties only say what they are."""
    methods = inspect.getmembers(minigrad.Tensor, inspect.isfunction)
    assert [name for name, each in methods if name[0] != "_" and not shown(each)] == []
