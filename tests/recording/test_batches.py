"""Which steps run batch after batch natively, and do the others notice that they were not?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad import autograd, nn, optim
from minigrad.nn import functional as F
from minigrad.utils.data import DataLoader, TensorDataset


def linear(worlds, make_step, **options):
    """Worlds with a small network, whose step `make_step(net, optimizer)` gives."""

    def build():
        net = nn.Linear(9, 1)
        optimizer = optim.SGD(net.parameters(), lr=0.1)
        world = worlds.World(step=make_step(net, optimizer), net=net, optimizer=optimizer)
        world.loader = DataLoader(TensorDataset(*worlds.batch(40)), 8, shuffle=True)
        return world

    return worlds.Twins(build, **options)


def trained(net, optimizer, x, y):
    optimizer.zero_grad()
    loss = F.mse_loss(net(x), y)
    loss.backward()
    optimizer.step()
    return loss


def with_dropout(net, optimizer):
    return lambda x, y: trained(net, optimizer, F.dropout(x, 0.5), y)


def shuffling(net, optimizer):
    return lambda x, y: trained(net, optimizer, x[torch.randperm(len(x))], y)


def accumulating(net, optimizer):
    def step(x, y):
        loss = F.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def giving_an_argument(net, optimizer):
    return lambda x, y: (trained(net, optimizer, x, y), x)


def giving_a_gradient(net, optimizer):
    return lambda x, y: (trained(net, optimizer, x, y), net.weight.grad)


def giving_memory_of_a_gradient(net, optimizer):
    return lambda x, y: (trained(net, optimizer, x, y), net.weight.grad.data)


def giving_a_graph(net, optimizer):
    return lambda x, y: F.mse_loss(net(x), y)


def looking_for_a_gradient(net, optimizer):
    def step(x, y):
        is_first = net.weight.grad is None
        return trained(net, optimizer, x, y), is_first

    return step


def assigning_a_gradient(net, optimizer):
    def step(x, y):
        with torch.no_grad():
            loss = F.mse_loss(net(x), y)
        net.weight.grad = F.relu(x[:1])
        optimizer.step()
        return loss

    return step


@pytest.mark.filterwarnings("ignore:.*is recorded at every call")
@pytest.mark.parametrize("make_step", [
    shuffling, accumulating, giving_an_argument, giving_a_gradient,
    giving_memory_of_a_gradient, giving_a_graph, looking_for_a_gradient, assigning_a_gradient,
])  # fmt: skip
def test_steps_that_have_to_be_called(worlds, natively, make_step):
    twins = linear(worlds, make_step)
    for seed in range(4):
        twins.both(worlds.epoch)
        twins.do(lambda world: world.optimizer.zero_grad())
        twins.call(lambda _, seed=seed: worlds.batch(8, seed))
        twins.do(lambda world: world.optimizer.zero_grad())
    assert not natively


def clearing_afterwards(net, optimizer):
    def step(x, y):
        loss = F.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return loss

    return step


def changing_its_argument(net, optimizer):
    def step(x, y):
        F.batch_norm(x[2:], x[0], x[1], training=True)  # the first rows as running statistics
        return trained(net, optimizer, x, y)

    return step


def giving_a_parameter(net, optimizer):
    return lambda x, y: (trained(net, optimizer, x, y), net.weight)


def predicting(net, optimizer):
    def step(x, y):
        with torch.no_grad():
            return F.relu(net(x))

    return step


@pytest.mark.parametrize("make_step", [
    clearing_afterwards, changing_its_argument, giving_a_parameter, predicting, with_dropout,
])  # fmt: skip
def test_steps_that_need_no_call(worlds, natively, make_step):
    twins = linear(worlds, make_step)
    for _ in range(4):
        twins.both(worlds.epoch)
    assert sum(natively) == 3 + 3 * 5


@pytest.mark.filterwarnings("ignore:.*is recorded at every call")
def test_a_step_that_changes_numbers_which_it_reads_as_values(worlds, natively):
    """They stay the same for four batches, so that there is a program by then."""

    def build():
        net, mean, var = nn.Linear(9, 1), np.zeros(9, np.float32), np.ones(9, np.float32)
        optimizer = optim.SGD(net.parameters(), lr=0.1)
        x, y = worlds.batch(64)
        x[:32] = x[:8].clone().repeat(4, 1)

        def step(x, y):
            alpha = float(var[0])
            running = torch.from_numpy(mean), torch.from_numpy(var)
            F.batch_norm(x, *running, training=True, momentum=1.0)
            return trained(net, optimizer, F.elu(x, alpha), y)

        loader = DataLoader(TensorDataset(x, y), 8)
        return worlds.World(step=step, net=net, loader=loader)

    twins = worlds.Twins(build)
    for _ in range(2):
        twins.both(worlds.epoch)
    assert not natively


def test_the_program_that_ran_is_the_one_shown(worlds):
    @torch.compile
    def step(x, seed=None):
        if seed is not None:
            torch.manual_seed(seed)
        return F.relu(x)

    x, _ = worlds.batch(16)
    loader = DataLoader(TensorDataset(x), 8)
    for _ in range(2):
        step.epoch(loader)
    for rows in (2, 4):
        step(x[:rows])
    assert "8×9" not in str(step.program)
    step.epoch(loader)
    assert "8×9" in str(step.program)
    step(x, seed=0)
    assert "what prevents a replay" in str(step.program)
    step.epoch(loader)
    assert "8×9" in str(step.program)


def test_first_replays_are_verified(worlds, natively):
    twins = linear(
        worlds, lambda net, optimizer: lambda x, y: trained(net, optimizer, x, y), verify=7
    )
    for _ in range(2):
        twins.both(worlds.epoch)
    assert sum(natively) == 2 * 5 - 1 - 7


@pytest.mark.filterwarnings("ignore:Anomaly Detection has been enabled")
def test_who_looks_at_every_step(worlds, natively):
    """Anomaly detection, and another step's recording."""
    twins = linear(worlds, lambda net, optimizer: lambda x, y: trained(net, optimizer, x, y))
    twins.both(worlds.epoch)
    natively.clear()
    with autograd.detect_anomaly():
        twins.both(worlds.epoch)
    x, y = worlds.batch(16)
    step, loader = twins.compiled.step, [(x[:8], y[:8]), (x[8:], y[8:])]
    outer = torch.compile(lambda: step.epoch(loader))
    losses = [outer().tolist() for _ in range(4)]
    assert len({tuple(each) for each in losses}) == 4 and all(len(each) == 2 for each in losses)
    assert not natively


def test_rows_of_every_kind(worlds, natively):
    """Columns of a table, one-dimensional, of two dimensions, of no element; classes, float64."""

    def build():
        net = nn.Linear(4, 3).double()
        optimizer = optim.Adam(net.parameters())
        table = torch.rand(33, 6, dtype=torch.float64)

        def step(x, y, column, squares, nothing, mask):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            return loss, F.relu(column), F.relu(squares)

        data = TensorDataset(
            table[:, 1:5], torch.arange(33) % 3, table[:, 5], torch.randn(33, 2, 2),
            torch.empty(33, 0), torch.rand(33) > 0.5,
        )  # fmt: skip
        return worlds.World(step=step, net=net, loader=DataLoader(data, 5, shuffle=True))

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.both(worlds.epoch)
    assert sum(natively) == 3 * 6 - 2 - 1
