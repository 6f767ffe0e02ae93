"""Does a step with random numbers draw what it would draw eagerly?"""

import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

import minigrad as torch
from minigrad import nn
from minigrad.random.launched import DRAWS


def seeds_first(x, own):
    torch.manual_seed(5)
    return torch.rand(3) + x


def seeds_in_between(x, own):
    first = torch.rand(3)
    torch.manual_seed(5)
    return first + torch.randn(3) + x


def seeds_last(x, own):
    noise = torch.rand(3)
    torch.manual_seed(7)
    return noise + x


def asks_for_the_seed(x, own):
    return torch.rand(3) * (torch.initial_seed() % 100) + x


def makes_a_generator(x, own):
    return torch.rand(3, generator=torch.Generator().manual_seed(1)) + x


def seeds_its_own(x, own):
    return torch.rand(3, generator=own.manual_seed(4)) + x


@pytest.mark.parametrize(
    "step",
    [
        seeds_first,
        seeds_in_between,
        seeds_last,
        asks_for_the_seed,
        makes_a_generator,
        seeds_its_own,
    ],
)
def test_a_step_that_seeds_is_run_each_time(worlds, step):
    twins = worlds.Twins(lambda: worlds.World(step=step, own=torch.Generator()))
    for value in range(4):
        twins.call(lambda world, v=value: (torch.full((3,), v), world.own), ran="recorded")
        twins.both(lambda world: torch.rand(2))


def draws_natively(x, own):
    noise = torch.rand(3) + torch.randn(3, generator=own) + torch.randn(20)[:3]
    return nn.functional.dropout(x + noise, 0.5)


def test_the_commonest_draws_are_replayed_without_python(worlds):
    def build():
        own = torch.Generator()
        return worlds.World(step=lambda x: draws_natively(x, own), own=own)

    twins = worlds.Twins(build)
    for seed in range(4):
        twins.call(lambda _: (torch.ones(3),))
        twins.do(lambda world, seed=seed: world.own.manual_seed(seed))
        twins.do(lambda world, seed=seed: torch.manual_seed(seed))
        twins.call(lambda _: (torch.ones(3),), ran="replayed")
    lines = twins.compiled.step.program.program.lines
    assert len([each for each in lines if each.kernel in DRAWS]) == 4


def test_a_replay_that_is_verified_draws_what_the_eager_run_drew():
    step = torch.compile(lambda x: draws_natively(x, None), verify=3)
    torch.manual_seed(0)
    found = [step(torch.ones(3)) for _ in range(5)]
    torch.manual_seed(0)
    for each in found:
        assert torch.equal(each, draws_natively(torch.ones(3), None))


def test_no_other_thread_of_python_runs_while_a_step_draws():
    """So nobody looks at a generator, or seeds it, in the middle of a draw, or forks there."""
    step = torch.compile(lambda x: torch.relu(x + torch.randn(2**20)))
    for _ in range(3):
        step(torch.ones(2**20))
    program = step.program.program
    drawing = [k for k, each in enumerate(program.lines) if each.kernel in DRAWS]
    alone = [each for each in program.segments if each.first in drawing]
    assert len(alone) == 1 and alone[0].last == alone[0].first + 1 and not alone[0].is_long
    assert any(each.is_long for each in program.segments)
    assert program.in_one_piece  # for an epoch, in which it holds Python's lock throughout


def test_steps_that_draw_in_two_threads_share_one_stream():
    """Each mask is a stretch of the stream of its own, wherever the threads met."""
    count, size = 20, 200_000

    def masks(step):
        return [step() for _ in range(count)]

    steps = [torch.compile(lambda: torch.rand(size)) for _ in range(2)]
    for step in steps:
        masks(step)
    torch.manual_seed(0)
    expected = sorted(torch.rand(size)[:2].tolist() for _ in range(2 * count))
    torch.manual_seed(0)
    with ThreadPoolExecutor(2) as pool:
        found = [each for both in pool.map(masks, steps) for each in both]
    assert sorted(each[:2].tolist() for each in found) == expected


def draws(x, own):
    return torch.rand(3) + torch.rand(3, generator=own) + x[torch.randperm(3)]


def test_a_step_that_draws_is_replayed_and_follows_seeds_from_outside(worlds):
    def build():
        own = torch.Generator()
        return worlds.World(step=lambda x: draws(x, own), own=own)

    twins = worlds.Twins(build)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for seed in range(4):
            twins.both(lambda world: torch.rand(2))
            twins.call(lambda _: (torch.ones(3),))
            twins.do(lambda world, seed=seed: world.own.manual_seed(seed))
            twins.do(lambda world, seed=seed: torch.manual_seed(seed))
            twins.call(lambda _: (torch.ones(3),), ran="replayed")
