"""What does `compile` take, give and refuse?"""

import copy
import threading
import warnings

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

LOG = []


def test_a_step_and_its_name():
    def step(x):
        """Double."""
        return x * 2

    compiled = torch.compile(step)
    assert compiled.program is None
    assert compiled(torch.ones(2)).tolist() == [2.0, 2.0]
    assert (compiled.__name__, compiled.__doc__, compiled.__wrapped__) == (
        "step", "Double.", step
    )  # fmt: skip
    assert repr(compiled) == "<compiled step step, 1 program>"


def test_decorators():
    @torch.compile
    def double(x):
        return x * 2

    @torch.compile(verify=2)
    def triple(x):
        return x * 3

    for _ in range(4):
        assert double(torch.ones(1)).item() == 2
        assert triple(torch.ones(1)).item() == 3
    assert triple.verify == 2


def test_wrong_arguments():
    with pytest.raises(TypeError, match="compile: function must be callable, got int"):
        torch.compile(3)
    with pytest.raises(TypeError, match="verify"):
        torch.compile(len, verify="yes")
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        torch.compile(lambda x: x)()


def test_a_compiled_module_answers_for_the_module():
    """Scripts compile their network, and go on with what they have got."""
    torch.manual_seed(0)
    plain = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 1))
    net = torch.compile(copy.deepcopy(plain))
    x, y = torch.rand(8, 3), torch.rand(8, 1)

    def train(net, compiled):
        optimizer = optim.SGD(net.parameters(), lr=0.5)

        def step():
            optimizer.zero_grad()
            loss = F.mse_loss(net(x), y)
            loss.backward()
            optimizer.step()
            return loss

        step, losses = torch.compile(step) if compiled else step, []
        for mode in (True, True, True, False, False, True):
            net.train(mode)
            losses.append(step().item())
        with torch.no_grad():
            return losses, [net(x).tolist() for _ in range(3)]

    assert train(net, False) == train(plain, False)
    assert train(net, True) == train(plain, True)
    assert [*map(torch.Tensor.tolist, net.state_dict().values())] == [
        *map(torch.Tensor.tolist, plain.state_dict().values())
    ]
    assert not hasattr(torch.compile(len), "parameters")


def test_methods(worlds):
    def build():
        class Trainer:
            def __init__(self):
                self.net = nn.Linear(9, 1)
                self.optimizer = optim.Adam(self.net.parameters())
                self.scale = 1.0
                self.compiled = torch.compile(self.step)

            def step(self, x, y):
                self.optimizer.zero_grad()
                loss = self.loss(x, y)
                loss.backward()
                self.optimizer.step()
                return loss

            def loss(self, x, y):
                return F.mse_loss(self.net(x), y) * self.scale

            @torch.compile
            def decorated(self, x, y):
                return self.step(x, y)

        trainer = Trainer()
        return worlds.World(
            step=trainer.step, trainer=trainer, net=trainer.net, optimizer=trainer.optimizer
        )

    twins = worlds.Twins(build)
    twins.train(4)
    twins.both(lambda world: setattr(world.trainer, "scale", 0.5))
    twins.train(3)
    for name in ("compiled", "decorated"):
        for seed in range(4):

            def call(world, seed=seed, name=name):
                step = getattr(world.trainer, name) if world is twins.compiled else world.step
                return step(*worlds.batch(8, seed))

            twins.both(call)


def test_a_compiled_step_inside_another(worlds):
    def build():
        world = worlds.classifier()
        inner = torch.compile(world.step)
        world.step = lambda x, y: (inner(x, y), inner(x * 0.5, y))
        return world

    worlds.Twins(build).train(4)


def counting(worlds):
    world = worlds.classifier()
    train, world.count = world.step, 0

    def step(x, y):
        world.count += 1
        return train(x, y)

    world.step = step
    return world


def logging(worlds):
    world = worlds.classifier()
    train = world.step

    def step(x, y):
        LOG.append(train(x, y))
        return LOG[-1]

    world.step = step
    return world


@pytest.mark.parametrize("build", [counting, logging])
def test_a_step_that_changes_what_it_depends_on_warns_and_is_right(worlds, build):
    twins = worlds.Twins(lambda: build(worlds))
    with pytest.warns(UserWarning, match="recorded at every call") as caught:
        for seed in range(12):
            twins.call(lambda _, seed=seed: worlds.batch(8, seed), ran="recorded")
    assert len(caught) == 1
    if build is counting:
        assert twins.compiled.count == 12
        assert "'count'" in str(caught[0].message)
    LOG.clear()


def test_a_step_whose_surroundings_keep_changing_warns(worlds):
    scale = 0

    @torch.compile
    def step(x):
        return x * scale

    with pytest.warns(UserWarning, match="a variable that was"):
        for scale in range(12):
            assert step(torch.ones(1)).item() == scale


def test_other_batch_sizes_are_no_reason_to_warn(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(optim.Adam))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rows in range(2, 25):
            twins.call(lambda _, rows=rows: worlds.batch(rows))
        twins.train(3, rows=24)


def test_a_call_while_another_thread_is_in_the_step():
    inside, leave = threading.Event(), threading.Event()

    def wait(x):
        inside.set()
        leave.wait(10)
        return x * 2

    step = torch.compile(wait)
    thread = threading.Thread(target=step, args=(torch.ones(1),))
    thread.start()
    inside.wait(10)
    try:
        with pytest.raises(RuntimeError, match="called while it is running"):
            step(torch.ones(1))
    finally:
        leave.set()
        thread.join()
    assert step(torch.ones(1)).item() == 2


def test_steps_in_several_threads(worlds):
    outcomes = {}
    everybody = [worlds.Twins(lambda: worlds.classifier(optim.Adam)) for _ in range(3)]

    def work(number):
        twins = everybody[number]
        losses = [twins.compiled.step(*worlds.batch(8, seed)).item() for seed in range(200)]
        expected = [twins.eager.step(*worlds.batch(8, seed)).item() for seed in range(200)]
        outcomes[number] = losses == expected

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == dict.fromkeys(range(3), True)


def test_a_copy_has_recordings_of_its_own():
    class Scaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.ones(1))
            self.step = torch.compile(self.forward, verify=1)

        def forward(self, x):
            return x * self.scale.detach()

    net = Scaled()
    for _ in range(3):
        net.step(torch.ones(1))
    twin = copy.deepcopy(net)
    twin.scale.data.fill_(5.0)
    assert twin.step.verify == 1 and twin.step.program is None
    for _ in range(3):
        assert (twin.step(torch.ones(1)).item(), net.step(torch.ones(1)).item()) == (5.0, 1.0)
