"""What does the command answer when it is asked for trajectories?"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare import command
from compare.row import FAIL, PASS
from compare.trajectories import command as trajectories
from compare.trajectories.course import Place
from compare.trajectories.outcome import Found, Outcome, compare

PARTED = Outcome("Adam", 30, 61, parting=Place(7, "fc1.weight", float("inf")))


@pytest.fixture
def two_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    def few(steps: int) -> Iterator[Found]:
        return compare(steps, ["SGD", "dropout"])

    monkeypatch.setattr(trajectories, "compare", few)


def test_scripts_that_pass_give_0_and_files(
    two_scripts: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    rows, picture = tmp_path / "rows.json", tmp_path / "deviations.png"
    asked = ["--trajectories", "--steps", "20", "--json", str(rows), "--picture", str(picture)]
    assert command.main(asked) == 0
    content = json.loads(rows.read_text(encoding="utf-8"))["trajectories"]
    assert [(each["script"], each["steps"], each["verdict"]) for each in content] == [
        ("SGD", 20, PASS),
        ("dropout", 20, PASS),
    ]
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert sorted(tmp_path.iterdir()) == [picture, rows]
    assert "2 scripts: 2 pass, 0 FAIL" in capsys.readouterr().out


def test_a_script_that_parts_gives_1_and_is_in_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(trajectories, "compare", lambda steps: [Found(PARTED)])
    rows = tmp_path / "rows.json"
    assert command.main(["--trajectories", "--json", str(rows)]) == 1
    (row,) = json.loads(rows.read_text(encoding="utf-8"))["trajectories"]
    assert row["verdict"] == FAIL
    assert row["parting"] == {"step": 7, "tensor": "fc1.weight", "ratio": "inf"}


@pytest.mark.parametrize(("found", "status"), [([], 0), ([Found(PARTED)], 1)])
def test_a_page_has_the_rows_and_the_trajectories_beside_them(
    found: list[Found], status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("jinja2")
    monkeypatch.setattr(trajectories, "compare", lambda steps: found)
    monkeypatch.setattr(command, "names", lambda: ["relu"])
    monkeypatch.setattr(command.replay, "replay", lambda devices: [])
    path, rows = tmp_path / "page.html", tmp_path / "rows.json"
    asked = ["--trajectories", "--html", str(path), "--json", str(rows)]
    assert command.main(asked) == status
    text, content = path.read_text(encoding="utf-8"), json.loads(rows.read_text(encoding="utf-8"))
    assert "<h2>Trajectories</h2>" in text and "relu" in text
    assert ("Adam: training parts at step 7" in text) is bool(found)
    assert content["rows"] and content["sections"][0]["title"] == "Trajectories"


def test_a_picture_that_cannot_be_written_does_not_cost_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, found: list[Found]) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(trajectories, "compare", lambda steps: [Found(PARTED)])
    monkeypatch.setattr(trajectories, "draw", full)
    monkeypatch.setattr(command, "names", lambda: ["relu"])
    monkeypatch.setattr(command.replay, "replay", lambda devices: [])
    monkeypatch.setattr(trajectories, "find_spec", lambda name: name)
    path, picture = tmp_path / "page.html", tmp_path / "a.png"
    with pytest.raises(SystemExit) as stopped:
        command.main(["--trajectories", "--html", str(path), "--picture", str(picture)])
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.err.splitlines()[-1] == f"compare: {picture}: No space left on device"
    assert " rows: " in printed.out and "Trajectories" in path.read_text(encoding="utf-8")


def test_files_are_written_although_the_report_cannot_be_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, refusal: Callable[..., str]
) -> None:
    def closed(*arguments: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(trajectories, "compare", lambda steps: [Found(PARTED)])
    monkeypatch.setattr(trajectories, "print_report", closed)
    monkeypatch.setattr("compare.report.output.silence", lambda: None)
    rows = tmp_path / "rows.json"
    message = refusal(command.main, ["--trajectories", "--json", str(rows)])
    assert message == "compare: standard output: Input/output error\n"
    assert rows.exists()


def test_an_interrupted_picture_leaves_the_old_one(
    two_scripts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "deviations.png"
    picture.write_text("old", encoding="utf-8")

    def interrupted(*arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        command.main(["--trajectories", "--steps", "2", "--picture", str(picture)])
    assert [each.name for each in tmp_path.iterdir()] == ["deviations.png"]
    assert picture.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--trajectories", "--steps", "0"], "'0': expected a whole number of at least 1"),
        (["--trajectories", "--steps", "many"], "'many': expected a whole number"),
        (["--steps", "5"], "--steps: is said of --trajectories"),
        (["--picture", "a.png"], "--picture: is said of --trajectories"),
        (["--trajectories", "--operation", "elu"], "--operation"),
        (["--trajectories", "--time"], "--time: is said of rows"),
        (["--trajectories", "--record"], "--record: is said of rows"),
        (["--trajectories", "--picture", "a.jpg"], "expected a name that ends in .png"),
        (["--trajectories", "--picture", "no/such/a.png"], "there is no folder 'no/such'"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, refusal: Callable[..., str]
) -> None:
    assert named in refusal(command.main, arguments)
