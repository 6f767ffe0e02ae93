"""Are containers, objects and modules among the arguments looked into?"""

import argparse
import types
from collections import ChainMap, UserDict

import numpy as np

import minigrad as torch
from minigrad import nn
from minigrad.tensor import tensor_of


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


def test_memory_that_may_not_be_written(worlds):
    twins = pure(worlds, lambda x: x.add_(1.0).sum())
    for _ in range(5):
        twins.call(lambda _: (torch.zeros(3),))

    def constant(_):
        return (tensor_of(np.frombuffer(bytes(12), np.float32)),)

    for _ in range(3):
        _, error = twins.call(constant, raises=(RuntimeError, ValueError))
        assert "read-only" in str(error)
    twins.call(lambda _: (torch.zeros(3),), ran="replayed")


def test_tensors_of_a_derived_class_have_their_own_ways(worlds):
    class Doubled(torch.Tensor):
        def __mul__(self, other):
            return torch.from_numpy(self.array * 2) * other

    def by_class(x):
        return x * 3 if isinstance(x, nn.Parameter) else x * 5

    twins = pure(worlds, by_class)
    made = [
        lambda: torch.ones(2),
        lambda: nn.Parameter(torch.ones(2), requires_grad=False),
        lambda: Doubled(np.ones(2, np.float32)),
    ]
    for make in [*made[:1] * 4, *made, *made]:
        twins.call(lambda _, make=make: (make(),))


def test_settings_in_objects_of_the_standard_library(worlds):
    for holder in (argparse.Namespace, types.SimpleNamespace):
        twins = pure(worlds, lambda x, settings: x * settings.scale)
        settings = holder(scale=1.0)
        twins.compiled.step = type(twins.compiled.step)(lambda x, s=settings: x * s.scale)
        twins.eager.step = lambda x, s=settings: x * s.scale
        for scale in (1.0, 1.0, 1.0, 3.0, 3.0, 2.0):
            settings.scale = scale
            twins.call(lambda _: (torch.ones(2),))
    for holder in (UserDict(scale=1.0), ChainMap({"scale": 1.0})):
        twins = pure(worlds, lambda x, s=holder: x * s["scale"])
        for scale in (1.0, 1.0, 1.0, 3.0, 3.0):
            holder["scale"] = scale
            twins.call(lambda _: (torch.ones(2),))
