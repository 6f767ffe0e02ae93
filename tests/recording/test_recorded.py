"""May anything happen between the call that is recorded and the next one?"""

import gc
import weakref

import pytest

import minigrad as torch
from minigrad import nn
from minigrad.nn import functional as F


def containers(worlds):
    """A step that gives its results in a dict and a list, and trains."""
    net = nn.Linear(9, 1)

    def step(x, y):
        net.weight.grad = net.bias.grad = None
        out = net(x)
        loss = F.mse_loss(out, y)
        loss.backward()
        return {"loss": loss, "list": [out.detach(), x * 2], "weight": net.weight.grad}

    return worlds.World(step=step, net=net)


MEDDLE = {
    "add to a dict": lambda result: result.update(more=3),
    "empty a dict": lambda result: result.clear(),
    "add to a list": lambda result: result["list"].append(result["loss"]),
    "reverse a list": lambda result: result["list"].reverse(),
    "change in place": lambda result: result["list"][0].add_(1.0),
    "fill in place": lambda result: result["loss"].detach().zero_(),
    "end a history": lambda result: result["loss"].zero_(),
    "start a history": lambda result: result["list"][1].mul_(torch.ones(9, requires_grad=True)),
    "require a gradient": lambda result: result["list"][1].requires_grad_(),
    "give a gradient": lambda result: (result["list"][1].requires_grad_() * 2).sum().backward(),
    "other data": lambda result: setattr(result["loss"], "data", torch.ones(3)),
    "change a gradient": lambda result: result["weight"].mul_(2.0),
    "let a gradient require one": lambda result: result["weight"].requires_grad_(),
    "a hook": lambda result: result["loss"].register_hook(lambda grad: grad * 2),
}


@pytest.mark.parametrize("meddle", MEDDLE.values(), ids=MEDDLE.keys())
def test_results_changed_after_any_call(worlds, meddle):
    twins = worlds.Twins(lambda: containers(worlds))
    for seed in range(4):

        def call(world, seed=seed):
            meddle(world.step(*worlds.batch(8, seed)))

        twins.do(call)
    twins.call(lambda _: worlds.batch(8))
    twins.call(lambda _: worlds.batch(8), ran="replayed")


@pytest.mark.parametrize("meddle", MEDDLE.values(), ids=MEDDLE.keys())
def test_results_changed_after_the_first_call(worlds, meddle):
    twins = worlds.Twins(lambda: containers(worlds))
    twins.do(lambda world: meddle(world.step(*worlds.batch(8))))
    for seed in range(3):
        twins.call(lambda _, seed=seed: worlds.batch(8, seed))
    assert twins.ran == "replayed"


def test_arguments_changed_after_the_first_call(worlds):
    def change(world):
        x, y = worlds.batch(8)
        world.step(x, y)
        x.data = torch.ones(2)
        y.requires_grad_()

    twins = worlds.Twins(lambda: containers(worlds))
    twins.do(change)
    for seed in range(3):
        twins.call(lambda _, seed=seed: worlds.batch(8, seed))
    assert twins.ran == "replayed"


def test_parameters_and_gradients_changed_after_the_first_call(worlds):
    def first(world):
        world.step(*worlds.batch(8))
        world.net.weight.grad = torch.ones(1, 9)
        world.net.bias.grad = None

    def second(world):
        first(world)
        world.net.weight.data = torch.ones(1, 9)

    def third(world):
        first(world)
        with torch.no_grad():
            world.net.weight.mul_(2.0)

    for change in (first, second, third):
        twins = worlds.Twins(lambda: containers(worlds))
        twins.do(change)
        twins.train(3)


def test_a_call_that_comes_once_keeps_nothing_of_the_users_alive(worlds):
    world = containers(worlds)
    step = torch.compile(world.step)
    results = []
    for rows in (8, 8, 4, 8):
        x, y = worlds.batch(rows)
        results.append(weakref.ref(step(x, y)["loss"]))
        arguments = weakref.ref(x)
    step(*worlds.batch(8))
    del x, y
    gc.collect()
    assert arguments() is None
    assert results[-1]() is None
