"""What does the command answer when it is asked to fuzz?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare import command
from compare.fuzzing import cases, command as fuzzing, session, workers
from compare.fuzzing.block import Block, Found, run_block
from compare.fuzzing.drawing import lines_of, program_of
from compare.fuzzing.session import Session
from compare.fuzzing.state import State, read_state, write_state


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Programs run in this process, and differences are kept elsewhere."""

    def run(
        state: State,
        processes: int,
        programs: int | None,
        until: float | None,
        told: Callable[[], None],
        runner: workers.Runner,
    ) -> None:
        target = None if programs is None else state.programs + programs
        while (seeds := state.take([], target)) is not None:
            state.answered(seeds, runner(range(*seeds), state.kinds()))
            told()

    monkeypatch.setattr(session.workers, "run", run)
    (tmp_path / "found").mkdir()
    monkeypatch.setattr(Session.__init__, "__defaults__", (tmp_path / "found",))


def test_runs_add_up(here: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "state.json"
    assert command.main(["--fuzz", "--examples", "12", "--state", str(path)]) == 0
    first = read_state(path)
    assert command.main(["--fuzz", "--examples", "8", "--state", str(path)]) == 0
    both = read_state(path)
    assert (first.programs, both.programs, both.next_seed, both.open) == (12, 20, 20, [])
    assert both.cells.total() > first.cells.total() and both.seconds > first.seconds
    whole = State()
    whole.answered(whole.take([], 20), run_block(range(20)))
    assert both.cells == whole.cells and both.lines == whole.lines
    printed = capsys.readouterr().out
    assert "20 programs of" in printed and "0 unexplained" in printed
    assert "Never met: " in printed


def one_difference(*given: Any) -> Block:
    found = Found(3, ("exp", "value"), "`b = a.exp()`: it differs", ["a = torch.ones(2)"])
    return Block(1, found=[found])


def test_a_difference_gives_1_is_shown_and_kept_as_a_script(
    here: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Session.run, "__defaults__", (one_difference,))
    assert command.main(["--fuzz", "--examples", "1"]) == 1
    assert "`b = a.exp()`: it differs\n\nimport torch\n\na = torch.ones(2)" in (
        capsys.readouterr().out
    )
    assert cases.lines("exp_value_3", tmp_path / "found") == ["a = torch.ones(2)"]
    exec((tmp_path / "found" / "exp_value_3.py").read_text(encoding="utf-8"), {})


def test_a_difference_that_is_mended_is_not_told_of_by_the_next_run(
    here: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "state.json"
    state = State()
    state.answered(state.take([], 1), one_difference())
    write_state(path, state)
    assert command.main(["--fuzz", "--examples", "1", "--state", str(path)]) == 0
    assert read_state(path).found == [] and read_state(path).programs == 2
    assert "0 unexplained" in capsys.readouterr().out


def test_an_interrupted_run_says_so_and_leaves_a_state_to_go_on_from(
    here: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answered: list[Block] = []

    def then_interrupted(*given: Any) -> Block:
        if answered:
            raise KeyboardInterrupt
        answered.append(Block(50))
        return answered[0]

    monkeypatch.setattr(Session.run, "__defaults__", (then_interrupted,))
    path = tmp_path / "state.json"
    assert command.main(["--fuzz", "--examples", "100", "--state", str(path)]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"compare: interrupted after 50 programs in all; --state {path} goes on from here"
    )
    left = read_state(path)
    assert (left.programs, left.open) == (50, [(50, 100)])
    assert {each.name for each in tmp_path.iterdir()} == {"state.json", "found"}


def test_a_program_that_ends_its_process_is_shown_and_the_others_are_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The module is written here, so that another process can import it."""
    (tmp_path / "crashing.py").write_text(CRASHING, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    from crashing import crash  # type: ignore[import-not-found]

    state = State()
    workers.run(state, 1, 6, None, lambda: None, crash)
    lines = lines_of(program_of(3))
    assert state.crashes == {3: "\n".join(["the process was ended by SIGSEGV", *lines])}
    assert (state.programs, state.next_seed, state.open) == (6, 6, [])


CRASHING = """
import signal
from compare.fuzzing.block import Block

def crash(seeds, known, begin):
    for seed in seeds:
        begin(seed)
        if seed == 3:
            signal.raise_signal(signal.SIGSEGV)
    return Block(len(seeds))
"""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--fuzz", "--examples", "0"], "'0': expected a whole number of at least 1"),
        (["--fuzz", "--budget", "soon"], "'soon': expected a time like 90s, 10m or 2h"),
        (["--fuzz", "--budget", "0m"], "'0m': expected a time"),
        (["--fuzz", "--processes", "-1"], "'-1': expected a whole number"),
        (["--fuzz", "--state", "no/such/state.json"], "there is no folder 'no/such'"),
        (["--fuzz", "--state", "."], "is a folder"),
        (["--fuzz", "--state", __file__], "is not a state of the fuzzing"),
        (["--fuzz", "--operation", "elu"], "--operation: is not said of --fuzz"),
        (["--fuzz", "--trajectories"], "--trajectories: is not said of --fuzz"),
        (["--fuzz", "--json", "a.json"], "--json: is not said of --fuzz"),
        (["--fuzz", "--steps", "5"], "--steps: is not said of --fuzz"),
        (["--budget", "1m"], "--budget: is said of --fuzz"),
        (["--state", "a.json"], "--state: is said of --fuzz"),
        (["--replay", "-1"], "--replay"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, refusal: Callable[..., str]
) -> None:
    assert named in refusal(command.main, arguments)


def test_a_seed_and_what_was_kept_can_be_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--replay", "5"]) == 0
    assert capsys.readouterr().out.startswith("import torch\n\na = torch.")
    assert command.main(["--replay", "isclose_strides_2316"]) == 0


def test_a_budget_is_read_in_seconds_minutes_and_hours() -> None:
    assert [fuzzing.budget(each) for each in ("90s", "1.5m", "2h")] == [90.0, 90.0, 7200.0]


def test_a_state_is_json(here: None, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    command.main(["--fuzz", "--examples", "2", "--state", str(path)])
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["programs"] == 2 and all(len(each) == 6 for each in content["cells"])
