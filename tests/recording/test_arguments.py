"""Are containers, objects and modules among the arguments looked into?"""

import numpy as np

import minigrad as torch
from minigrad import nn


def pure(worlds, function):
    """Worlds in which the step is a function alone."""
    return worlds.Twins(lambda: worlds.World(step=function))


def test_nested_arguments(worlds):
    def step(first, *rest, **named):
        total = first["a"] * 2 + named["pair"][0]
        for each in rest[0]:
            total = total * each
        return {"total": total, "again": [first["a"], (named["pair"][1], 3)], "none": None}

    def arguments(seed):
        tensors = [torch.from_numpy(np.random.default_rng(seed).random(3)) for _ in range(4)]
        return tensors

    twins = pure(worlds, step)
    for seed in range(4):

        def call(world, seed=seed):
            a, b, c, d = arguments(seed)
            return world.step({"a": a}, [b, c], pair=(d, a if seed == 3 else c))

        twins.both(call)
    assert twins.ran == "recorded"


def test_a_list_or_dict_that_the_step_changes(worlds):
    def step(batch, log):
        batch["out"] = batch["x"] * 2
        log.append(batch["out"].sum())
        return log[-1]

    twins = pure(worlds, step)
    for seed in range(4):

        def call(world, seed=seed):
            batch, log = {"x": torch.ones(3) * seed}, []
            world.step(batch, log)
            return batch, log

        twins.both(call)


def test_an_object_as_argument_is_looked_into(worlds):
    class Settings:
        def __init__(self, scale):
            self.scale = scale

    twins = pure(worlds, lambda x, settings: x * settings.scale)
    for _ in range(3):
        for scale in (1.0, 2.0, 3.0):
            twins.call(lambda _, scale=scale: (torch.ones(2), Settings(scale)))
    kept = Settings(1.0)
    for scale in (1.0, 1.0, 2.0, 2.0, 3.0):
        kept.scale = scale
        twins.call(lambda _: (torch.ones(2), kept))


def test_modules_inside_arguments(worlds):
    def build():
        nets = [nn.Linear(3, 2), nn.Linear(3, 2)]
        return worlds.World(
            step=lambda nets, x: nets[0](x).detach() + nets[1](x).detach(), a=nets[0], b=nets[1]
        )

    twins = worlds.Twins(build)
    for order in ("ab", "ab", "ba", "ab", "aa", "aa"):
        twins.call(lambda world, o=order: ([getattr(world, k) for k in o], torch.ones(2, 3)))
    assert twins.ran == "replayed"
