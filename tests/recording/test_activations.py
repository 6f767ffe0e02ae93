"""Do compiled steps over every activation give the bits of eager ones?"""

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

ACTIVATIONS = {
    "tanh": lambda x: F.tanh(x),
    "leaky_relu": lambda x: F.leaky_relu(x, 0.1),
    "leaky_relu in place": lambda x: F.leaky_relu(x * 2, 0.1, inplace=True),
    "selu": lambda x: F.selu(x),
    "selu in place": lambda x: F.selu(x * 2, inplace=True),
    "softplus": lambda x: F.softplus(x, beta=2.0, threshold=1.0),
    "gelu": lambda x: F.gelu(x),
    "gelu by tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": lambda x: F.silu(x),
    "silu in place": lambda x: F.silu(x * 2, inplace=True),
    "softmax": lambda x: F.softmax(x, dim=1),
    "softmax of columns": lambda x: F.softmax(x.T, dim=-1).T,
    "softmax of a dimension between": lambda x: F.softmax(x.reshape(8, 2, 2), 1).reshape(8, 4),
    "log_softmax": lambda x: F.log_softmax(x, dim=0),
    "log_softmax, converted": lambda x: F.log_softmax(x, 1, dtype=torch.float64).float(),
    "dropout": lambda x: F.dropout(x, 0.3),
    "dropout of columns": lambda x: F.dropout(x.T, 0.5).T,
    "dropout in place": lambda x: F.dropout(x * 2, 0.3, True, True),
    "dropout of everything": lambda x: F.dropout(x, 1.0) + x,
    "twice": lambda x: F.tanh(F.dropout(F.gelu(x), 0.5)) * F.softmax(x, 1),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_compiled_step_is_the_eager_one_to_the_bit(worlds, name):
    def build():
        net = nn.Linear(9, 4)
        optimizer = optim.SGD(net.parameters(), lr=0.5)

        def step(x, y):
            optimizer.zero_grad()
            out = ACTIVATIONS[name](net(x))
            loss = F.mse_loss(out.sum(1, keepdim=True), y)
            loss.backward()
            optimizer.step()
            return loss, out.detach()

        return worlds.World(step=step, net=net, optimizer=optimizer)

    worlds.Twins(build).train(5)


def test_each_replay_drops_other_elements(worlds):
    def build():
        dropout = nn.Dropout(0.5)

        def step(x, y):
            return dropout(x)

        return worlds.World(step=step, dropout=dropout)

    twins = worlds.Twins(build)
    drawn = []
    for _ in range(5):
        _, compiled = twins.call(lambda _: (torch.ones(30, 9), torch.ones(1)))
        drawn.append(compiled.tolist())
    assert twins.ran == "replayed"
    assert all(drawn[0] != other for other in drawn[1:])


def test_a_network_is_recorded_anew_for_evaluation(worlds):
    def build():
        net = nn.Sequential(
            nn.Flatten(), nn.Linear(9, 8), nn.SiLU(), nn.Dropout(0.4), nn.Identity(),
            nn.Linear(8, 3), nn.LogSoftmax(dim=1),
        )  # fmt: skip
        optimizer = optim.SGD(net.parameters(), lr=0.1)

        def step(x, y):
            optimizer.zero_grad()
            out = net(x)
            (out * y).mean().backward()
            optimizer.step()
            return out.detach()

        return worlds.World(step=step, net=net, optimizer=optimizer)

    twins = worlds.Twins(build)
    twins.train(3)
    twins.do(lambda world: world.net.eval())
    twins.train(3)
    twins.do(lambda world: world.net.train())
    twins.train(3)
