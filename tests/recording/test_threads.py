"""Compiled steps and threads: large instructions are divided, and networks train at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.arrays import full
from minigrad.kernels import threads
from minigrad.kernels.kernel import SIZE_TO_DIVIDE, Flat, kernel
from minigrad.launch import empty, launch
from minigrad.nn import functional as F

LARGE = 2 * SIZE_TO_DIVIDE + 17


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = torch.get_num_threads()
    yield
    torch.set_num_threads(usual)


def activations(w, optimizer):
    """A step of many large elementwise operations."""

    def step(x, y):
        optimizer.zero_grad()
        h = F.elu(x * w)
        for activation in (F.silu, F.gelu, torch.tanh, F.softplus, F.leaky_relu, torch.sigmoid):
            h = activation(h)
        loss = F.binary_cross_entropy(h, y)
        loss.backward()
        nn.utils.clip_grad_value_([w], 1e-6)
        optimizer.step()
        return loss

    return step


@pytest.mark.parametrize("kind", [optim.SGD, optim.Adam, optim.RMSprop, optim.Adagrad])
def test_a_divided_instruction_replays_as_eager_runs_on_one_thread(kind):
    x, y = torch.linspace(-2, 2, LARGE), torch.rand(LARGE)
    found = []
    for compiled in (False, True):
        w = torch.linspace(-1, 1, LARGE, requires_grad=True)
        step = activations(w, kind([w], lr=0.01))
        if compiled:
            step = torch.compile(step)
        torch.set_num_threads(1)
        seen = []
        for call in range(6):
            if compiled:
                torch.set_num_threads(1 + call % 4)
            loss = step(x, y)
            seen += [loss.array.tobytes(), w.array.tobytes(), w.grad.array.tobytes()]
        found.append(seen)
    assert found[0] == found[1]
    program = step.program.program
    divided = {
        line.kernel.name
        for line, function in zip(program.lines, program._functions.tolist(), strict=True)
        if function == threads.divider()
    }
    assert {"elu.forward", "sigmoid.backward", "clip_grad.limit"} <= divided
    assert f"{kind.__name__.lower()}.descend" in divided
    assert "binary_cross_entropy.forward" not in divided
    assert len(step.program.profile(rounds=1).rows) == len(program.lines)


@kernel(writes=("out",), errors={1: ValueError("one"), 2: KeyError("two")}, elementwise=True)
def checked(x: Flat, out: Flat) -> int:
    for i in range(x.size):
        if x[i] > 0:
            return int(x[i])
        out[i] = x[i]
    return 0


def test_a_status_of_a_part_stops_the_replay():
    def copy(x):
        out = empty(x.shape, x.array.dtype)
        launch(checked, x.array, out)
        return torch.from_numpy(out)

    torch.set_num_threads(3)
    step = torch.compile(lambda x: (x * 2).sum() + copy(x).sum())
    good, bad = torch.zeros(LARGE), torch.zeros(LARGE)
    bad.array[[LARGE // 3, LARGE - 1]] = 2, 1
    for _ in range(3):
        assert step(good).item() == 0
    with pytest.raises(KeyError) as caught:
        step(bad)
    assert "of a replay" in caught.value.__notes__[0]
    assert step(good).item() == 0


def network(seed, lr, width):
    """A compiled step that trains a network of its own, and the network."""
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Linear(9, width), nn.BatchNorm1d(width), nn.ELU(), nn.Linear(width, 1), nn.Sigmoid()
    )
    optimizer = optim.Adam(net.parameters(), lr=lr)

    @torch.compile
    def step(x, y):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return net, step


@pytest.mark.parametrize(("width", "calls"), [(4, 60), (600, 8)])
def test_networks_train_in_threads_as_one_after_the_other(width, calls):
    """At a width of 600 the activations are divided, with 2 threads for all who want to."""
    torch.set_num_threads(2)
    torch.manual_seed(0)
    x, y = torch.rand(256, 9), (torch.rand(256, 1) > 0.5).float()
    settings = [(seed, lr, width) for seed in range(3) for lr in (0.1, 0.01)]

    def train(made):
        net, step = made
        losses = [step(x, y).item() for _ in range(calls)]
        return losses, [each.array.tobytes() for each in (*net.parameters(), *net.buffers())]

    expected = [train(network(*each)) for each in settings]
    made = [network(*each) for each in settings]  # not in threads: there is one default generator
    with ThreadPoolExecutor(len(made)) as pool:
        assert list(pool.map(train, made)) == expected
    assert all(step.program.program.segments for _, step in made)


@kernel(writes=("flags", "out"))
def ask(turns: Flat, flags: Flat, out: Flat) -> None:
    """Say that it has begun, and whether there was an answer in so many turns."""
    flags[0] = 1
    for i in range(int(turns[0])):
        out[0] = np.sqrt(turns[0] + i)  # which might be an answer, so this is looked for each time
        if flags[1] != 0:
            out[0] = 1
            return
    out[0] = 0


def test_python_runs_while_a_long_native_run_does():
    def asked(turns, flags):
        out = full((1,), turns.array.dtype, 0.0)
        launch(ask, turns.array, flags.array, out)
        return torch.from_numpy(out)

    step = torch.compile(asked)
    for _ in range(2):
        assert step(torch.tensor([1e6]), torch.zeros(2)).item() == 0
    assert [each.is_long for each in step.program.program.segments] == [True]
    flags = torch.zeros(2)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(step, torch.tensor([1e9]), flags)
        while not flags.array[0]:
            pass
        flags.array[1] = 1
        assert running.result().item() == 1


def test_a_short_native_run_keeps_pythons_lock():
    x = torch.ones(3)
    with torch.no_grad():
        for _ in range(3):  # the first call has compiled what it needs, the others are short
            step = torch.compile(lambda x: x.sigmoid())
            step(x), step(x)
    assert [each.is_long for each in step.program.program.segments] == [False]


def test_two_threads_in_one_step_are_an_error():
    entered, done = threading.Event(), threading.Event()

    def wait(x):
        entered.set()
        assert done.wait(60)
        return x * 2

    step = torch.compile(wait)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(step, torch.ones(2))
        assert entered.wait(60)
        with pytest.raises(RuntimeError, match="called while it is running, from another thread"):
            step(torch.ones(2))
        done.set()
        assert running.result(60).tolist() == [2, 2]
    assert np.array_equal(step(torch.ones(2)).array, [2, 2])
