"""Are the graphs before, in and after a step walked as eagerly?"""

import pytest

import minigrad as torch
from minigrad import nn


@pytest.fixture
def trained(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    return twins


def test_an_older_eager_graph_is_out_of_date_after_a_replay(worlds, trained):
    def older(world):
        world.old = world.net(worlds.batch(8)[0]).sum()

    trained.both(older)
    trained.call(lambda _: worlds.batch(8), ran="replayed")
    _, compiled = trained.both(lambda world: world.old.backward(), RuntimeError)
    assert "modified by an inplace operation" in str(compiled)


def test_backward_on_a_result(worlds, trained):
    def again(world):
        return (world.step(*worlds.batch(8)) * 2).backward()

    for _ in range(2):
        _, compiled = trained.both(again, RuntimeError)
        assert "backward through the graph a second time" in str(compiled)
    assert trained.ran == "replayed"


def test_backward_on_a_result_that_saved_nothing(worlds):
    def build():
        w = torch.ones(3, requires_grad=True)

        def step(x):
            loss = (w + x).sum()
            loss.backward()
            return loss

        return worlds.World(step=step, w=w)

    twins = worlds.Twins(build)
    for _ in range(4):
        twins.both(lambda world: world.step(torch.ones(3)).backward())


def test_a_forward_pass_alone(worlds):
    def build():
        net = nn.Sequential(nn.Linear(9, 4), nn.BatchNorm1d(4), nn.ELU())
        return worlds.World(step=net, net=net)

    twins = worlds.Twins(build)
    for seed in range(4):
        twins.both(lambda w, s=seed: w.step(worlds.batch(8, s)[0]).sum().backward())
    for mode in ("eval", "train", "eval"):
        twins.do(lambda world, mode=mode: getattr(world.net, mode)())
        for seed in range(3):
            with torch.no_grad():
                twins.call(lambda _, seed=seed: (worlds.batch(8, seed)[0],))
    assert twins.ran == "replayed"


def test_no_grad_around_a_call(worlds, trained):
    for _ in range(2):
        with torch.no_grad():
            trained.call(lambda _: worlds.batch(8), raises=RuntimeError)
        trained.train(3)


def test_an_argument_with_a_gradient_of_its_own(worlds):
    def step(x):
        loss = (x * x).sum()
        loss.backward()
        return loss

    twins = worlds.Twins(lambda: worlds.World(step=step))
    for seed in range(4):

        def call(world, seed=seed):
            x = (torch.ones(3) * seed).requires_grad_()
            return world.step(x), x, x.grad

        twins.both(call)


def test_an_argument_with_a_hook_or_a_graph(worlds):
    def build():
        w = torch.ones(3, requires_grad=True)

        def step(x):
            (x * x + 1).sum().backward()

        return worlds.World(step=step, w=w)

    def with_graph(world):
        world.step(world.w * 2)

    def with_hook(world):
        x = torch.ones(3, requires_grad=True)
        world.step(x)
        x.register_hook(lambda grad: grad * 5)
        world.step(x)
        return x.grad

    twins = worlds.Twins(build)
    for action in (with_graph, with_graph, with_hook, with_hook, with_graph):
        twins.both(action)


def test_a_tensor_with_a_graph_from_outside(worlds):
    def build():
        world = worlds.World(w=torch.ones(3, requires_grad=True))
        world.h = world.w * 2

        def step():
            loss = (world.h * world.h).sum()
            loss.backward()
            return loss.detach()

        world.step = step
        return world

    twins = worlds.Twins(build)
    for _ in range(2):
        for _ in range(3):
            twins.call(lambda _: (), raises=RuntimeError)
        twins.both(lambda world: setattr(world, "h", world.w * world.w))


def test_leaves_made_in_the_step(worlds):
    def step(x, leaf):
        v = (x * 2).detach().requires_grad_()
        (v * v + v).sum().backward()
        return v if leaf else v.grad

    twins = worlds.Twins(lambda: worlds.World(step=step))
    for leaf in (False, False, False, True, True, True, False):
        twins.call(lambda _, leaf=leaf: (torch.ones(3), leaf))
    assert twins.ran == "replayed"


def test_a_tensor_that_gets_a_graph_outside(worlds):
    def build():
        h, w, v = torch.ones(3), torch.ones(3), torch.ones(3)

        def step():
            w.grad = v.grad = None
            loss = (h * v).sum()
            loss.backward()
            return loss.detach()

        return worlds.World(step=step, h=h, w=w.requires_grad_(), v=v.requires_grad_())

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.call(lambda _: ())
    twins.do(lambda world: world.h.mul_(world.w * 2))
    for _ in range(3):
        twins.call(lambda _: (), raises=RuntimeError)
