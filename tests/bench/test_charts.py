"""Are pictures whole, and only of what was measured?"""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib")

from bench import charts, operation_charts
from bench.contenders import COMPILED, TORCH
from bench.found import Found
from bench.operation_times import Passes, Times
from bench.rates import Rates
from bench.rounds import Outcome

BOTH = {TORCH.name: Outcome([4e-4]), COMPILED.name: Outcome([1e-5])}
WRONG = {TORCH.name: Outcome([4e-4]), COMPILED.name: Outcome(trouble="wrong result")}


def test_each_measured_section_has_its_picture(tmp_path: Path) -> None:
    found = Found(workloads={"slides-32-sgd": BOTH, "deep-128-adam": WRONG})
    found.growth = [("batch", 1, BOTH), ("batch", 8, WRONG), ("depth", 2, BOTH)]
    drawn = charts.draw(found, tmp_path / "new")
    assert [path.name for path in drawn] == ["ratios.png", "growth.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)
    assert sorted((tmp_path / "new").iterdir()) == sorted(drawn)


def test_a_wrong_result_has_no_bar() -> None:
    assert charts.ratios(BOTH) == {COMPILED.name: pytest.approx(40)}
    assert charts.ratios(WRONG) == {}


def test_nothing_measured_is_nothing_drawn(tmp_path: Path) -> None:
    assert charts.draw(Found(), tmp_path) == []
    assert operation_charts.draw([], Rates(1.0, 1.0), tmp_path) == []


def test_operations_have_a_panel_each(tmp_path: Path) -> None:
    passes = Passes(1.0, 2.0)
    measured = [
        Times(name, rows, {"minigrad": passes}, passes, None)
        for name in ("elu", "relu")
        for rows in (1, 16)
    ]
    (path,) = operation_charts.draw(measured, Rates(1.0, 1.0), tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_an_interrupted_picture_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ratios.png").write_text("old", encoding="utf-8")

    def interrupted(self: Any, path: str, **settings: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", interrupted)
    with pytest.raises(KeyboardInterrupt):
        charts.draw(Found(workloads={"slides-32-sgd": BOTH}), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["ratios.png"]
    assert (tmp_path / "ratios.png").read_text(encoding="utf-8") == "old"
