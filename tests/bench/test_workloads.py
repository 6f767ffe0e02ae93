"""Do all contenders compute the same on each workload?"""

from pathlib import Path

import pytest

from bench.contenders import COMPILED, EAGER, JAX, TORCH, Contender
from bench.correctness import complaint
from bench.numbers import Numbers, draw
from bench.worker import Worker
from bench.workloads import GROWTH, WORKLOADS, Workload, perceptron

STEPS = 4
NAMES = [name for name in WORKLOADS if not name.startswith(("wide", "slides-4096"))]


def losses(contender: Contender, workload: Workload, folder: Path) -> list[float]:
    numbers = folder / "numbers.npz"
    if not numbers.exists():
        draw(workload).save(numbers)
    worker = Worker(contender, 2)
    worker.prepare(workload.as_json(), str(numbers))
    return worker.losses(STEPS)["losses"]


@pytest.mark.parametrize("name", NAMES)
def test_compiled_steps_have_the_losses_of_eager_ones(tmp_path: Path, name: str) -> None:
    eager, compiled = (losses(each, WORKLOADS[name], tmp_path) for each in (EAGER, COMPILED))
    assert complaint(compiled, eager) == ""
    assert len(set(eager)) == STEPS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("other", [TORCH, JAX], ids=lambda each: each.library)
def test_losses_are_those_of_other_libraries(tmp_path: Path, name: str, other: Contender) -> None:
    pytest.importorskip(other.library)
    theirs, ours = (losses(each, WORKLOADS[name], tmp_path) for each in (other, EAGER))
    assert complaint(ours, theirs) == ""


def test_numbers_are_drawn_alike_and_come_back_from_a_file(tmp_path: Path) -> None:
    workload = WORKLOADS["slides-32-sgd"]
    drawn = draw(workload)
    drawn.save(tmp_path / "numbers.npz")
    for one in (draw(workload), Numbers.load(tmp_path / "numbers.npz")):
        assert [each.tobytes() for each in one.parameters] == [
            each.tobytes() for each in drawn.parameters
        ]
        assert (one.x.tobytes(), one.y.tobytes()) == (drawn.x.tobytes(), drawn.y.tobytes())
    assert drawn.x.shape == (8, 32, 9)
    assert drawn.y.shape == (8, 32, 1)


def test_a_perceptron_ends_in_a_probability() -> None:
    assert perceptron(3, 4, 1) == [["Linear", 3, 4], ["ReLU"], ["Linear", 4, 1], ["Sigmoid"]]
    layers = WORKLOADS["deep-128-sgd"].layers
    assert [each[0] for each in layers].count("Linear") == 50


def test_series_grow() -> None:
    for series, workloads in GROWTH.items():
        assert list(workloads) == sorted(workloads), series
        assert all(workload.optimizer == "SGD" for workload in workloads.values())
