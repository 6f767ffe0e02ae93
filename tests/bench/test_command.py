"""What does the command answer, and with which exit status?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as program, command, sections
from bench.contenders import COMPILED, EAGER, TORCH
from bench.rounds import Outcome
from bench.sections import Asked

from .pretended import MEMORY


def outcomes(wrong: bool = False) -> dict[str, Outcome]:
    bad = Outcome(trouble="wrong result: step 3, 0.7 against 0.6", is_failure=True)
    return {
        TORCH.name: Outcome([4e-4, 5e-4], memory=MEMORY),
        EAGER.name: Outcome([1e-4, 2e-4], memory=MEMORY),
        COMPILED.name: bad if wrong else Outcome([1e-5, 1e-5], memory=MEMORY),
    }


@pytest.mark.parametrize("wrong", [False, True])
def test_a_wrong_result_gives_1_and_is_shown_beside_the_others(
    wrong: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sections, "measure_workload", lambda *given: outcomes(wrong))
    path = tmp_path / "bench.json"
    given = ["--workload", "slides-32-sgd", "--threads", "1", "--json", str(path)]
    assert command.main(given) == int(wrong)
    lines = capsys.readouterr().out.splitlines()
    (line,) = [each for each in lines if each.startswith("  minigrad compiled")]
    assert ("wrong result: step 3, 0.7 against 0.6" in line) == wrong
    assert ("µs" in line) != wrong
    assert any(each.startswith("  minigrad eager") and "150 µs" in each for each in lines)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["machine"]["threads"] == 1
    found = content["workloads"]["slides-32-sgd"]
    assert found[EAGER.name]["rounds"] == [1e-4, 2e-4]
    assert ("trouble" in found[COMPILED.name]) == wrong


def test_minigrad_is_measured_from_end_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--workload", "slides-32-sgd", "--rounds", "2", "--seconds", "0.001"]
    given += ["--contender", "minigrad", "--contender", "minigrad.compile"]
    assert command.main(given) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line.split("  ")[1] for line in lines if line.startswith("  minigrad ")]
    assert [each.strip() for each in shown] == [EAGER.label, COMPILED.label]


def asked_for(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Asked:
    given: list[Asked] = []
    monkeypatch.setattr(command, "run", lambda asked, write: given.append(asked) or 0)
    assert command.main(arguments) == 0
    return given[0]


def test_all_of_it_is_measured_unless_something_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = asked_for(monkeypatch)
    assert len(everything.workloads) == 21
    assert everything.sections == sections.SECTIONS
    chosen = asked_for(monkeypatch, "--workload", "deep-128-adam", "--contender", "minigrad")
    assert [each.name for each in chosen.workloads] == ["deep-128-adam"]
    assert [each.name for each in chosen.contenders] == ["minigrad"]
    assert list(chosen.sections) == ["steps"]
    assert list(asked_for(monkeypatch, "--section", "growth").sections) == ["growth"]


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "is_installed", lambda each: each.library == "minigrad")
    asked = asked_for(monkeypatch)
    assert list(asked.contenders) == [EAGER, COMPILED]
    assert {each.library for each in asked.absent} == {"torch", "jax"}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--rounds", "0"], "--rounds: expected a positive integer, got '0'"),
        (["--threads", "two"], "--threads: expected a positive integer, got 'two'"),
        (["--seconds", "nan"], "--seconds: expected seconds above 0, up to 60, got 'nan'"),
        (["--workload", "slides"], "--workload: invalid choice: 'slides'"),
        (["--contender", "numpy"], "--contender: invalid choice: 'numpy'"),
        (["--section", "all"], "--section: invalid choice: 'all'"),
        (["--json", "no/such/folder/bench.json"], "no folder"),
        (["--json", "."], "'.' is a folder"),
        (["--charts", "no/such/folder"], "no folder"),
        (["--fast"], "--fast"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, refusal: Callable[..., str]
) -> None:
    assert named in refusal(command.main, arguments)


def test_an_interruption_is_one_line_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(sections, "measure_workload", interrupted)
    path = tmp_path / "bench.json"
    monkeypatch.setattr("sys.argv", ["bench", "--section", "steps", "--json", str(path)])
    assert program.main() == 130
    assert capsys.readouterr().err == "bench: interrupted\n"
    assert not list(tmp_path.iterdir())
