"""Are times taken in turns, and only of what computes the same?"""

from pathlib import Path
from typing import Any

import pytest

from bench import rounds
from bench.contenders import COMPILED, EAGER, JAX, TORCH, Contender
from bench.rounds import Outcomes, measure_workload
from bench.workloads import STEP

from .pretended import MEMORY, RIGHT, Pretended

WRONG = [*RIGHT[:4], RIGHT[4] * 1.001, *RIGHT[5:]]
ALL = (TORCH, EAGER, COMPILED, JAX)


@pytest.fixture(autouse=True)
def pytorch_is_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "reference", lambda: TORCH)


def measured(
    folder: Path, asked: list[Any], contenders: tuple[Contender, ...] = ALL, **special: Any
) -> Outcomes:
    def start(contender: Contender, threads: int) -> Any:
        return Pretended(contender, asked=asked, **special.get(contender.library, {}))

    return measure_workload(STEP, contenders, 4, 0.1, 2, folder, start)


def test_rounds_alternate_and_the_first_does_not_count(tmp_path: Path) -> None:
    asked: list[Any] = []
    found = measured(tmp_path, asked)
    assert list(found) == [each.name for each in ALL]
    for outcome in found.values():
        assert outcome.seconds == pytest.approx([1e-3] * 4)
        assert (outcome.trouble, outcome.is_failure, outcome.memory) == ("", False, MEMORY)
    turns = [name for name, do, command in asked if do == "round"]
    by_round = [turns[start : start + 4] for start in range(0, 20, 4)]
    assert all(sorted(each) == sorted(found) for each in by_round)
    assert len({each[0] for each in by_round[1:]}) == 4
    assert all(command["steps"] == 7 for _, do, command in asked if do == "round")


def test_a_wrong_result_gets_no_time_and_the_others_do(tmp_path: Path) -> None:
    asked: list[Any] = []
    found = measured(tmp_path, asked, jax={"losses": WRONG})
    assert found[JAX.name].trouble == "wrong result: step 5, 0.2002 against 0.2"
    assert found[JAX.name].is_failure
    assert not found[JAX.name].seconds
    assert (JAX.name, "round") not in [each[:2] for each in asked]
    assert all(len(found[each.name].seconds) == 4 for each in ALL[:3])


@pytest.mark.parametrize("moment", ["start", "prepare", "losses", "calibrate", "round", "memory"])
@pytest.mark.parametrize("contender", [JAX, COMPILED])
def test_what_does_not_run_says_so_and_the_others_go_on(
    tmp_path: Path, moment: str, contender: Contender
) -> None:
    three = (TORCH, contender)
    found = measured(tmp_path, [], three, **{contender.library: {"fails_at": moment}})
    assert found[contender.name].trouble.startswith("did not run: ")
    assert found[contender.name].is_failure == (contender is COMPILED)
    assert not found[contender.name].seconds
    assert len(found[TORCH.name].seconds) == 4


def test_the_reference_is_asked_for_losses_though_nobody_wants_its_time(tmp_path: Path) -> None:
    asked: list[Any] = []
    found = measured(tmp_path, asked, (EAGER,), minigrad={"losses": WRONG})
    assert list(found) == [EAGER.name]
    assert found[EAGER.name].is_failure
    assert (TORCH.name, "calibrate") not in [each[:2] for each in asked]


def test_without_the_reference_nobody_is_timed(tmp_path: Path) -> None:
    found = measured(tmp_path, [], torch={"fails_at": "losses"})
    assert found[TORCH.name].trouble == "did not run: RuntimeError: no compiler"
    assert found[EAGER.name].trouble == "not timed: PyTorch eager did not run to compare with"
    assert not any(each.seconds for each in found.values())
