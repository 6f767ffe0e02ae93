"""Is everything found that a step depends on, wherever it stands?"""

import collections
import functools
import types

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.recording.walk import Walk

FACTOR = 1.0
SETTINGS = {"scale": 1.0, "shift": [0.5, {"more": 2.0}]}


def free_variable(worlds):
    scale = 1.0

    def step(x):
        return x * scale

    def change(value):
        nonlocal scale
        scale = value

    return worlds.World(step=step, change=change)


def global_variable(worlds):
    def change(value):
        global FACTOR
        FACTOR = value

    return worlds.World(step=lambda x: x * FACTOR, change=change)


def scaled(x):
    return x * FACTOR


def global_of_a_helper(worlds):
    world = global_variable(worlds)
    world.step = lambda x: scaled(x) + 1
    return world


def element_of_a_dict(worlds):
    def change(value):
        SETTINGS["scale"] = value

    return worlds.World(step=lambda x: x * SETTINGS["scale"], change=change)


def element_deep_inside(worlds):
    def change(value):
        SETTINGS["shift"][1]["more"] = value

    return worlds.World(step=lambda x: x * SETTINGS["shift"][1]["more"], change=change)


def element_of_a_list(worlds):
    scales = [1.0]
    return worlds.World(
        step=lambda x: sum((x * s for s in scales), x), change=lambda v: scales.append(v)
    )


def element_of_a_set(worlds):
    chosen, queue = {1.0}, collections.deque([0.5])

    def change(value):
        chosen.add(value)
        queue.append(value)

    return worlds.World(step=lambda x: x * len(chosen) + sum(queue), change=change)


def element_of_a_numpy_array(worlds):
    scales = np.ones(2)

    def change(value):
        scales[1] = value

    return worlds.World(step=lambda x: x * float(scales[1]), change=change)


def attribute_of_an_object(worlds):
    class Trainer:
        def __init__(self):
            self.scale = 1.0

        def step(self, x):
            return x * self.scale

    trainer = Trainer()
    return worlds.World(step=trainer.step, change=lambda v: setattr(trainer, "scale", v))


def attribute_of_a_class(worlds):
    class Trainer:
        scale = 1.0

        def step(self, x):
            return x * self.scale

    return worlds.World(step=Trainer().step, change=lambda v: setattr(Trainer, "scale", v))


def object_with_slots(worlds):
    class Trainer:
        __slots__ = ("scale",)

    trainer = Trainer()
    trainer.scale = 1.0
    return worlds.World(
        step=lambda x: x * trainer.scale, change=lambda v: setattr(trainer, "scale", v)
    )


def global_of_another_method(worlds):
    class Trainer:
        def step(self, x):
            return self.scaled(x)

        def scaled(self, x):
            return x * FACTOR

    return worlds.World(step=Trainer().step, change=global_variable(worlds).change)


def attribute_of_a_python_module(worlds):
    config = types.ModuleType("config")
    config.scale = 1.0
    config.inner = types.ModuleType("config.inner")
    config.inner.shift = 1.0

    def change(value):
        config.scale = value
        config.inner.shift = value

    return worlds.World(step=lambda x: x * config.scale + config.inner.shift, change=change)


def partial_function(worlds):
    world = global_variable(worlds)
    world.step = functools.partial(lambda shift, x: scaled(x) + shift, 1.0)
    return world


def keyword_default(worlds):
    settings = {"scale": 1.0}

    def step(x, *, settings=settings):
        return x * settings["scale"]

    return worlds.World(step=step, change=lambda value: settings.update(scale=value))


def plain_attribute_of_a_module(worlds):
    net = nn.Module()
    net.options = {"scale": 1.0}
    return worlds.World(
        step=lambda x: x * net.options["scale"], change=lambda v: net.options.update(scale=v)
    )


def method_of_a_module(worlds):
    class Net(nn.Module):
        def forward(self, x):
            return self.block(x)

        def block(self, x):
            return x * FACTOR

    return worlds.World(step=Net(), change=global_variable(worlds).change)


DEPENDENCIES = [
    free_variable, global_variable, global_of_a_helper, element_of_a_dict, element_deep_inside,
    element_of_a_list, element_of_a_set, element_of_a_numpy_array, attribute_of_an_object,
    attribute_of_a_class,
    object_with_slots, global_of_another_method, attribute_of_a_python_module, partial_function,
    keyword_default, plain_attribute_of_a_module, method_of_a_module,
]  # fmt: skip


@pytest.mark.parametrize("build", DEPENDENCIES)
def test_changed_values(worlds, build):
    twins = worlds.Twins(lambda: build(worlds))
    for value in (1.0, 2.0, 2.0, 3.0, 1, -0.0, 0.0, float("nan"), float("inf"), 1.0):
        twins.both(lambda world, value=value: world.change(value))
        for _ in range(2):
            twins.call(lambda _: (torch.from_numpy(np.arange(3.0)),))
    assert twins.ran == "replayed"


def test_what_pytest_puts_into_an_assertion_is_not_looked_at():
    def step(x):
        assert x is not None, x
        return x

    assert any(name.startswith("@") for name in step.__code__.co_names)
    spaces = Walk(step, [])._spaces.values()
    assert not any(str(space.get("__name__", "")).startswith("_pytest") for space in spaces)
