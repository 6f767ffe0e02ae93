"""Does an epoch stop at Ctrl-C as a loop does, and leave nothing behind?"""

import gc
import subprocess
import sys
import textwrap
import tracemalloc
from itertools import islice

import pytest

import minigrad as torch
from minigrad import optim
from minigrad.kernels import machine
from minigrad.recording import batches
from minigrad.recording.step import CompiledStep
from minigrad.utils.data import DataLoader, TensorDataset


@pytest.mark.parametrize("pieces", [1, 2, 4])
def test_ctrl_c_between_two_batches(worlds, monkeypatch, pieces):
    def build():
        world = worlds.classifier(momentum=0.9)
        world.loader = DataLoader(TensorDataset(*worlds.batch(70)), 16, shuffle=True)
        return world

    twins = worlds.Twins(build)
    for _ in range(2):
        twins.both(worlds.epoch)
    run_batches, left = machine.run_batches, [pieces]

    def interrupted(plan, last):
        run_batches(plan, last)  # and what it gives is lost
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    def epoch(world):
        if isinstance(world.step, CompiledStep):
            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(machine, "run_batches", interrupted)
                patch.setattr(batches, "PIECE_NANOSECONDS", 0)
                world.step.epoch(world.loader)
        else:
            for batch in islice(world.loader, pieces):
                world.step(*batch)

    twins.both(epoch)
    twins.both(worlds.epoch)


def test_ctrl_c_at_any_time():
    script = """
        import signal
        import minigrad as torch
        from minigrad import nn, optim
        from minigrad.utils.data import DataLoader, TensorDataset

        net = nn.Sequential(nn.Linear(9, 64), nn.BatchNorm1d(64), nn.ELU(), nn.Linear(64, 1))
        optimizer = optim.Adam(net.parameters())

        @torch.compile
        def step(x, y):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(net(x), y)
            loss.backward()
            optimizer.step()
            return loss

        data = TensorDataset(torch.rand(20000, 9), torch.rand(20000, 1))
        loader = DataLoader(data, 20)
        step.epoch(loader)
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        interrupted = 0
        for number in range(1, 30):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.001 * number)
                while True:
                    step.epoch(loader)
            except KeyboardInterrupt:
                interrupted += 1
            counts = {int(state["step"]) for state in optimizer.state.values()}
            print(counts == {int(net[1].num_batches_tracked)})
        print(interrupted, len(step.epoch(loader)))
    """
    finished = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == [*["True"] * 29, "29", "1000"]


def test_nothing_is_left_behind(worlds):
    world = worlds.classifier(optim.Adam)
    x, y = worlds.batch(2000)
    loader = DataLoader(TensorDataset(x, y), 16, shuffle=True)
    step = torch.compile(world.step)
    for _ in range(3):
        step.epoch(loader)
    held = [sys.getrefcount(each) for each in (x, y, x.array, y.array)]
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(20):
            step.epoch(loader)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 2000 * 36  # not even the rows of one epoch
    assert held == [sys.getrefcount(each) for each in (x, y, x.array, y.array)]
