"""Are networks that train at once timed, and only if all of them train alike?"""

from pathlib import Path
from typing import Any

import pytest

import minigrad
from bench.contenders import COMPILED, Contender
from bench.libraries import load
from bench.numbers import draw
from bench.processes import WorkerError
from bench.sweep_loop import NETWORKS, SweepLoop
from bench.sweeps import SWEPT, counts, measure_sweeps
from bench.workloads import STEP

from .pretended import Pretended


def test_networks_have_the_same_losses_however_many_train_at_once() -> None:
    usual = minigrad.get_num_threads()
    loops = [SweepLoop(COMPILED, load(COMPILED, 2), STEP, draw(STEP)) for _ in range(2)]
    assert minigrad.get_num_threads() == 1
    alone, together = ([loops[k].run(5, n)["losses"] for _ in "ab"] for k, n in enumerate((1, 3)))
    assert alone == together
    assert len(alone[0]) == NETWORKS and len(set(alone[0])) == 1 and alone[0] != alone[1]
    minigrad.set_num_threads(usual)


@pytest.mark.parametrize(
    ("threads", "expected"), [(1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6]), (8, [1, 2, 4, 8])]
)
def test_the_numbers_at_once_double_up_to_the_number_of_threads(
    threads: int, expected: list[int]
) -> None:
    assert counts(threads) == expected


def measured(folder: Path, losses: list[float]) -> Any:
    asked: list[Any] = []

    def start(contender: Contender, threads: int) -> Any:
        return Pretended(contender, losses, asked)

    return list(measure_sweeps(3, 0.1, 2, folder, start)), asked


def test_each_network_is_timed_in_turns(tmp_path: Path) -> None:
    sweeps, asked = measured(tmp_path, [0.5, 0.5])
    assert [each.workload for each in sweeps] == list(SWEPT)
    rounds = [command["at_once"] for _, do, command in asked if do == "sweep"]
    assert rounds == [1, 1, 1, 2, 1, 2, 1, 2] * len(SWEPT)
    assert sweeps[0].seconds == {1: [1e-3] * 3, 2: [0.5e-3] * 3}
    assert sweeps[0].times_as_fast(2) == pytest.approx(2)


def test_networks_that_differ_have_no_time(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="wrong result"):
        measured(tmp_path, [0.5, 0.25])
