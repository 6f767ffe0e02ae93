"""Do gradients and results stay what they would be eagerly, whatever is done to them?"""

import gc

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.nn import functional as F


@pytest.fixture
def trained(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    return twins


def without_optimizer(worlds, before=lambda net: None, after=lambda net: None):
    """Worlds whose step is a forward and a backward pass, with something before and after."""

    def build():
        net = nn.Sequential(nn.Linear(9, 4), nn.ELU(), nn.Linear(4, 1))

        def step(x, y):
            before(net)
            loss = F.mse_loss(net(x), y)
            loss.backward()
            after(net)
            return loss

        return worlds.World(step=step, net=net)

    return worlds.Twins(build)


def test_results_and_gradients_that_are_kept_stay_as_they_were(worlds, trained):
    kept = []
    for seed in range(6):
        _, loss = trained.call(lambda _, seed=seed: worlds.batch(8, seed), ran="replayed")
        gradients = [p.grad for p in trained.compiled.net.parameters()]
        views = [gradients[0].array[1:], gradients[1].numpy(), gradients[2].detach()]
        arrays = [loss.array, views[0], views[1], views[2].array]
        kept.append((loss, arrays, [array.copy() for array in arrays]))
        if seed % 2:
            kept[-1][1].append(gradients[3].array)
            kept[-1][2].append(gradients[3].array.copy())
        del gradients, views
    for _, arrays, copies in kept:
        for array, copy in zip(arrays, copies, strict=True):
            assert array.tobytes() == copy.tobytes()


@pytest.mark.parametrize("meddle", [
    lambda net: net[0].weight.grad.mul_(3.0),
    lambda net: net[0].weight.grad.requires_grad_(),
    lambda net: setattr(net[0].weight, "grad", None),
    lambda net: setattr(net[0].weight, "grad", torch.ones(4, 9)),
    lambda net: setattr(net[0].weight, "grad", torch.ones(9, 4).T),
    lambda net: setattr(net[0].weight, "grad", net[0].weight.detach()),
    lambda net: net.zero_grad(),
    lambda net: net.zero_grad(set_to_none=False),
])  # fmt: skip
@pytest.mark.parametrize("before", [
    lambda net: None,
    lambda net: net.zero_grad(),
    lambda net: net.zero_grad(set_to_none=False),
    lambda net: [setattr(p, "grad", None) for p in net.parameters()],
])  # fmt: skip
def test_gradients_changed_between_calls(worlds, meddle, before):
    twins = without_optimizer(worlds, before)
    for seed in range(8):
        twins.call(lambda _, seed=seed: worlds.batch(8, seed))
        if seed % 3:
            twins.do(lambda world: meddle(world.net))


def test_two_parameters_that_share_a_gradient(worlds):
    twins = without_optimizer(worlds)
    shared = torch.zeros(1, 4)

    def share(world):
        world.net[2].weight.grad = world.net[0].bias.grad = None
        world.net[2].weight.grad = torch.zeros(1, 4)
        world.net[0].bias.grad = world.net[2].weight.grad.reshape(4)

    def part(world):
        world.net[0].bias.grad = shared.reshape(4).clone()

    for action in (share, share, part, share, part):
        twins.both(action)
        twins.call(lambda _: worlds.batch(8))
        twins.call(lambda _: worlds.batch(8))


def test_gradients_add_up_without_zero_grad(worlds):
    twins = without_optimizer(worlds)
    twins.train(5)


def test_gradients_as_results(worlds):
    def build():
        world = worlds.classifier()
        net, train = world.net, world.step

        def step(x, y):
            loss = train(x, y)
            return {"loss": loss, "first": net[0].weight.grad, "all": [
                p.grad for p in net.parameters()
            ]}  # fmt: skip

        world.step = step
        return world

    twins = worlds.Twins(build)
    results = []
    for seed in range(4):
        results.append(twins.call(lambda _, seed=seed: worlds.batch(8, seed))[1])
    assert twins.ran == "replayed"
    assert len({id(result["first"].array) for result in results}) == 4


def test_changed_gradients_have_their_version(worlds):
    twins = without_optimizer(
        worlds,
        before=lambda net: [setattr(p, "grad", None) for p in net.parameters()],
        after=lambda net: [p.grad.mul_(0.5).add_(1.0) for p in net.parameters()],
    )
    twins.train(4)
    for kept in ([], [twins.compiled.net[0].weight.grad]):
        twins.do(lambda world: world.net[0].weight.grad.mul_(2.0))
        twins.call(lambda _: worlds.batch(8), ran="replayed")
        del kept[:]


def test_nothing_is_leaked(worlds, trained):
    trained.call(lambda _: worlds.batch(8), ran="replayed")
    gc.collect()
    gc.disable()
    try:
        step, data = trained.compiled.step, worlds.batch(8)
        before = len(gc.get_objects())
        for _ in range(50):
            step(*data)
        assert len(gc.get_objects()) - before < 20
    finally:
        gc.enable()


@pytest.mark.parametrize("meddle", [
    lambda net: setattr(net[0].weight.grad.array, "shape", (9, 4)),
    lambda net: setattr(net[0].weight.grad.array, "dtype", np.int32),
    lambda net: setattr(net[0].weight.grad.array.flags, "writeable", False),
    lambda net: setattr(net[0].weight.grad, "grad", torch.ones(4, 9)),
    lambda net: setattr(net[0].weight.grad, "array", np.ones((4, 9), np.float32)),
    lambda net: net[0].weight.grad.array.resize((0, 0), refcheck=False),
])  # fmt: skip
def test_what_numpy_does_to_a_gradient_is_gone_with_it(worlds, meddle):
    twins = without_optimizer(worlds, before=lambda net: net.zero_grad())
    for seed in range(9):
        twins.call(lambda _, seed=seed: worlds.batch(8, seed))
        if seed > 3:
            for world in (twins.eager, twins.compiled):
                meddle(world.net)


def test_a_step_that_fails_before_it_forgets_a_gradient_leaves_it(worlds):
    def build():
        weight = torch.ones(3, requires_grad=True)

        def step(x, p):
            (grad,) = torch.autograd.grad((weight * x).sum(), [weight])
            loss = F.binary_cross_entropy(p, p)
            weight.grad = None
            weight.grad = grad
            return loss

        return worlds.World(step=step, weight=weight)

    twins = worlds.Twins(build)
    for value in (0.5, 0.5, 0.5, 0.5, 5.0, 0.5):
        twins.call(
            lambda _, value=value: (torch.full((3,), value), torch.full((1,), value)),
            raises=RuntimeError,
        )
