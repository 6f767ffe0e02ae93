"""What does a contender's process answer?"""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bench.contenders import COMPILED, EAGER
from bench.numbers import draw
from bench.worker import Worker, serve
from bench.workloads import STEP, WORKLOADS, Workload


def served(worker: Any, *commands: Any) -> list[dict[str, Any]]:
    answers = io.StringIO()
    lines = [json.dumps(command) + "\n" for command in commands]
    serve(lambda: worker, lines, answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


class Echo:
    """A worker that gives back what it is told, unless told to fail."""

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        if command["do"] == "fail":
            raise RuntimeError("as told")
        return command


def test_each_command_has_an_answer_after_the_first_line() -> None:
    assert served(Echo(), {"do": 1}, {"do": 2}) == [{"ready": True}, {"do": 1}, {"do": 2}]


def test_an_exception_is_the_last_answer() -> None:
    answers = served(Echo(), {"do": "fail"}, {"do": 2})
    assert answers == [{"ready": True}, {"error": "RuntimeError: as told"}]


def test_what_cannot_be_set_up_is_an_answer() -> None:
    answers = io.StringIO()
    serve(lambda: Worker(EAGER._replace(library="no_such_library"), 2), [], answers)
    assert "No module named 'no_such_library'" in json.loads(answers.getvalue())["error"]


def test_of_a_long_error_the_first_line_is_told() -> None:
    class Talkative:
        def answer(self, command: dict[str, Any]) -> dict[str, Any]:
            raise RuntimeError("no compiler\n\nSet this for that.\n")

    assert served(Talkative(), {"do": 1})[-1] == {"error": "RuntimeError: no compiler"}


def prepared(worker: Worker, workload: Workload, folder: Path) -> Worker:
    draw(workload).save(folder / "numbers.npz")
    command = {"workload": workload.as_json(), "numbers": str(folder / "numbers.npz")}
    worker.answer({"do": "prepare", **command})
    return worker


@pytest.fixture(params=[EAGER, COMPILED], ids=lambda each: each.name)
def worker(request: pytest.FixtureRequest, tmp_path: Path) -> Worker:
    return prepared(Worker(request.param, 2), STEP, tmp_path)


def test_losses_are_those_of_the_first_steps_of_a_new_network(
    worker: Worker, tmp_path: Path
) -> None:
    first = worker.answer({"do": "losses", "steps": 20})["losses"]
    assert len(set(first)) == 20
    prepared(worker, STEP, tmp_path)
    assert worker.answer({"do": "losses", "steps": 20})["losses"] == first


def test_a_round_trains_on(worker: Worker) -> None:
    seen = next(worker.batches)
    assert worker.answer({"do": "round", "steps": 7})["seconds"] > 0
    assert next(worker.batches) is seen  # eight batches in turn


def test_a_round_is_as_many_steps_as_take_the_time(worker: Worker) -> None:
    steps = worker.answer({"do": "calibrate", "seconds": 0.002})["steps"]
    assert steps >= 1


def test_inference_is_held_to_its_loss(tmp_path: Path) -> None:
    workload = WORKLOADS["slides-32-inference"]
    worker = prepared(Worker(EAGER, 2), workload, tmp_path)
    assert all(0 < each < 10 for each in worker.answer({"do": "losses", "steps": 3})["losses"])


def test_memory_is_the_peak(worker: Worker) -> None:
    found = worker.answer({"do": "memory"})
    assert 0 < found["import"] <= found["peak"]


def test_first_calls_are_of_new_networks() -> None:
    found = Worker(EAGER, 2).answer({"do": "first calls", "times": 2})
    assert {key: len(values) for key, values in found.items()} == dict.fromkeys(
        ("eager", "first", "second"), 2
    )


def test_an_unknown_command_is_refused(worker: Worker) -> None:
    with pytest.raises(ValueError, match="unknown command 'dance'"):
        worker.answer({"do": "dance"})
