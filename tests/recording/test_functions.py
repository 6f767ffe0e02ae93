"""Everything public records: a compiled step over any function gives eager's bits."""

import pkgutil
import types
from functools import cache
from importlib import import_module

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.functions import exports
from minigrad.recording.recorded import tensors_in

from . import calls
from .calls import readings
from .calls.operands import operands, tracked

ELSEWHERE = {"operands", "readings"}
THEMES = [each.name for each in pkgutil.iter_modules(calls.__path__) if each.name not in ELSEWHERE]
CALLS = {
    name: rows
    for theme in THEMES
    for name, rows in import_module(f"{calls.__name__}.{theme}").CALLS.items()
}
PLACES = {"torch": torch, "Tensor": torch.Tensor, "functional": nn.functional, "init": nn.init}


def found_in(place, name):
    """The function, method or attribute of this name, to be called on operands; or None."""
    if place != "Tensor":
        value = vars(PLACES[place]).get(name)
        return value if isinstance(value, types.FunctionType) else None
    value = getattr(torch.Tensor, name, None)
    return value.fget if isinstance(value, property) else value


def forms(names):
    """All that has one of these names; a form in place goes by the name without `_`."""
    return {
        f"{place}.{each}": (name, found_in(place, each))
        for name in names
        for place in PLACES
        for each in (name, f"{name}_")
        if found_in(place, each) is not None
        and (each == name or each not in names)
        and f"{place}.{each}" not in readings.EXEMPT
    }


FORMS = forms(CALLS)


def test_everything_public_has_a_row():
    of_tensors = [
        name
        for kind in torch.Tensor.__mro__[:-1]
        for name, value in vars(kind).items()
        if not name.startswith("_") or (name.startswith("__") and callable(value))
    ]
    public = {
        *(f"torch.{name}" for name in [*exports.__all__, *torch.creation.__all__]),
        *(f"Tensor.{name}" for name in of_tensors),
        *(f"functional.{name}" for name in nn.functional.__all__),
        *(f"init.{name}" for name in nn.init.__all__),
    }
    covered = {*FORMS, *forms(readings.CALLS), *readings.EXEMPT}
    missing = sorted(public - covered)
    assert not missing, missing
    assert sorted(set(readings.EXEMPT) - public) == []


@cache
def fitting(name, function):
    """The rows that eager takes: not all fit a form in place, or one without a gradient."""
    found = []
    for row in CALLS[name]:
        try:
            outcome(row, function, tracked(operands(0), torch.ones(3, requires_grad=True)))
            found.append(row)
        except (RuntimeError, TypeError):
            continue
    return found


def outcome(row, function, o):
    """What a call gives and what it makes of its first operand, after gradients were taken."""
    out = row(function, o)
    found = list(tensors_in(out))
    for each in (*found, o.x):
        if each.requires_grad and not each.is_leaf:
            (each * each).sum().backward(retain_graph=True)
    return [each.detach().clone() for each in (*found, o.x)], None if found else out


@pytest.mark.parametrize("form", FORMS)
def test_a_compiled_step_is_the_eager_step(worlds, form):
    """With gradients, and random numbers from the same streams."""
    name, function = FORMS[form]
    rows = fitting(name, function)
    assert rows

    def build():
        weight = torch.tensor([0.5, -1.5, 2.0], requires_grad=True)
        generator = torch.Generator().manual_seed(7)

        def step(given):
            weight.grad = None
            return [outcome(row, function, tracked(given, weight, generator)) for row in rows]

        return worlds.World(step=step, weight=weight, generator=generator)

    twins = worlds.Twins(build)
    for seed in range(3):
        twins.call(lambda _: (operands(seed),))  # noqa: B023
    assert twins.ran == "replayed"


@pytest.mark.parametrize("form", FORMS)
def test_arguments_are_changed_and_given_back_as_eagerly(worlds, form):
    """Without a graph: views of arguments, arguments themselves, and what is written to them."""
    name, function = FORMS[form]
    for row in fitting(name, function):

        def step(given, row=row):
            with torch.no_grad():
                return row(function, tracked(given))

        try:
            step(operands(0))
        except (RuntimeError, AttributeError):
            continue  # without a graph there is no backward(), and no node
        twins = worlds.Twins(lambda step=step: worlds.World(step=step))
        for seed in range(3):
            made = {id(world): operands(seed) for world in (twins.eager, twins.compiled)}
            twins.call(lambda world: (made[id(world)],))  # noqa: B023
            mine, theirs = made.values()
            for key in mine:
                np.testing.assert_array_equal(mine[key].array, theirs[key].array)
                assert mine[key]._version == theirs[key]._version


@pytest.mark.parametrize("name", readings.CALLS)
def test_what_looks_at_values_is_refused_and_names_the_line(name):
    for row in readings.CALLS[name]:
        for _, function in forms([name]).values():
            given = operands(0)
            step = torch.compile(lambda given, r=row, f=function: r(f, tracked(given)))
            with pytest.raises(RuntimeError, match=r"in a compiled step at readings\.py:"):
                step(given)
