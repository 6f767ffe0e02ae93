"""Is a JSON file either whole or not there?"""

import json
from pathlib import Path

import pytest

from compare.report.files import obstacle, write_json


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    write_json(path, {"rows": [{"error": float("inf"), "where": (1, 2), "note": "µ"}]})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "rows": [{"error": "inf", "where": [1, 2], "note": "µ"}]
    }


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    write_json(path, {"rows": 1})
    with pytest.raises(TypeError):
        write_json(path, {"rows": object()})
    assert json.loads(path.read_text(encoding="utf-8")) == {"rows": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "rows.json"
    with pytest.raises(OSError) as raised:
        write_json(path, {})
    assert raised.value.filename == str(path)


def test_what_fails_while_it_is_written_names_the_file_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.chmod", full)
    with pytest.raises(OSError) as raised:
        write_json(tmp_path / "rows.json", {})
    assert raised.value.filename == str(tmp_path / "rows.json")
    assert list(tmp_path.iterdir()) == []


def test_why_a_file_could_not_be_written_is_known_before(tmp_path: Path) -> None:
    assert obstacle(tmp_path / "rows.json") is None
    assert list(tmp_path.iterdir()) == []
    assert obstacle(tmp_path) == f"{tmp_path} is a folder"
    assert "there is no folder" in str(obstacle(tmp_path / "missing" / "rows.json"))
