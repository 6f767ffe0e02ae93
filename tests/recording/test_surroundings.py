"""What a step looks at besides tensors changes: a replay never gives another result than eager."""

import itertools
import random

import numpy as np
import pytest

import minigrad as torch
from minigrad import optim
from minigrad.utils.data import TensorDataset


def numbers(*values):
    return torch.tensor(np.array(values, np.float32))


def drawing(generator, draw):
    return lambda: lambda x: x * draw(generator)


def counting():
    count = itertools.count()
    return lambda x: x * next(count)


def array_in_closure():
    array = np.arange(2.0, dtype=np.float32)

    def step(x):
        array[0] += 1
        return x * torch.from_numpy(array)

    return step


RUNS = {
    "Python's generator": (lambda: drawing(random.Random(1), lambda g: g.random())(), "recorded"),
    "NumPy's generator": (
        lambda: drawing(np.random.default_rng(1), lambda g: g.random())(), "recorded",
    ),
    "NumPy's old generator": (
        lambda: drawing(np.random.RandomState(1), lambda g: g.rand())(), "recorded",
    ),
    "an iterator": (counting, "eager"),
    "an array that the step changes": (array_in_closure, "recorded"),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_python_that_must_run_again(worlds, name):
    make, ran = RUNS[name]
    twins = worlds.Twins(lambda: worlds.World(step=make()))
    for _ in range(4):
        twins.call(lambda _: (numbers(1, 2),))
    assert twins.ran == ran


def drawn_by_python(x):
    return x * random.random()


def drawn_by_numpy(x):
    return x * float(np.random.rand())


@pytest.mark.parametrize("step", [drawn_by_python, drawn_by_numpy])
def test_generators_that_modules_hide_are_noticed(step):
    compiled = torch.compile(step)
    assert len({compiled(numbers(1)).item() for _ in range(5)}) == 5


@pytest.mark.parametrize(("size", "ran"), [(3, "replayed"), (100_000, "eager")])
def test_numpy_arrays_are_read_as_they_are_now(worlds, size, ran):
    def build():
        array = np.arange(float(size), dtype=np.float32)

        def step(x):
            return x * float(array[1]) + torch.from_numpy(array)[1:3] + torch.tensor(array)[2]

        return worlds.World(step=step, array=array)

    twins = worlds.Twins(build)
    for value in (1.0, 7.0):
        for world in (twins.eager, twins.compiled):
            world.array[1] = value
        for seed in range(3):
            twins.call(lambda _, seed=seed: (numbers(1, seed),))
        assert twins.ran == ran


def test_another_default_dtype(worlds):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: x + torch.ones(2) * 0.1))
    try:
        for dtype in (torch.float32, torch.float64, torch.float32):
            torch.set_default_dtype(dtype)
            for _ in range(3):
                twins.call(lambda _: (numbers(1, 2),))
            assert twins.ran == "replayed"
    finally:
        torch.set_default_dtype(torch.float32)


def test_the_version_of_a_tensor_cannot_be_read(worlds):
    with pytest.raises(RuntimeError, match=r"\._version in a compiled step at test_surround"):
        torch.compile(lambda x: x._version)(numbers(1))


def test_a_schedulers_count_is_watched(worlds):
    def build():
        optimizer = optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0)
        scheduler = optim.lr_scheduler.StepLR(optimizer, 1)

        def step(x):
            return x * scheduler.last_epoch

        return worlds.World(step=step, optimizer=optimizer, scheduler=scheduler)

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.call(lambda _: (numbers(1, 2),))
        twins.call(lambda _: (numbers(1, 2),), ran="replayed")
        twins.do(lambda world: (world.optimizer.step(), world.scheduler.step()))


def test_elements_of_a_data_set(worlds):
    def build():
        data = TensorDataset(numbers(*range(6)), numbers(*range(6)))

        def step(x):
            return x * data[2][0] + data[1:3][1]

        return worlds.World(step=step, elements=data.tensors[0])

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.call(lambda _: (numbers(1, 2),))
        twins.do(lambda world: world.elements.add_(1))
    assert twins.ran == "replayed"


@pytest.mark.parametrize("replace", [
    lambda state: state.update(momentum_buffer=torch.zeros_like(state["momentum_buffer"])),
    lambda state: state.__setitem__("momentum_buffer", state["momentum_buffer"].clone() * 2),
    lambda state: setattr(
        state["momentum_buffer"], "data", torch.ones_like(state["momentum_buffer"])
    ),
])  # fmt: skip
def test_another_tensor_in_an_optimisers_state(worlds, replace):
    twins = worlds.Twins(lambda: worlds.classifier(optim.SGD, momentum=0.9))
    twins.train()
    twins.do(lambda world: replace(next(iter(world.optimizer.state.values()))))
    twins.train()


def test_a_view_whose_base_got_a_history_since(worlds):
    def build():
        w = torch.tensor([2.0, 3.0], requires_grad=True)

        def step(x):
            w.grad = None
            (x * w).sum().backward()
            return w.grad.clone()

        return worlds.World(step=step, w=w)

    def plain(world):
        return (numbers(1, 2, 3)[:2],)

    def late(world):
        base = numbers(1, 2, 3)
        view = base[:2]
        base.add_(world.w.sum())
        return (view,)

    twins = worlds.Twins(build)
    for arguments in (plain, plain, plain, late, plain, late):
        twins.call(arguments)


def test_a_view_of_a_leaf_that_must_not_be_changed(worlds):
    def step(x):
        return x.mul_(2) * 1

    def of_leaf(world):
        with torch.no_grad():
            return (torch.ones(3, requires_grad=True)[:2],)

    twins = worlds.Twins(lambda: worlds.World(step=step))
    for _ in range(3):
        twins.call(lambda _: (numbers(1, 2),))
    for _ in range(2):
        twins.call(of_leaf, raises=RuntimeError)


def test_tuples_with_names_and_what_tensors_say_as_results(worlds):
    twins = worlds.Twins(lambda: worlds.World(step=lambda x: (x.max(0), x.dtype, x.device)))
    for seed in range(3):
        found, compiled = twins.call(lambda _, seed=seed: (numbers(1, seed, 3),))
        assert repr(compiled[0]) == repr(found[0])
    assert twins.ran == "replayed"


def test_a_variable_around_a_step_that_gets_its_value_later_is_noticed():
    def step(x):
        try:
            return x * factor
        except NameError:
            return x + 1

    x, compiled = torch.ones(3), torch.compile(step)
    for _ in range(4):
        assert compiled(x).tolist() == [2, 2, 2]
    factor = 5.0
    for _ in range(4):
        assert compiled(x).tolist() == [5, 5, 5]
    del factor
    assert compiled(x).tolist() == [2, 2, 2]
