"""What is taken down while a step runs, and what is refused?"""

import threading
import weakref

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F

READINGS = {
    ".item()": lambda t: t.item(),
    "bool()": lambda t: 1 if t else 2,
    ".tolist()": lambda t: t.tolist(),
    ".numpy()": lambda t: np.square(t.numpy()),
    "print()": lambda t: repr(t),
    "a tensor made of a list with tensors": lambda t: torch.Tensor([t, 1.0]),
}


@pytest.mark.parametrize("how", READINGS)
def test_reading_a_value_names_the_line(how):
    read = READINGS[how]

    @torch.compile
    def step(x):
        y = x.sum() * 2
        read(y)  # this line
        return y

    with pytest.raises(RuntimeError) as caught:
        step(torch.ones(2))
    assert str(caught.value).startswith(f"{how} in a compiled step at test_recorder.py:")


def test_other_ways_to_read_a_value():
    for read in (float, int, np.asarray, lambda t: [0, 1, 2, 3, 4][t.long()]):
        step = torch.compile(lambda x, read=read: x * read(x.sum()))
        with pytest.raises(RuntimeError, match="in a compiled step at test_recorder"):
            step(torch.ones(2))


def test_the_line_and_the_way_out_are_named():
    @torch.compile
    def step(x):
        loss = x.sum()
        loss.item()
        return loss

    with pytest.raises(RuntimeError) as caught:
        step(torch.ones(2))
    assert f"test_recorder.py:{step.function.__code__.co_firstlineno + 3}: 'loss.item()'" in str(
        caught.value
    )
    assert "return the tensor and look at it outside" in str(caught.value)


def test_a_tensor_that_nothing_watches_names_the_line():
    secret = torch.ones(2)
    source = weakref.ref(secret)

    @torch.compile
    def step(x):
        y = x * 2
        return y + source()

    step(torch.ones(2))
    with pytest.raises(RuntimeError) as caught:
        step(torch.ones(2))  # which would be replayed
    message = str(caught.value)
    assert f"test_recorder.py:{step.function.__code__.co_firstlineno + 3}" in message
    assert "'return y + source()'" in message
    assert "Pass it as an argument" in message


def test_an_exception_while_recording_leaves_eagers_state(worlds):
    def build():
        world = worlds.classifier(optim.Adam)
        net, train = world.net, world.step

        def step(x, y, p):
            train(x, y)
            net.zero_grad()
            F.mse_loss(net(x), y).backward()
            return F.binary_cross_entropy(p, y)

        world.step = step
        return world

    twins = worlds.Twins(build)
    for p in (2.0, -1.0, 0.5, 1.5, 0.5, 0.5, 3.0, 0.5):
        raises = () if p == 0.5 else RuntimeError
        twins.call(lambda _, p=p: (*worlds.batch(8), torch.full((8, 1), p)), raises=raises)
    assert twins.ran == "replayed"


def test_other_threads_are_not_recorded():
    inside, leave = threading.Event(), threading.Event()
    other = torch.zeros(4)

    def wait(x):
        y = x * 2
        inside.set()
        leave.wait(10)
        return y + 1

    step = torch.compile(wait)
    thread = threading.Thread(target=step, args=(torch.ones(4),))
    thread.start()
    inside.wait(10)
    other.add_(1.0)
    assert other.sum().item() == 4
    leave.set()
    thread.join()
    assert step(torch.ones(4)).tolist() == [3.0] * 4
    assert len(step.program.program.lines) == 4
    assert other.tolist() == [1.0] * 4


def test_two_threads_recording_at_once():
    barrier = threading.Barrier(2)
    results = {}

    def work(factor):
        step = torch.compile(lambda x: ((x * factor) + factor).sum())
        barrier.wait(10)
        results[factor] = [step(torch.ones(3) * k).item() for k in range(50)]

    threads = [threading.Thread(target=work, args=(float(factor),)) for factor in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for factor in (2.0, 3.0):
        assert results[factor] == [3 * factor * (k + 1) for k in range(50)]


def test_global_and_nonlocal_assignments_are_noticed(worlds):
    def build():
        first = None

        def step(x):
            nonlocal first
            global LAST
            first = x * 2
            LAST = first + 1
            return first

        return worlds.World(step=step, read=lambda: (first.detach(), LAST.detach()))

    globals().pop("LAST", None)
    for world in (build(), build()):
        step = torch.compile(world.step)
        for seed in range(4):
            step(torch.ones(2) * seed)
            assert [each.tolist() for each in world.read()] == [
                [2.0 * seed] * 2, [2.0 * seed + 1] * 2
            ]  # fmt: skip


def test_where_random_numbers_choose_rows(worlds):
    step = torch.compile(lambda x: x[torch.randperm(8)] * 2)
    x = torch.arange(8).float()
    for _ in range(3):
        state = torch.random.default_generator.get_state()
        expected = (x[torch.randperm(8)] * 2).tolist()
        torch.random.default_generator.set_state(state)
        try:
            assert step(x).tolist() == expected
        except RuntimeError as error:
            assert "neither an argument" in str(error)


def test_a_frozen_leaf_and_gradients_from_grad(worlds):
    def build():
        net = nn.Linear(9, 1)
        optimizer = optim.SGD(net.parameters(), lr=0.1)

        def step(x, y):
            loss = F.mse_loss(net(x), y)
            for p, g in zip(
                net.parameters(), torch.autograd.grad(loss, list(net.parameters())), strict=True
            ):
                p.grad = g
            optimizer.step()
            return loss

        return worlds.World(step=step, net=net, optimizer=optimizer)

    worlds.Twins(build).train(5)
