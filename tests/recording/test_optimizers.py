"""Compiled steps follow eager ones to the bit, whatever optimiser and scheduler drive them."""

import pytest

import minigrad as torch
from minigrad import optim
from minigrad.nn import functional as F
from minigrad.optim import lr_scheduler

RULES = {
    "SGD": (optim.SGD, {"momentum": 0.9, "weight_decay": 0.01}),
    "SGD with Nesterov momentum": (optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "Adam": (optim.Adam, {"lr": 0.01, "weight_decay": 0.1}),
    "Adam with amsgrad": (optim.Adam, {"lr": 0.01, "amsgrad": True, "maximize": True}),
    "AdamW": (optim.AdamW, {"lr": 0.01, "betas": (0.3, 0.9)}),
    "RMSprop": (optim.RMSprop, {"lr": 0.01}),
    "RMSprop, centred": (optim.RMSprop, {"lr": 0.01, "centered": True, "momentum": 0.5}),
    "Adagrad": (optim.Adagrad, {"lr_decay": 0.1, "initial_accumulator_value": 0.1}),
}
SCHEDULERS = {
    "StepLR": lambda optimizer: lr_scheduler.StepLR(optimizer, 2),
    "OneCycleLR": lambda optimizer: lr_scheduler.OneCycleLR(
        optimizer, 0.05, total_steps=40, cycle_momentum="momentum" in optimizer.defaults
        or "betas" in optimizer.defaults,
    ),
    "ReduceLROnPlateau": lambda optimizer: lr_scheduler.ReduceLROnPlateau(optimizer, patience=0),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_optimiser(worlds, rule):
    kind, settings = RULES[rule]
    twins = worlds.Twins(lambda: worlds.classifier(kind, **settings), verify=2)
    twins.train(8)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("kind", [optim.SGD, optim.AdamW, optim.RMSprop, optim.Adagrad])
def test_schedulers_change_settings_between_replays(worlds, kind, scheduler):
    def build():
        momentum = {"momentum": 0.9} if kind in (optim.SGD, optim.RMSprop) else {}
        world = worlds.classifier(kind, lr=0.02, **momentum)
        world.scheduler = SCHEDULERS[scheduler](world.optimizer)
        return world

    twins = worlds.Twins(build)
    for seed in range(12):
        loss, _ = twins.call(lambda world, seed=seed: worlds.batch(8, seed))
        measured = [loss.item()] if scheduler == "ReduceLROnPlateau" else []
        twins.both(lambda world, given=measured: world.scheduler.step(*given))
        twins.both(lambda world: world.scheduler.get_last_lr())
        if seed > 3:
            assert twins.ran == "replayed"


def test_several_groups(worlds):
    def build():
        world = worlds.classifier(optim.Adam, lr=0.01)
        world.optimizer.add_param_group({"params": [torch.ones(1)], "lr": 1.0})
        last = world.optimizer.param_groups[0]["params"].pop()
        world.optimizer.add_param_group({"params": [last], "weight_decay": 0.1})
        return world

    twins = worlds.Twins(build)
    twins.train(4)
    for lr in (0.5, 0.001):
        twins.both(lambda world, lr=lr: world.optimizer.param_groups[2].update(lr=lr))
        twins.call(lambda world: worlds.batch(8), ran="replayed")


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (optim.Adam, {"betas": (0.5, 0.6), "eps": 1e-3}),
        (optim.AdamW, {"weight_decay": 0.5}),
        (optim.RMSprop, {"alpha": 0.5}),
        (optim.Adagrad, {"lr_decay": 0.0}),
        (optim.SGD, {"weight_decay": 0.1, "momentum": 0.3}),
    ],
)
def test_any_setting_may_change(worlds, kind, change):
    twins = worlds.Twins(lambda: worlds.classifier(kind, lr=0.01))
    twins.train(3)
    twins.do(lambda world: world.optimizer.param_groups[0].update(change))
    twins.train(4)


def test_a_tensor_as_learning_rate(worlds):
    def build():
        world = worlds.classifier(optim.Adam, lr=torch.tensor(0.01))
        world.rate = world.optimizer.param_groups[0]["lr"]
        return world

    twins = worlds.Twins(build)
    twins.train(3)
    for lr in (0.5, 0.001):
        twins.do(lambda world, lr=lr: world.rate.fill_(lr))
        twins.call(lambda world: worlds.batch(8), ran="replayed")


def test_a_tensor_that_the_step_may_change_itself(worlds):
    def build():
        rate = torch.tensor(0.5)
        world = worlds.classifier(lr=rate)
        step = world.step

        def slower(x, y):
            loss = step(x, y)
            with torch.no_grad():
                rate.mul_(0.5)
            return loss

        return worlds.World(step=slower, net=world.net, optimizer=world.optimizer, rate=rate)

    twins = worlds.Twins(build)
    twins.train(4, ran="eager")
    assert "a setting of an optimiser" in repr(twins.compiled.step.program)


def test_hooks_of_optimisers_run(worlds):
    twins = worlds.Twins(lambda: worlds.classifier(optim.Adam))
    twins.train(3)

    def add(world):
        world.calls = []
        world.handle = world.optimizer.register_step_post_hook(lambda *_: world.calls.append(1))

    twins.both(add)
    twins.train(3, ran="eager")
    twins.both(lambda world: len(world.calls))
    assert "an optimiser (Adam) has a hook" in repr(twins.compiled.step.program)
    twins.both(lambda world: world.handle.remove())
    twins.train(3)
    twins.both(lambda world: len(world.calls))


class Counted(optim.Optimizer):
    """A rule in Python that counts, which a replay would not."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for param in group["params"]:
                state = self.state[param]
                state["step"] = state.get("step", 0) + 1
                param.sub_(param.grad * (group["lr"] / state["step"]))


def test_an_optimiser_of_a_users_own_runs_eagerly(worlds):
    def build():
        world = worlds.classifier(Counted)
        net, optimizer = world.net, world.optimizer

        def step(x, y):
            optimizer.zero_grad()
            loss = F.binary_cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, opt=optimizer)

    eager, compiled = build(), build()
    compiled.net.load_state_dict(eager.net.state_dict())
    step = torch.compile(compiled.step)
    for seed in range(4):
        batch = worlds.batch(8, seed)
        assert eager.step(*batch).item() == step(*batch).item()
    assert repr(step.program) == "runs eagerly: an optimiser (Counted) has a step of its own"


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_scheduler_in_a_compiled_step_is_an_error(worlds, name):
    world = worlds.classifier(momentum=0.9)
    scheduler = SCHEDULERS[name](world.optimizer)
    measured = [1.0] if name == "ReduceLROnPlateau" else []

    @torch.compile
    def step(x, y):
        world.step(x, y)
        scheduler.step(*measured)

    before = scheduler.state_dict()
    message = rf"{name}\.step\(\) in a compiled step at test_optimizers.py.*or do this after the"
    with pytest.raises(RuntimeError, match=message):
        step(*worlds.batch(8))
    assert scheduler.state_dict() == before


def test_schedulers_see_the_steps_that_were_replayed(worlds, recwarn):
    world = worlds.classifier()
    step = torch.compile(world.step)
    for _ in range(3):
        step(*worlds.batch(8))
    scheduler = lr_scheduler.StepLR(world.optimizer, 1)
    step(*worlds.batch(8))
    scheduler.step()
    assert len(recwarn) == 0
