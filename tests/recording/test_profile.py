"""What a profile says, and that measuring leaves no trace."""

import re

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn, random
from minigrad.kernels.roofline import roofline
from minigrad.nn import functional as F
from minigrad.recording.columns import WIDTH
from minigrad.recording.work import works

from .test_program import run


@pytest.fixture
def step(worlds):
    """A step with native instructions and with such that run in Python, one of which draws."""
    world = worlds.classifier(torch.optim.Adam)

    def step(x, y):
        world.optimizer.zero_grad()
        mask = torch.empty(9, len(x)).T.bernoulli_(0.5)  # not of a kind that kernels draw
        loss = F.binary_cross_entropy(world.net(x * mask), y) * 2.0
        loss.backward()
        world.optimizer.step()
        return loss

    compiled = torch.compile(step)
    for seed in range(3):
        compiled(*worlds.batch(8, seed))
    compiled.world = world
    return compiled


def seen(world):
    """All that a step could change, and whose."""
    tensors = [each for each in world.tensors().values() if each is not None]
    tensors += [each.grad for each in world.net.parameters()]
    versions = [(id(each), id(each.array), each._version) for each in tensors]
    return versions, [each.array.tobytes() for each in tensors]


def test_nothing_is_changed(step, worlds):
    x, y = worlds.batch(8)
    before, given = seen(step.world), (x.array.copy(), y.array.copy())
    state, moves = random.default_generator.get_state(), random.default_generator.moves
    program = step.program
    program.profile(x, y, rounds=2)
    assert seen(step.world) == before
    assert all(map(np.array_equal, (x.array, y.array), given))
    assert np.array_equal(random.default_generator.get_state(), state)
    assert random.default_generator.moves == moves
    assert step.program is program


def test_a_step_goes_on_as_if_it_had_not_been_profiled(worlds):
    twins = worlds.Twins(worlds.classifier)
    for _ in range(3):
        twins.train(3)
        twins.compiled.step.program.profile(rounds=1)
    twins.train(3)


def test_a_row_for_each_instruction(step):
    profile = step.program.profile(rounds=2)
    lines = step.program.program.lines
    assert [row.instruction for row in profile.rows] == list(range(len(lines)))
    assert [row.site for row in profile.rows] == [line.site for line in lines]
    assert [(row.nbytes, row.flops) for row in profile.rows] == works(step.program.program)
    assert {row.is_native for row in profile.rows} == {True, False}
    assert all(row.is_native or row.flops_per_second is None for row in profile.rows)
    assert profile.seconds == sum(row.seconds for row in profile.rows) > 0
    assert sum(row.share for row in profile.rows) == pytest.approx(1)
    assert profile.step_seconds > 0
    assert profile.limits is roofline()


def test_rates_and_limits_follow_from_times(step):
    profile = step.program.profile(rounds=1)
    for row in profile.rows:
        line = step.program.program.lines[row.instruction]
        if row.is_native and row.seconds:
            least, bound = profile.limits.bound(row.nbytes, row.flops, line.dtype.name)
            assert (row.least_seconds, row.bound) == (least, bound)
            assert row.bytes_per_second == row.nbytes / row.seconds
            assert row.flops_per_second == row.flops / row.seconds
            assert row.share_of_limit == row.least_seconds / row.seconds
    never = profile.rows[0]._replace(seconds=0.0)
    assert (never.bytes_per_second, never.share_of_limit) == (0.0, 0.0)


def test_the_table(step):
    profile = step.program.profile(rounds=1)
    first, limits, headings, *rest = str(profile).split("\n")
    assert re.fullmatch(r"\d+ instructions, one by one .+s, in one run .+s", first)
    assert limits.startswith("limits of one core: ")
    assert headings.split() == "kernel time share GB/s Gflop/s of the limit".split()
    table, longest = rest[: rest.index("most time:")], rest[rest.index("most time:") + 1 :]
    above = [row for row in table if row.startswith("test_profile.py:")]
    assert len(table) == len(above) + len(profile.rows)
    assert above[-1].endswith("  world.optimizer.step()")
    drawing = next(row for row in table if " by_chance " in row)
    assert drawing.endswith("Python")
    assert 1 < len(longest) <= 5
    assert max(map(len, str(profile).split("\n"))) <= WIDTH


def test_a_program_without_instructions():
    step = torch.compile(lambda x: x)
    x = torch.ones(2)
    for _ in range(2):
        step(x)
    profile = step.program.profile()
    assert (profile.rows, profile.seconds) == ([], 0)
    assert str(profile).startswith("0 instructions, one by one 0 s, in one run ")


def test_arguments_are_those_of_the_step(step, worlds):
    x, y = worlds.batch(8)
    with pytest.raises(ValueError, match=r"is for tensors of float32 \(8, 9\) .*got float32 \(4,"):
        step.program.profile(x[:4], y[:4])
    with pytest.raises(ValueError, match=r"got float32 \(8, 9\) with strides \(36, 4\)$"):
        step.program.profile(x)
    with pytest.raises(RuntimeError, match="between 0 and 1"):
        step.program.profile(x, y + 2.0)


@pytest.mark.parametrize("rounds", [0, -1, 2.0, None])
def test_rounds_are_counted(step, rounds):
    with pytest.raises(ValueError, match=r"rounds must be an int of at least 1, got"):
        step.program.profile(rounds=rounds)


def test_an_error_of_arguments_that_were_made_up_says_so():
    step = torch.compile(lambda x: F.binary_cross_entropy(x - 2.0, x - 2.0))
    step(torch.full((3,), 2.5))
    with pytest.raises(RuntimeError, match="between 0 and 1") as caught:
        step.program.profile()
    assert "made some up" in caught.value.__notes__[0]


def test_without_a_program_the_reason_is_given():
    net = nn.Linear(2, 2)
    net.register_forward_hook(lambda *_: None)
    eager = torch.compile(lambda x: net(x))
    eager(torch.ones(1, 2))
    with pytest.raises(RuntimeError, match="no program, the step runs eagerly: a Linear has a"):
        eager.program.profile()

    count = [0]

    def counting(x):
        count[0] += 1
        return x * 1.0

    recorded = torch.compile(counting)
    for _ in range(2):
        recorded(torch.ones(1))
    with pytest.raises(RuntimeError, match="no program, the step is recorded at every call; what"):
        recorded.program.profile()


def test_plain_packing_profiles_as_well():
    printed = run(
        """
        import minigrad as torch
        from minigrad import nn

        net = nn.Linear(3, 2)
        step = torch.compile(lambda x: net(x).detach().floor())
        step(torch.ones(4, 3))
        print([row.kernel for row in step.program.profile(rounds=1).rows])
        """,
        MINIGRAD_PLAIN_PACKING="1",
    )
    assert printed == "['linear.forward', 'floor']\n"
