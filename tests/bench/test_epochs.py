"""Are whole epochs timed in turns, and only if every loss is right?"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import epochs
from bench.contenders import COMPILED, EAGER, TORCH, Contender
from bench.correctness import complaint
from bench.epoch_loop import BATCH, ROWS, EpochLoop
from bench.epochs import LOOPS, NATIVE, WAYS, measure_epochs
from bench.libraries import load
from bench.numbers import draw
from bench.workloads import STEP

from .pretended import RIGHT, Pretended

NUMBERS = draw(replace(STEP, batch=ROWS), batches=1)


def loop(contender: Contender, native: bool = False) -> EpochLoop:
    return EpochLoop(contender, load(contender, 2), NUMBERS, native)


def test_every_row_is_seen_once_an_epoch_and_every_loss_read() -> None:
    found = loop(EAGER).run(2)
    assert len(found) == 2 * -(-ROWS // BATCH)
    assert len(set(found)) == len(found)


def test_compiled_epochs_have_the_losses_of_eager_ones() -> None:
    assert complaint(loop(COMPILED).run(1), loop(EAGER).run(1)) == ""


def test_epochs_have_the_losses_of_pytorch() -> None:
    pytest.importorskip("torch")
    assert complaint(loop(EAGER).run(1), loop(TORCH).run(1)) == ""


def test_a_native_epoch_has_the_losses_of_the_loop() -> None:
    native = loop(COMPILED, native=True)
    if not native.possible:
        pytest.skip("compiled steps have no epoch")
    assert complaint(native.run(2), loop(EAGER).run(2)) == ""


def measured(monkeypatch: pytest.MonkeyPatch, folder: Path, **special: Any) -> Any:
    monkeypatch.setattr(epochs, "is_installed", lambda contender: True)

    def start(contender: Contender, threads: int) -> Any:
        return Pretended(contender, **special.get(contender.name, {}))

    return measure_epochs(1, 3, 2, folder, WAYS, start)


def test_what_is_not_possible_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = measured(monkeypatch, tmp_path)
    assert list(found) == [way.label for way in LOOPS]
    assert NATIVE.label not in found
    assert all(each.seconds == [0.5] * 3 for each in found.values())


def test_a_wrong_loss_has_no_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = [*RIGHT[:-1], 1.0]
    found = measured(monkeypatch, tmp_path, **{COMPILED.name: {"losses": wrong}})
    outcome = found[LOOPS[2].label]
    assert outcome.trouble == "wrong result: step 20, 1 against 0.05"
    assert outcome.is_failure
    assert not outcome.seconds
    assert found[LOOPS[0].label].seconds
