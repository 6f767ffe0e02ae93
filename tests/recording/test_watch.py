"""Is the short way to a replay taken when nothing has changed, and only then?"""

import pickle

import numpy as np
import pytest

import minigrad as torch
from minigrad.kernels import machine
from minigrad.recording.replay import Replay
from minigrad.testing.strategies import laid_out, tensor_of

pytestmark = pytest.mark.skipif(
    not machine.reads_objects(), reason="this interpreter's objects are not read from memory"
)


SCALE = 1.0  # a global that a step reads


@pytest.fixture
def asked(monkeypatch):
    """How often the long way was taken."""
    calls = []
    bind = Replay.bind

    def counting(self, *described):
        calls.append(described)
        return bind(self, *described)

    monkeypatch.setattr(Replay, "bind", counting)
    return calls


def scaled(worlds):
    """Worlds whose step multiplies its input by a variable before it trains."""

    def build():
        world, scale = worlds.classifier(momentum=0.9), 1.0
        train = world.step

        def step(x, y):
            return train(x * scale, y)

        def rescale(value):
            nonlocal scale
            scale = value

        world.step, world.rescale = step, rescale
        return world

    return worlds.Twins(build)


@pytest.fixture
def trained(worlds, asked):
    twins = scaled(worlds)
    twins.train(6)
    asked.clear()
    return twins


def test_calls_that_follow_each_other_take_it(worlds, trained, asked):
    trained.train(20)
    assert not asked


@pytest.mark.parametrize("change", [
    lambda world: world.rescale(2.0),
    lambda world: world.net.eval(),
    lambda world: setattr(world.net[0].weight, "grad", None),
    lambda world: world.net[0].weight.grad.mul_(2.0),
    lambda world: world.net[0].bias.requires_grad_(False),
    lambda world: setattr(world, "kept", world.net[0].weight.grad),
    lambda world: setattr(world, "kept", world.net[0].weight.grad.array),
    lambda world: setattr(world, "kept", world.net[0].weight.grad.detach()),
    lambda world: world.optimizer.add_param_group({"params": [torch.zeros(3)]}),
    lambda world: world.optimizer.state.clear(),
    lambda world: world.net[0].register_forward_hook(lambda *given: None),
], ids=[
    "variable", "module", "no gradient", "gradient in place", "requires_grad", "kept gradient",
    "kept array", "kept view", "parameters", "state", "hook",
])  # fmt: skip
def test_what_changes_between_calls_is_asked_about(worlds, trained, asked, change):
    trained.do(change)
    trained.call(lambda _: worlds.batch(8))
    assert asked
    trained.train(4, ran="eager" if trained.compiled.net[0]._module_hooks else "replayed")


def with_gradient(x, y):
    return x.requires_grad_(), y


def part_of_one_with_gradient(x, y):
    whole = torch.zeros(16, 9)
    view = whole[:8]
    whole.mul_(torch.ones(9, requires_grad=True))
    return view, y


def inference(x, y):
    with torch.inference_mode():
        return x + 0.0, y


@pytest.mark.parametrize("changed", [
    with_gradient,
    part_of_one_with_gradient,
    inference,
    lambda x, y: (x[:4], y[:4]),
    lambda x, y: (x.t().contiguous().t(), y),
    lambda x, y: (x.double(), y),
    lambda x, y: {"x": x, "y": y},
    lambda x, y: (x[:, :1].contiguous(), x[:, :1].contiguous()),
    lambda x, y: (torch.cat((x, x)), torch.cat((y, y))),
    lambda x, y: (x[0], y[0]),
    lambda x, y: (x[None], y[None]),
    lambda x, y: (x, tensor_of(laid_out(y.array, "read-only"))),
    lambda x, y: (tensor_of(laid_out(x.array, "unaligned")), y),
    lambda x, y: (x,),
    lambda x, y: (x, y, y),
    lambda x, y: (x, y.array),
], ids=[
    "gradient", "history of its base", "inference", "size", "strides", "dtype", "by name", "shape",
    "larger size", "fewer dimensions", "more dimensions", "read-only", "unaligned", "too few",
    "too many", "no tensor",
])  # fmt: skip
def test_arguments_of_another_kind_are_asked_about(worlds, trained, asked, changed):
    wrong = (RuntimeError, ValueError, TypeError)
    trained.call(lambda _: changed(*worlds.batch(8)), raises=wrong)
    assert asked
    trained.train(4)


def test_one_tensor_given_twice_is_asked_about(worlds, asked):
    def build():
        weight = torch.ones(3, requires_grad=True)

        def step(a, b):
            weight.grad = None
            a.add_(1.0)
            loss = (a * weight * b).sum()
            loss.backward()
            return loss

        return worlds.World(step=step, weight=weight)

    twins = worlds.Twins(build)
    memory = np.arange(6, dtype=np.float32)

    def twice(_):
        a = torch.ones(3)
        return a, a

    def overlapping(_):
        whole = torch.from_numpy(memory.copy())
        return whole[:3], whole[1:4]

    def apart(_):
        return torch.ones(3), torch.ones(3)

    for arguments in (twice, overlapping):
        for _ in range(5):
            twins.call(apart)
        asked.clear()
        twins.call(apart, ran="replayed")
        assert not asked
        twins.call(arguments)
        assert asked


def test_a_global_is_asked_about(worlds, asked, monkeypatch):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: x * SCALE))
    for _ in range(5):
        twins.call(lambda _: (torch.ones(3),))
    asked.clear()
    twins.call(lambda _: (torch.ones(3),))
    assert not asked
    monkeypatch.setitem(globals(), "SCALE", 2.0)
    twins.call(lambda _: (torch.ones(3),))
    assert asked


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_modes_are_asked_about(worlds, asked, mode):
    def build():
        weight = torch.ones(3, requires_grad=True)
        return worlds.World(step=lambda x: (x * weight).sum().detach(), weight=weight)

    twins = worlds.Twins(build)
    for _ in range(5):
        twins.call(lambda _: (torch.ones(3),))
    asked.clear()
    with mode():
        twins.call(lambda _: (torch.ones(3),))
    assert asked


def test_another_default_dtype_is_asked_about(worlds, asked):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: torch.zeros(3) + x.sum()))
    for _ in range(5):
        twins.call(lambda _: (torch.ones(3),))
    asked.clear()
    torch.set_default_dtype(torch.float64)
    try:
        twins.call(lambda _: (torch.ones(3, dtype=torch.float32),))
    finally:
        torch.set_default_dtype(torch.float32)
    assert asked


def test_a_step_whose_values_are_compared_in_python_has_no_short_way(worlds, asked):
    def build():
        factors = [2.0, 3.0]

        def step(x):
            return x * factors[0] + factors[1]

        return worlds.World(step=step, factors=factors)

    twins = worlds.Twins(build)
    for _ in range(6):
        twins.call(lambda _: (torch.ones(3),))
    assert len(asked) >= 5
    twins.do(lambda world: world.factors.__setitem__(0, 5.0))
    twins.call(lambda _: (torch.ones(3),))


def test_dtypes_that_take_each_others_address_are_told_apart(worlds):
    packed = [pickle.dumps(np.ones(3, dtype)) for dtype in (np.float64, np.int64)]
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: x * 2))
    for kind in (0, 0, 0, 0, 1, 1, 0, 1):
        twins.call(lambda _, kind=kind: (tensor_of(pickle.loads(packed[kind])),))


def test_a_tensor_whose_array_is_gone_is_an_error_as_in_eager(worlds):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: x * 2))
    for _ in range(5):
        twins.call(lambda _: (torch.ones(3),))

    def without_array(_):
        x = torch.ones(3)
        del x.array
        return (x,)

    twins.call(without_array, raises=AttributeError)
