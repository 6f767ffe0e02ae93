"""Every public name says what it is; what people begin with shows how it is used."""

import inspect
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


@pytest.mark.parametrize(
    "module",
    [
        module
        for name, module in MODULES.items()
        if name.startswith(("minigrad.nn", "minigrad.optim"))
    ],
    ids=lambda module: module.__name__,
)
def test_layers_and_optimisers_show_how_they_are_used(module):
    """Doctests run, so that an example is one that works."""
    for name in module.__all__:
        value = getattr(module, name)
        if inspect.isclass(value):
            assert ">>>" in value.__doc__, name


@pytest.mark.parametrize(
    "name",
    [
        *("arange", "cat", "compile", "detach", "exp", "eye", "gather", "linspace", "load", "log"),
        *(
            "matmul",
            "max",
            "mean",
            "no_grad",
            "ones",
            "rand",
            "randint",
            "reshape",
            "save",
            "sort",
        ),
        *("split", "stack", "sum", "tensor", "Tensor", "topk", "var", "where", "zeros"),
        *("from_numpy", "full", "index_select", "permute", "randn", "transpose"),
        *("device", "dtype", "finfo", "softmax", "Generator"),
    ],
)
def test_functions_for_beginners_show_how_they_are_used(name):
    assert ">>>" in getattr(minigrad, name).__doc__
