"""What does the command answer, and with which exit status?"""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from bench import command
from bench.measurement import Measurements, WrongResultError
from bench.network import COMPILED, EAGER, TORCH


def test_minigrad_alone_is_timed_where_pytorch_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "torch" else find(name))
    path = tmp_path / "bench.json"
    arguments = ["--quick", "--rounds", "2", "--steps", "3", "--json", str(path)]
    assert command.main(arguments) == 0
    output = capsys.readouterr().out
    assert "PyTorch is not installed: minigrad is timed alone." in output
    content = json.loads(path.read_text(encoding="utf-8"))
    assert set(content["seconds"]["steps"]) == {EAGER.label, COMPILED.label}
    assert all(len(times) == 2 for times in content["seconds"]["steps"].values())
    assert content["effort"]["steps"] == 3


def test_wrong_results_give_1_and_no_times(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(*arguments: Any) -> Measurements:
        raise WrongResultError("one and another do not compute the same")

    monkeypatch.setattr(command, "measure", measure)
    assert command.main([]) == 1
    printed = capsys.readouterr()
    assert printed.err == "bench: no times: one and another do not compute the same\n"
    assert not any(unit in printed.out for unit in ("µs", "ms", "Training step"))


def test_missed_targets_give_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = Measurements(
        steps={each.label: [1.0] for each in (TORCH, EAGER, COMPILED)},
        starts={"torch": [1.0], "minigrad": [1.0]},
        first_calls={"eager": [1.0], "first": [4.0], "second": [1.0]},
    )
    monkeypatch.setattr(command, "measure", lambda *arguments: slow)
    assert command.main([]) == 0
    assert capsys.readouterr().out.count("missed") == 4


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--rounds", "0"], "--rounds: expected a positive integer, got '0'"),
        (["--steps", "many"], "--steps: expected a positive integer, got 'many'"),
        (["--json", "no/such/folder/bench.json"], "no folder"),
        (["--fast"], "--fast"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert named in message
