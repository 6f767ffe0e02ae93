"""Do steps of every kind run as eagerly?"""

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F


def test_python_instructions_between_native_ones(worlds):
    def build():
        net = nn.Linear(9, 4)
        w = torch.rand(4, 4, requires_grad=True)
        optimizer = optim.SGD([w, *net.parameters()], lr=0.1)

        def step(x, rows):
            optimizer.zero_grad()
            h = F.elu(net(x))
            picked = h[rows] @ w.T
            loss = (picked.sum(0) * 0.5 - h[1:3, ::2].mean() / 3).exp().sum()
            loss = loss + (1.0 - torch.where(h > 0, h, -h)).abs().sqrt().sum() + h.T[0, 1] ** 2
            loss.backward()
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, w=w, optimizer=optimizer)

    twins = worlds.Twins(build)
    for seed, rows in enumerate([[0, 1, 2], [7, 7, 0], [3, 2, 1], [5, 6, 0]]):
        twins.call(lambda _, s=seed, r=rows: (worlds.batch(8, s)[0], torch.tensor(r)))
    assert twins.ran == "replayed"


def test_random_numbers_come_from_the_same_stream(worlds):
    def build():
        generator = torch.Generator().manual_seed(5)
        net = nn.Linear(9, 1)

        def step(x, y):
            net.zero_grad()
            noise = torch.rand(8, 9) + torch.randn(8, 9, generator=generator)
            loss = F.mse_loss(net(x + noise), y)
            loss.backward()
            return loss, noise

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build)
    twins.train(4)
    twins.both(lambda world: torch.rand(3))


def test_two_backward_passes_and_a_clipped_gradient(worlds):
    def build():
        world = worlds.classifier()
        net, optimizer = world.net, world.optimizer

        def step(x, y):
            optimizer.zero_grad()
            F.binary_cross_entropy(net(x), y).backward()
            F.binary_cross_entropy(net(x * 0.5), y).backward()
            for parameter in net.parameters():
                parameter.grad.mul_(0.5)
            optimizer.step()

        world.step = step
        return world

    worlds.Twins(build).train(4)


def test_gradients_of_gradients(worlds):
    def build():
        net = nn.Sequential(nn.Linear(9, 4), nn.Sigmoid(), nn.Linear(4, 1))
        optimizer = optim.SGD(net.parameters(), lr=0.1)

        def step(x, y):
            optimizer.zero_grad()
            x = x.detach().requires_grad_()
            (slope,) = torch.autograd.grad(net(x).sum(), x, create_graph=True)
            loss = F.mse_loss(net(x), y) + (slope * slope).mean()
            loss.backward()
            optimizer.step()
            return loss, slope.detach()

        return worlds.World(step=step, net=net, optimizer=optimizer)

    worlds.Twins(build).train(5)


def test_modes_and_frozen_parts_within_a_step(worlds):
    def build():
        world = worlds.classifier(optim.Adam)
        net, train = world.net, world.step

        def step(x, y):
            net[0].requires_grad_(False)
            first = train(x, y)
            net[0].requires_grad_(True)
            net.eval()
            with torch.no_grad():
                middle = net(x)
            net.train()
            second = train(x, y)
            return first, middle, second

        world.step = step
        return world

    worlds.Twins(build).train(5)


def test_two_optimisers_that_take_turns(worlds):
    def build():
        one, two = nn.Linear(9, 9), nn.Sequential(nn.Linear(9, 1), nn.ReLU(inplace=True))
        first, second = optim.SGD(one.parameters(), lr=0.1), optim.Adam(two.parameters())

        def step(x, y):
            fake = one(x)
            second.zero_grad()
            F.mse_loss(two(fake.detach()), y).backward()
            second.step()
            first.zero_grad()
            loss = F.mse_loss(two(fake), y)
            loss.backward()
            first.step(lambda: loss)
            return loss

        return worlds.World(step=step, one=one, two=two, first=first, second=second)

    worlds.Twins(build).train(5)


def test_a_graph_that_is_walked_twice(worlds):
    def build():
        net = nn.Linear(9, 1)

        def step(x, y):
            loss = F.mse_loss(net(x), y)
            loss.backward(retain_graph=True)
            net.weight.grad.mul_(0.5)
            loss.backward()
            return loss

        return worlds.World(step=step, net=net)

    worlds.Twins(build).train(5)
