"""Does a step with random numbers draw what it would draw eagerly?"""

import warnings

import pytest

import minigrad as torch


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


def makes_a_generator(x, own):
    return torch.rand(3, generator=torch.Generator().manual_seed(1)) + x


def seeds_its_own(x, own):
    return torch.rand(3, generator=own.manual_seed(4)) + x


@pytest.mark.parametrize(
    "step", [seeds_first, seeds_in_between, seeds_last, makes_a_generator, seeds_its_own]
)
def test_a_step_that_seeds_is_run_each_time(worlds, step):
    twins = worlds.Twins(lambda: worlds.World(step=step, own=torch.Generator()))
    for value in range(4):
        twins.call(lambda world, v=value: (torch.full((3,), v), world.own), ran="recorded")
        twins.both(lambda world: torch.rand(2))


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
