"""Do results of every kind come back as eagerly?"""

from collections import OrderedDict, namedtuple
from types import SimpleNamespace

import pytest

import minigrad as torch
from minigrad import nn

Pair = namedtuple("Pair", "x y")


@pytest.mark.parametrize("kind", [
    Pair, OrderedDict, SimpleNamespace, lambda x, y: {x.shape: x, "y": y}, lambda x, y: {"x": [y]},
])  # fmt: skip
def test_results_in_containers(worlds, kind):
    def step(x):
        return kind(x=x * 2, y=x + 1) if kind is not Pair else Pair(x * 2, x + 1)

    twins = worlds.Twins(lambda: worlds.World(step=step))
    for seed in range(3):

        def values(world, seed=seed):
            result = world.step(torch.ones(2) * seed)
            return vars(result) if isinstance(result, SimpleNamespace) else result

        twins.both(values)


def test_results_that_belong_together(worlds):
    def step(x):
        y = x * 2
        return y, y, y[1:], y.detach(), x, x[1:]

    twins = worlds.Twins(lambda: worlds.World(step=step))
    for _ in range(4):

        def call(world):
            result = world.step(torch.ones(3))
            result[0].add_(1.0)
            result[4].add_(1.0)
            return result

        twins.both(call)


@pytest.mark.parametrize("part", [
    lambda y: y[:0], lambda y: y[:, :0], lambda y: y.t()[1:1], lambda y: y[:0, ::2].t(),
    lambda y: y[:0] + 1, lambda y: y[:0].t().contiguous(),
])  # fmt: skip
def test_strides_of_what_has_no_elements(worlds, part):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: part(x * 2)))
    for _ in range(3):
        twins.both(lambda world: world.step(torch.ones(3, 4)).stride())
    assert twins.ran == "replayed"


def test_everything_that_is_not_new(worlds):
    def build():
        net = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))

        def step(x, word):
            out = net(x)
            kept = [net[0].weight, net[1].running_mean, x, None, word, 3, -0.0, x.shape]
            return (*kept, {"out": out.detach(), (1, 2): [x.shape[0] > 1]})

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build)
    for seed in range(4):
        result = twins.call(lambda _, seed=seed: (torch.ones(4, 3) * seed, "word"))[1]
        assert result[0] is twins.compiled.net[0].weight
        assert result[1] is twins.compiled.net[1].running_mean
    assert twins.ran == "replayed"


def test_new_memory_at_each_call(worlds):
    step = torch.compile(lambda x: {"a": x * 2, "b": [(x + 1)[1:]]})
    results = [step(torch.ones(3) * k) for k in range(5)]
    for k, result in enumerate(results):
        assert result["a"].tolist() == [2.0 * k] * 3
        assert result["b"][0].tolist() == [k + 1.0] * 2


def test_a_network_and_types_as_results(worlds):
    net = nn.Linear(2, 2)
    step = torch.compile(lambda x: (net, x.dtype, x * 2))
    for k in range(3):
        same, dtype, doubled = step(torch.ones(1) * k)
        assert same is net
        assert dtype is torch.float32
        assert doubled.item() == 2 * k
