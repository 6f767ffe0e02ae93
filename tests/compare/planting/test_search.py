"""Is a planted fault found by the comparison's own rows, and what is nobody's to see, missed?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare import __main__ as entry, command
from compare.planting import command as planting, corpus
from compare.planting.fault import Fault
from compare.planting.search import Search
from minigrad.testing.corpus import signs

FAULT = Fault("relu: a slope of 1 at 0", "ops.relu:backward", "out[i] <= 0", "out[i] < 0")
NONE = Fault("relu: the same in other words", "ops.relu:backward", "out[i] <= 0", "0 >= out[i]")


def test_what_is_wrong_is_found_and_what_is_right_is_not() -> None:
    search = Search()
    found, same = search.look_for("", FAULT), search.look_for("", NONE)
    assert found.found
    assert {row.quantity for row in found.failed} >= {"grad_x"}
    assert found.line.startswith("minigrad/ops/relu.py:")
    assert not same.found
    assert same.rows == found.rows


def test_an_error_that_was_there_before_finds_nothing() -> None:
    search = Search()
    search._failing["relu"] = {
        (row.operation, row.case, row.dtype, row.quantity)
        for row in search.look_for("", FAULT).failed
    }
    assert not search.look_for("", FAULT).found


def test_trainings_find_a_fault() -> None:
    fault = Fault(
        "",
        "optim.optimizer:Optimizer.zero_grad",
        "param._grad = None",
        "pass",
        ("training SGD",),
    )
    found = Search().look_for("", fault)
    assert found.found
    assert "gradient of" in found.by


def test_the_command_gives_0_and_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "faults.json"
    assert command.main(["--mutate", "--operation", "relu", "--json", str(path)]) == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["found"] == content["planted"] == len(content["faults"]) >= 3
    assert f"{content['found']} of {content['planted']} planted faults found, 100 %" in (
        capsys.readouterr().out
    )


def test_a_fault_that_is_missed_gives_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(planting, "FAULTS", {"theme": [FAULT, NONE]})
    monkeypatch.setattr(planting.corpus, "findings", lambda operations: [])
    assert command.main(["--mutate"]) == 1
    printed = capsys.readouterr().out
    assert f"missed: {NONE.name}, minigrad/ops/relu.py" in printed
    assert "1 of 2 planted faults found, 50 %" in printed


def test_the_file_is_written_although_the_report_cannot_be_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(*arguments: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(planting, "FAULTS", {"theme": [FAULT]})
    monkeypatch.setattr(planting.corpus, "findings", lambda operations: [])
    monkeypatch.setattr(planting, "print_report", closed)
    monkeypatch.setattr("compare.report.output.silence", lambda: None)
    path = tmp_path / "faults.json"
    with pytest.raises(SystemExit) as stopped:
        command.main(["--mutate", "--json", str(path)])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("compare: standard output: Input/output error\n")
    assert json.loads(path.read_text(encoding="utf-8"))["planted"] == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--mutate", "--trajectories"], "--trajectories"),
        (["--mutate", "--html", "page.html"], "--html"),
        (["--mutate", "--steps", "5"], "--steps"),
        (["--mutate", "--operation", "every exp"], "no fault is planted for every exp"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, refusal: Callable[..., str]
) -> None:
    assert named in refusal(command.main, arguments)


def test_an_interrupted_search_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(self: Search, theme: str, fault: Fault) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Search, "look_for", interrupted)
    arguments = ["compare", "--mutate", "--json", str(tmp_path / "faults.json")]
    monkeypatch.setattr("sys.argv", arguments)
    assert entry.main() == 130
    assert capsys.readouterr().err.endswith("compare: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_the_kits_wrong_gradients_are_found_and_its_right_ones_pass() -> None:
    found = list(corpus.findings(["exp", "relu"]))
    assert len(found) > 5
    assert [each.fault.name for each in found if not each.found] == []
    (case, *_), twin = signs.CASES, corpus.on_pytorch(signs)
    assert corpus.difference(case.forward, twin.CASES[0].forward, case.inputs()) is None
