"""Are results of a machine kept, and shown beside later ones?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

from compare.report.content import Report
from compare.report.records import record, section
from compare.row import PASS, Row

ROW = Row("elu", "alpha = 1", "float32", "out", 0.4, 0.6, 0.5, "rounding", PASS, (0,), 1.0)
MACHINE = {
    "torch": "2.13.0",
    "processor": "Abacus",
    "date": "2026-01-02 03:04 UTC",
    "devices": ["cpu", "cuda, NVIDIA <H100>, CUDA 13.0"],
}


def test_a_record_has_the_worst_rows_and_is_named_after_device_and_date(tmp_path: Path) -> None:
    worse = replace(ROW, case="alpha = 2", error=0.5, profile=((1.0, 0.4, 0.6),))
    path = record(Report("title", MACHINE, [ROW, worse]), tmp_path / "results")
    assert path.name == "cuda-nvidia-h100-cuda-13.0-2026-01-02.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert [(row["case"], row["profile"]) for row in content["rows"]] == [("alpha = 2", [])]
    assert content["summary"] == "2 rows: 2 pass"


def test_a_page_lies_beside_it_whose_lines_open_to_their_worst_case(tmp_path: Path) -> None:
    worse = replace(ROW, case="alpha = 2", error=0.5)
    path = record(Report("title", MACHINE, [ROW, worse]), tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {path.name, f"{path.stem}.html"}
    text = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "2 rows: 2 pass" in text and "open it for that case" in text
    assert "alpha = 2" in text and "alpha = 1" not in text


def test_without_cuda_a_record_is_named_after_the_processor(tmp_path: Path) -> None:
    machine = {**MACHINE, "devices": ["cpu"]}
    assert record(Report("title", machine, [ROW]), tmp_path).name == "cpu-abacus-2026-01-02.json"


def test_records_are_shown_as_a_section(tmp_path: Path) -> None:
    assert section(tmp_path) is None
    record(Report("title", MACHINE, [ROW]), tmp_path)
    found = section(tmp_path)
    assert found is not None
    assert "1 rows: 1 pass" in found.text
    assert "NVIDIA &lt;H100&gt;" in found.body
