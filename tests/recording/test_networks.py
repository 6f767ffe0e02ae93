"""Do networks train as eagerly, whatever they are made of?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

SETTINGS = [
    (optim.SGD, {}),
    (optim.SGD, {"momentum": 0.9}),
    (optim.SGD, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    (optim.Adam, {}),
    (optim.Adam, {"amsgrad": True, "weight_decay": 0.01}),
]


@pytest.mark.parametrize(("optimizer", "settings"), SETTINGS)
def test_training(worlds, optimizer, settings):
    twins = worlds.Twins(lambda: worlds.classifier(optimizer, **settings))
    twins.train(6)


def test_training_with_definitions_instead_of_kernels(worlds):
    from minigrad.fused import use_definitions

    twins = worlds.Twins(worlds.classifier)
    twins.train()
    with use_definitions():
        twins.call(lambda world: worlds.batch(8), ran="recorded")
        twins.call(lambda world: worlds.batch(8), ran="replayed")
    twins.call(lambda world: worlds.batch(8), ran="replayed")


@pytest.mark.parametrize("norm", [
    lambda size: nn.BatchNorm1d(size, momentum=None),
    lambda size: nn.BatchNorm1d(size, track_running_stats=False),
    lambda size: nn.BatchNorm1d(size, affine=False),
    lambda size: nn.Linear(size, size, bias=False),
])  # fmt: skip
def test_kinds_of_layers(worlds, norm):
    twins = worlds.Twins(lambda: worlds.classifier(norm=norm))
    twins.train()
    twins.do(lambda world: world.net.eval())
    twins.train()


def test_float64(worlds):
    def build():
        world = worlds.classifier(momentum=0.9)
        world.net.double()
        return world

    twins = worlds.Twins(build)
    for seed in range(4):
        twins.call(lambda world, seed=seed: worlds.batch(8, seed, np.float64))
    assert twins.ran == "replayed"


def test_input_of_three_dimensions(worlds):
    def build():
        net = nn.Sequential(nn.BatchNorm1d(4), nn.Linear(5, 3), nn.Sigmoid())
        optimizer = optim.Adam(net.parameters())

        def step(x):
            net.zero_grad()
            loss = F.mse_loss(net(x), x[:, :, :3])
            loss.backward()
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, optimizer=optimizer)

    twins = worlds.Twins(build)
    for seed in range(5):
        values = np.random.default_rng(seed).random((6, 4, 5), np.float32)
        twins.call(lambda world, values=values: (torch.tensor(values),))
    assert twins.ran == "replayed"


def test_batch_of_size_zero(worlds):
    def build():
        net = nn.Sequential(nn.Linear(9, 4), nn.ELU(), nn.Linear(4, 1))

        def step(x, y):
            net.zero_grad()
            out = net(x)
            loss = ((out - y) * (out - y)).sum()
            loss.backward()
            return loss, out.detach()

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build)
    for rows in (0, 0, 0, 3, 3, 0):
        twins.call(lambda world, rows=rows: worlds.batch(rows))
    assert twins.ran == "replayed"


def test_hundred_layers(worlds):
    def build():
        layers = [layer for _ in range(50) for layer in (nn.Linear(9, 9), nn.ELU())]
        net = nn.Sequential(*layers, nn.Linear(9, 1), nn.Sigmoid())
        optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.5)

        def step(x, y):
            optimizer.zero_grad()
            loss = F.binary_cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, optimizer=optimizer)

    worlds.Twins(build).train(4)


def test_large_network(worlds):
    def build():
        net = nn.Sequential(nn.Linear(9, 700), nn.ELU(), nn.Linear(700, 600), nn.Linear(600, 1))
        optimizer = optim.Adam(net.parameters())

        def step(x, y):
            optimizer.zero_grad()
            loss = F.mse_loss(net(x), y)
            loss.backward()
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, optimizer=optimizer)

    worlds.Twins(build).train(4, rows=64)
