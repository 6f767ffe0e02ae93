"""Runs add up, and the file of one is all that the next needs."""

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare.fuzzing.block import Block, Found
from compare.fuzzing.coverage import Cell
from compare.fuzzing.state import BLOCK, State, read_state, write_state

EXP = Cell("exp", "float32", "contiguous", "plain", "gradient")
LOG = EXP._replace(operation="log")
OLD = '{"version": 1, "open": [], "programs": 3}'  # seeds stood for other programs


def block(programs: int, *cells: Cell, found: tuple[Found, ...] = ()) -> Block:
    return Block(programs, cells=Counter(cells), found=list(found), explained=Counter({"row": 1}))


def all_seeds(state: State, target: int) -> list[tuple[int, int]]:
    """What is given out until the target is reached."""
    seeds = []
    while (taken := state.take([], target)) is not None:
        seeds.append(taken)
        state.answered(taken, block(taken[1] - taken[0]))
    return seeds


def test_each_seed_is_given_out_once() -> None:
    state = State()
    given = [state.take([], None)]
    given.append(state.take(given, None))
    assert given == [(0, BLOCK), (BLOCK, 2 * BLOCK)] == state.open
    assert all_seeds(State(), 120) == [(0, 50), (50, 100), (100, 120)]


def test_what_was_not_answered_is_run_first_by_the_next_run() -> None:
    state = State()
    first, second = state.take([], None), state.take([(0, BLOCK)], None)
    state.answered(second, block(BLOCK))
    assert state.take([], None) == first
    assert all_seeds(State(next_seed=100, open=[(0, 50)]), 20) == [(0, 20)]


def test_a_crash_is_kept_and_the_rest_of_its_block_is_run() -> None:
    state = State()
    seeds = state.take([], 10)
    state.crashed(seeds, 3, "the process was ended by SIGSEGV")
    assert state.crashes == {3: "the process was ended by SIGSEGV"} and state.programs == 1
    assert all_seeds(state, 10) == [(0, 3), (4, 10)]


def test_counts_coverage_and_differences_add_up() -> None:
    state = State()
    one = Found(7, ("exp", "value"), "text", ["a = torch.ones(2)"])
    other = Found(60, ("exp", "value"), "text", ["b = torch.ones(2)"])
    for number, result in enumerate(
        [block(50, EXP, found=(one,)), block(50, EXP, LOG, found=(other,)), block(50, LOG)]
    ):
        state.answered(state.take([], None), result)
        assert state.growth[-1] == (50 * (number + 1), min(number + 1, 2))
    assert state.cells == Counter({EXP: 2, LOG: 2}) and state.explained["row"] == 3
    assert [(each.seed, each.count) for each in state.found] == [(7, 2)]


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = State(seconds=1.5)
    found = Found(7, ("exp", "value"), "text", ["a = torch.ones(2)"])
    state.answered(state.take([], None), block(50, EXP, found=(found,)))
    state.crashed(state.take([], None), 60, "the process ended with status 1")
    write_state(path, state)
    assert read_state(path) == state
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 0}', '{"version": 2, "open": []}', OLD]
)
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="is not a state of the fuzzing"):
        read_state(path)
