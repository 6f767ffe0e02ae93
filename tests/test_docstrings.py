"""Every public name says what it is; what can be called also shows how."""

import inspect
import re
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest

import minigrad


def modules(module: ModuleType) -> dict[str, ModuleType]:
    """A module and those that can be reached from it by public names."""
    found = {module.__name__: module}
    for name in module.__all__:
        if isinstance(getattr(module, name), ModuleType):
            found |= modules(getattr(module, name))
    return found


MODULES = modules(minigrad)


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


@pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
def test_functions_and_classes_show_how_they_are_used(module):
    """Doctests run, so that an example is one that works."""
    made = [(name, getattr(module, name)) for name in module.__all__]
    callables = [(name, each) for name, each in made if isinstance(each, FunctionType | type)]
    assert [name for name, each in callables if ">>>" not in (each.__doc__ or "")] == []


def test_methods_of_tensors_show_it_or_name_the_function_that_does():
    """Either `minigrad` has a function of the same name, or the method in place has one without
    the underscore; properties only say what they are."""
    silent = []
    for name, method in inspect.getmembers(minigrad.Tensor, inspect.isfunction):
        text = inspect.getdoc(method) or ""
        shown = re.search(r"\bsee `minigrad\.(\w+)`", text, re.I)
        in_place = re.match(r"`(\w+)`, in place\.", text)
        if shown or in_place:
            other = (shown or in_place)[1]
            found = ">>>" in (getattr(minigrad, other).__doc__ or "")
        else:
            found = ">>>" in text
        if name[0] != "_" and not found:
            silent.append(name)
    assert silent == []
