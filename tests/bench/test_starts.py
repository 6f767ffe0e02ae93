"""Do new processes take turns?"""

import pytest

from bench import starts
from bench.contenders import EAGER, TORCH, Contender
from bench.starts import COLD, start_afresh, start_cold


def test_new_processes_alternate_and_the_first_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def first_step(contender: Contender, count: int) -> float:
        started.append(contender.name)
        return float(len(started))

    monkeypatch.setattr(starts, "first_step", first_step)
    seconds = start_afresh([TORCH, EAGER], 2, 2)
    assert started == ["minigrad", "torch", "torch", "minigrad", "minigrad", "torch"]
    assert seconds == {TORCH.label: [3.0, 6.0], EAGER.label: [4.0, 5.0]}


def test_cold_starts_have_an_empty_folder_each(monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[str | None] = []

    def first_step(contender: Contender, count: int, kernels: str | None = None) -> float:
        folders.append(kernels)
        return 30.0

    monkeypatch.setattr(starts, "first_step", first_step)
    assert start_cold(2, 2) == {COLD: [30.0, 30.0]}
    assert len(set(folders)) == 2
    assert None not in folders
