"""Does a compiled step notice whatever it depends on when that changes?"""

import collections
import functools
import types

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

FACTOR = 1.0
SETTINGS = {"scale": 1.0, "shift": [0.5, {"more": 2.0}]}
LAST = None


@pytest.fixture
def trained(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    return twins


def freeze(world):
    world.net[0].requires_grad_(False)


def thaw(world):
    world.net[0].requires_grad_(True)


def replace_layer(world):
    world.net[3] = nn.Linear(16, 8)


def replace_data(world):
    world.net[0].weight.data = torch.ones(16, 9) / 8


def swap_data(world):
    first, second = world.net[1].weight, world.net[1].bias
    first.data, second.data = second.data, first.data


def replace_bias(world):
    world.net[3].bias = None


def set_momentum(value):
    return lambda world: world.optimizer.param_groups[0].update(momentum=value)


def add_group(world):
    if not hasattr(world, "extra"):
        world.extra = torch.ones(2, requires_grad=True)
        world.extra.grad = torch.ones(2)
        world.optimizer.add_param_group({"params": [world.extra], "lr": 0.5})


def reload(world):
    world.optimizer.load_state_dict(world.optimizer.state_dict())


def clear_state(world):
    world.optimizer.state.clear()


def reload_net(world):
    state = {name: kept * 0.5 for name, kept in world.net.state_dict().items()}
    state["1.num_batches_tracked"] = world.net[1].num_batches_tracked.clone()
    world.net.load_state_dict(state)


CHANGES = [
    (freeze, thaw), (replace_layer, thaw), (replace_data, swap_data),
    (replace_bias, freeze), (set_momentum(0), set_momentum(0.9)), (add_group, freeze),
    (reload, clear_state), (reload_net, lambda world: world.net.eval() and None),
    (lambda world: world.net.double().float() and None, thaw),
    (lambda world: setattr(world.net[2], "alpha", 0.5), lambda world: setattr(world.net, "4", nn.ELU())),
    (lambda world: world.optimizer.param_groups[0].update(lr=0.01),
     lambda world: world.optimizer.param_groups[0].update(lr=0.0, weight_decay=0.1)),
    (lambda world: world.net[1].reset_running_stats(),
     lambda world: setattr(world.net[1], "momentum", None)),
    (lambda world: world.net.eval() and None, lambda world: world.net.train() and None),
]  # fmt: skip


@pytest.mark.parametrize(("change", "again"), CHANGES)
def test_a_changed_network_or_optimiser(worlds, trained, change, again):
    for action in (change, again, change, again):
        trained.both(action)
        trained.train(3)


def test_learning_rates_change_without_recording_again(worlds, trained):
    for lr in (0.5, 0.25, 1e-3):
        trained.both(lambda world, lr=lr: world.optimizer.param_groups[0].update(lr=lr))
        trained.call(lambda _: worlds.batch(8), ran="replayed")


def test_a_step_that_reads_or_sets_the_learning_rate(worlds):
    def build():
        world = worlds.classifier()
        net, optimizer = world.net, world.optimizer

        def step(x, y, lr):
            if lr is not None:
                optimizer.param_groups[0]["lr"] = lr
            optimizer.zero_grad()
            loss = F.binary_cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            return loss.detach() * optimizer.param_groups[0]["lr"]

        world.step = step
        return world

    twins = worlds.Twins(build)
    for lr in (0.1, 0.2, 0.1, None, 0.1, 0.2, None, None, 0.2):
        twins.call(lambda _, lr=lr: (*worlds.batch(8), lr))
        twins.both(lambda world: world.optimizer.param_groups[0]["lr"])
        if lr is None:
            twins.both(lambda world: world.optimizer.param_groups[0].update(lr=0.7))


@pytest.mark.parametrize("register", ["register_forward_hook", "register_forward_pre_hook"])
def test_hooks_of_modules_run(worlds, trained, register):
    def add(world):
        world.calls = []
        world.handle = getattr(world.net[3], register)(lambda *_: world.calls.append(1))

    trained.both(add)
    trained.train(3, ran="eager")
    trained.both(lambda world: len(world.calls))
    trained.both(lambda world: world.handle.remove())
    trained.train(3)
    trained.both(lambda world: len(world.calls))


def test_hooks_of_tensors_run(worlds, trained):
    def add(world):
        world.handle = world.net[0].weight.register_hook(lambda grad: grad * 2)

    trained.both(add)
    trained.train(3, ran="eager")
    trained.both(lambda world: world.handle.remove())
    trained.train(3)


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
    element_of_a_list, element_of_a_set, attribute_of_an_object, attribute_of_a_class,
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
