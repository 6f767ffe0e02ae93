"""Does a program stop as eager work would: at errors, at Ctrl-C, and in plain packing?"""

import os
import subprocess
import sys
import textwrap

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.kernels import machine
from minigrad.nn import functional as F
from minigrad.recording.program import NativeSegment, PythonSegment

STATUS = "between 0 and 1"


def run(script, **environment):
    """Run a script in a process of its own and give what it prints."""
    finished = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def given_probabilities(worlds, before=False):
    """Worlds that train, and compute a loss of given numbers before or after."""

    def build():
        world = worlds.classifier(optim.Adam)
        net, optimizer = world.net, world.optimizer

        def step(x, y, p):
            first = F.binary_cross_entropy(p, y) if before else None
            optimizer.zero_grad()
            F.binary_cross_entropy(net(x), y).backward()
            F.mse_loss(net(x), y).backward()
            x.mul_(2.0)
            for parameter in net.parameters():
                parameter.grad.mul_(0.5)
            loss = first if before else F.binary_cross_entropy(p, y)
            for parameter in net.parameters():
                parameter.grad.mul_(0.5)
            optimizer.step()
            return loss

        world.step = step
        return world

    return worlds.Twins(build)


@pytest.mark.parametrize("before", [True, False])
def test_a_probability_out_of_range_in_one_call(worlds, before):
    twins = given_probabilities(worlds, before)
    for number in range(10):
        p = 1.5 if number in (4, 6, 7) else 0.25

        def call(world, p=p, number=number):
            world.x, y = worlds.batch(8, number)
            return world.step(world.x, y, torch.full((8, 1), p))

        eager, compiled = twins.both(call, RuntimeError if p > 1 else ())
        assert twins.compiled.step.ran in ("recorded", "replayed") or p > 1
        if p > 1:
            assert STATUS in str(compiled)
            assert "from test_program.py" in compiled.__notes__[0]
            assert len(compiled.__notes__) == 1
            assert not hasattr(eager, "__notes__")
    assert twins.ran == "replayed"


def test_an_exception_between_native_segments(worlds):
    def build():
        net = nn.Linear(9, 4)

        def step(x, rows):
            net.zero_grad()
            h = net(x * 0.5)
            x.add_(1.0)
            loss = (h[rows] * 2).sum()
            loss.backward()
            with torch.no_grad():
                net.weight.sub_(net.weight.grad)
            return loss.detach()

        return worlds.World(step=step, net=net)

    twins = worlds.Twins(build)
    for rows in ([0, 1], [2, 2], [8, 0], [1, 3], [-9, 0], [-1, 0]):
        raises = IndexError if rows[0] in (8, -9) else ()
        twins.call(lambda _, r=rows: (worlds.batch(8)[0], torch.tensor(r)), raises=raises)
    assert twins.ran == "replayed"


def test_an_error_in_the_middle_leaves_version_counters_right(worlds):
    def build():
        w, v = torch.ones(4, requires_grad=True), torch.ones(4)

        def step(p):
            v.add_(1.0)
            loss = (w * v).sum()
            loss.backward()
            F.binary_cross_entropy(p, p)
            v.mul_(2.0)
            return loss.detach()

        return worlds.World(step=step, w=w, v=v)

    twins = worlds.Twins(build)
    for p in (0.5, 0.5, 0.5, 2.0, 0.5, 2.0, 0.5):
        raises = RuntimeError if p > 1 else ()
        twins.both(lambda world: setattr(world, "old", (world.w * world.v).sum()))
        twins.call(lambda _, p=p: (torch.full((4,), p),), raises=raises)
        twins.both(lambda world: world.old.backward(), RuntimeError)


def test_segments(worlds):
    world = worlds.classifier()
    step = torch.compile(world.step)
    for seed in range(3):
        step(*worlds.batch(8, seed))
    assert [type(each) for each in step.program.program.segments] == [NativeSegment]
    odd = torch.compile(lambda x: F.elu(F.relu(x).sin()))
    odd(worlds.batch(8)[0])
    kinds = [type(each) for each in odd.program.program.segments]
    assert kinds == [NativeSegment, PythonSegment, NativeSegment]


def test_keyboard_interrupt_in_a_long_replay():
    printed = run("""
        import signal
        import minigrad as torch
        from minigrad import nn

        net = nn.Sequential(*[nn.Linear(512, 512, bias=False) for _ in range(60)])

        @torch.compile
        def step(x):
            with torch.no_grad():
                return net(x)

        x = torch.ones(512, 512)
        expected = step(x)
        step(x)
        print(len(step.program.program.segments) > 2)  # looked at between any two of them
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try:
            while True:
                step(x)
        except KeyboardInterrupt:
            print((step(x).array == expected.array).all())
    """)
    assert printed.split() == ["True", "True"]


def test_ctrl_c_during_a_native_run_finds_the_step_done(worlds, monkeypatch):
    """Python sees the signal when the native call returns: by then all of it has happened."""
    twins = worlds.Twins(lambda: worlds.classifier(momentum=0.9))
    twins.train(4)
    run = machine.run

    def interrupted(*addresses):
        assert run(*addresses) == 0
        raise KeyboardInterrupt

    monkeypatch.setattr(machine, "run", interrupted)
    monkeypatch.setattr(machine, "run_briefly", interrupted)
    with pytest.raises(KeyboardInterrupt):
        twins.compiled.step(*worlds.batch(8))
    monkeypatch.undo()
    twins.eager.step(*worlds.batch(8))
    twins.do(lambda world: None)  # compares everything
    twins.train(3)


def test_plain_packing_gives_the_same():
    script = """
        import minigrad as torch
        from minigrad import nn, optim
        from minigrad.nn import functional as F
        from minigrad.utils.data import DataLoader, TensorDataset

        torch.manual_seed(0)
        net = nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.ELU(), nn.Linear(4, 1))
        optimizer = optim.Adam(net.parameters())

        @torch.compile
        def step(x, rows):
            optimizer.zero_grad()
            loss = F.mse_loss(net(x)[rows], x[:2, :1]) * 0.5
            loss.backward()
            optimizer.step()
            return loss

        x = torch.rand(6, 5)
        for k in range(5):
            for given in (x, x[:4], x[2:], x.T[:5, :5]):
                print(step(given, torch.tensor([k % 3, 0])).item().hex())
        relu, data = torch.compile(F.relu), TensorDataset(torch.randn(50, 3))
        print([relu.epoch(DataLoader(data, 5, shuffle=True)).tolist() for _ in range(3)])
        print([p.tolist() for p in net.parameters()])
    """
    assert run(script, MINIGRAD_PLAIN_PACKING="1") == run(script, MINIGRAD_PLAIN_PACKING="0")
