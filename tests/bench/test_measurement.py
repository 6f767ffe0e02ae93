"""Are times taken in turns, and only of what computes the same?"""

import math
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bench import measurement
from bench.measurement import (
    LOSSES,
    Effort,
    Measurements,
    WrongResultError,
    alternate,
    check_losses,
    largest_difference,
    start_afresh,
)
from bench.network import COMPILED, EAGER, TORCH, Contender

RIGHT = [1.0 / (1 + step) for step in range(LOSSES)]


class Pretended:
    """A process that answers at once, and notes what it was asked in a list shared by all."""

    def __init__(self, contender: Contender, losses: list[float], asked: list[Any]) -> None:
        self.contender = contender
        self.losses = losses
        self.asked = asked

    def ask(self, **command: Any) -> dict[str, Any]:
        self.asked.append((self.contender.label, command))
        return {"losses": self.losses, "seconds": 1e-3 * command["steps"]}


def pretended(*losses: list[float]) -> list[Any]:
    asked: list[Any] = []
    contenders = (TORCH, EAGER, COMPILED)
    return [Pretended(each, its, asked) for each, its in zip(contenders, losses, strict=True)]


def test_equal_losses_are_accepted() -> None:
    found = Measurements()
    check_losses(pretended(RIGHT, RIGHT, RIGHT), found)
    assert (found.difference, found.compiled_has_eager_bits) == (0, True)


@pytest.mark.parametrize("wrong", [1.0001, 1 + 1.1e-5, math.nan, math.inf])
@pytest.mark.parametrize("position", [1, 2])
def test_one_wrong_loss_is_refused_and_named(wrong: float, position: int) -> None:
    losses = [RIGHT, RIGHT, RIGHT]
    losses[position] = [*RIGHT[:-1], RIGHT[-1] * wrong]
    label = (TORCH, EAGER, COMPILED)[position].label
    with pytest.raises(WrongResultError, match=f"{label} and PyTorch eager .* step 50"):
        check_losses(pretended(*losses), Measurements())


def test_rounding_is_accepted_and_reported() -> None:
    found = Measurements()
    check_losses(pretended(RIGHT, [each * (1 + 9e-6) for each in RIGHT], RIGHT), found)
    assert found.difference == pytest.approx(9e-6)
    assert not found.compiled_has_eager_bits


@given(st.lists(st.floats(0.1, 10), min_size=1), st.floats(1e-9, 1e9), st.data())
def test_the_largest_difference_is_found(
    losses: list[float], factor: float, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(losses) - 1))
    ours = list(losses)
    ours[position] *= 1 + factor
    step, difference = largest_difference(ours, losses)
    assert step == position
    assert difference == pytest.approx(factor, rel=1e-3)


def test_fewer_losses_differ() -> None:
    assert largest_difference(RIGHT[:-1], RIGHT)[1] == math.inf


def test_rounds_alternate_and_the_first_does_not_count() -> None:
    processes = pretended(RIGHT, RIGHT, RIGHT)
    seconds = alternate(processes, Effort(rounds=3, steps=10, starts=1, first_calls=1))
    assert {label: len(times) for label, times in seconds.items()} == {
        TORCH.label: 3,
        EAGER.label: 3,
        COMPILED.label: 3,
    }
    assert all(each == pytest.approx(1e-3) for times in seconds.values() for each in times)
    asked = processes[0].asked
    rounds = [[label for label, _ in asked[start : start + 3]] for start in range(0, 12, 3)]
    assert all(sorted(each) == sorted(seconds) for each in rounds)
    assert len({each[0] for each in rounds[1:]}) == 3
    steps = {label: command["steps"] for label, command in asked}
    assert steps == {TORCH.label: 10, EAGER.label: 10, COMPILED.label: 100}


def test_new_processes_alternate_and_the_first_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def first_step(name: str) -> float:
        started.append(name)
        return float(len(started))

    monkeypatch.setattr(measurement, "first_step", first_step)
    seconds = start_afresh(["torch", "minigrad"], 2)
    assert started == ["minigrad", "torch", "torch", "minigrad", "minigrad", "torch"]
    assert seconds == {"torch": [3.0, 6.0], "minigrad": [4.0, 5.0]}
