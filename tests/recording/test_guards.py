"""Does a compiled step notice that a network or an optimiser changed?"""

import pytest

import minigrad as torch
from minigrad import nn
from minigrad.nn import functional as F


@pytest.fixture
def trained(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    return twins


def freeze(world):
    world.net[0].requires_grad_(False)


def thaw(world):
    world.net[0].requires_grad_(True)


def replace_layer(world):
    world.net[3] = nn.Linear(16, 8)


def replace_data(world):
    world.net[0].weight.data = torch.ones(16, 9) / 8


def transpose_data(world):
    world.net[0].weight.data = (torch.arange(144).float() / 100).reshape(9, 16).T


def swap_data(world):
    first, second = world.net[1].weight, world.net[1].bias
    first.data, second.data = second.data, first.data


def other_activation(world):
    world.net[4] = nn.ELU()


def replace_bias(world):
    world.net[3].bias = None


def set_momentum(value):
    return lambda world: world.optimizer.param_groups[0].update(momentum=value)


def add_group(world):
    if not hasattr(world, "extra"):
        world.extra = torch.ones(2, requires_grad=True)
        world.extra.grad = torch.ones(2)
        world.optimizer.add_param_group({"params": [world.extra], "lr": 0.5})


def reload(world):
    world.optimizer.load_state_dict(world.optimizer.state_dict())


def clear_state(world):
    world.optimizer.state.clear()


def reload_net(world):
    state = {name: kept * 0.5 for name, kept in world.net.state_dict().items()}
    state["1.num_batches_tracked"] = world.net[1].num_batches_tracked.clone()
    world.net.load_state_dict(state)


def other_parameters(world):
    """Optimise two other tensors of the same shapes, put into the list or given as another."""
    if not hasattr(world, "spare"):
        world.spare = [torch.full_like(p, 0.5) for p in world.net[0].parameters()]
    group = world.optimizer.param_groups[0]
    group["params"][:2], world.spare = world.spare, group["params"][:2]
    for old, new in zip(world.spare, group["params"], strict=False):
        new.grad, old.grad = torch.ones_like(new), None


def other_list_of_parameters(world):
    other_parameters(world)
    group = world.optimizer.param_groups[0]
    group["params"] = list(group["params"])


CHANGES = [
    (other_parameters, other_list_of_parameters),
    (transpose_data, replace_data),
    (freeze, thaw), (replace_layer, thaw), (replace_data, swap_data),
    (replace_bias, freeze), (set_momentum(0), set_momentum(0.9)), (add_group, freeze),
    (reload, clear_state), (reload_net, lambda world: world.net.eval()),
    (lambda world: world.net.double().float(), thaw),
    (lambda world: setattr(world.net[2], "alpha", 0.5), other_activation),
    (lambda world: world.optimizer.param_groups[0].update(lr=0.01),
     lambda world: world.optimizer.param_groups[0].update(lr=0.0, weight_decay=0.1)),
    (lambda world: world.net[1].reset_running_stats(),
     lambda world: setattr(world.net[1], "momentum", None)),
    (lambda world: world.net.eval(), lambda world: world.net.train()),
]  # fmt: skip


@pytest.mark.parametrize(("change", "again"), CHANGES)
def test_a_changed_network_or_optimiser(worlds, trained, change, again):
    for action in (change, again, change, again):
        trained.do(action)
        trained.train(3)


def test_learning_rates_change_without_recording_again(worlds, trained):
    for lr in (0.5, 0.25, 1e-3):
        trained.both(lambda world, lr=lr: world.optimizer.param_groups[0].update(lr=lr))
        trained.call(lambda _: worlds.batch(8), ran="replayed")


def test_a_step_that_reads_or_sets_the_learning_rate(worlds):
    def build():
        world = worlds.classifier()
        net, optimizer = world.net, world.optimizer

        def step(x, y, lr):
            if lr is not None:
                optimizer.param_groups[0]["lr"] = lr
            optimizer.zero_grad()
            loss = F.binary_cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            return loss.detach() * optimizer.param_groups[0]["lr"]

        world.step = step
        return world

    twins = worlds.Twins(build)
    for lr in (0.1, 0.2, 0.1, None, 0.1, 0.2, None, None, 0.2):
        twins.call(lambda _, lr=lr: (*worlds.batch(8), lr))
        twins.both(lambda world: world.optimizer.param_groups[0]["lr"])
        if lr is None:
            twins.both(lambda world: world.optimizer.param_groups[0].update(lr=0.7))


@pytest.mark.parametrize("register", ["register_forward_hook", "register_forward_pre_hook"])
def test_hooks_of_modules_run(worlds, trained, register):
    def add(world):
        world.calls = []
        world.handle = getattr(world.net[3], register)(lambda *_: world.calls.append(1))

    trained.both(add)
    trained.train(3, ran="eager")
    trained.both(lambda world: len(world.calls))
    trained.both(lambda world: world.handle.remove())
    trained.train(3)
    trained.both(lambda world: len(world.calls))


def test_hooks_of_tensors_run(worlds, trained):
    def add(world):
        world.handle = world.net[0].weight.register_hook(lambda grad: grad * 2)

    trained.both(add)
    trained.train(3, ran="eager")
    trained.both(lambda world: world.handle.remove())
    trained.train(3)


def test_a_learning_rate_that_is_none_raises_where_eager_would(worlds, trained):
    trained.both(lambda world: world.optimizer.param_groups[0].update(lr="fast"))
    _, error = trained.call(lambda _: worlds.batch(8), raises=TypeError)
    assert str(error).startswith("setting 'lr' of a group")
    trained.both(lambda world: world.optimizer.param_groups[0].update(lr=0.1))
    trained.train(3)


def test_attributes_of_an_optimiser_that_the_step_reads(worlds):
    def build():
        world = worlds.classifier()
        optimizer, train = world.optimizer, world.step
        optimizer.scale = 1.0
        world.step = lambda x, y: train(x * optimizer.scale, y)
        return world

    twins = worlds.Twins(build)
    twins.train(3)
    twins.both(lambda world: setattr(world.optimizer, "scale", 2.0))
    twins.train(3)


def test_a_module_that_becomes_one_of_another_class(worlds, trained):
    for other in (nn.Sigmoid, nn.Tanh, nn.ReLU):
        trained.both(lambda world, other=other: setattr(world.net[4], "__class__", other))
        trained.train(3)


def test_attributes_of_tensors_that_the_step_reads(worlds):
    def build():
        weight = torch.ones(2)
        weight.scale = 1.0

        def step(x):
            return x * weight.scale * getattr(weight, "more", 1.0)

        return worlds.World(step=step, weight=weight)

    twins = worlds.Twins(build)
    for name, value in (("scale", 1.0), ("scale", 3.0), ("more", 2.0), ("scale", 1.0)):
        twins.both(lambda world, name=name, value=value: setattr(world.weight, name, value))
        for _ in range(4):
            twins.call(lambda _: (torch.ones(3),))
    assert twins.ran == "replayed"
