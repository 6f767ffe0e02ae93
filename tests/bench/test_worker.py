"""What does a contender's process answer?"""

import io
import json
from typing import Any

import pytest

from bench.network import COMPILED, EAGER
from bench.worker import Worker, serve


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
    serve(lambda: Worker(EAGER._replace(library="no_such_library")), [], answers)
    assert "No module named 'no_such_library'" in json.loads(answers.getvalue())["error"]


@pytest.fixture(scope="module", params=[EAGER, COMPILED], ids=lambda each: each.label)
def worker(request: pytest.FixtureRequest) -> Worker:
    return Worker(request.param)


def test_losses_are_those_of_a_new_network(worker: Worker) -> None:
    first = worker.answer({"do": "losses", "steps": 20})["losses"]
    worker.answer({"do": "round", "steps": 5})
    assert worker.answer({"do": "losses", "steps": 20})["losses"] == first
    assert len(set(first)) == 20


def test_a_round_trains_on(worker: Worker) -> None:
    batches = worker.waiting
    seen = next(batches)
    assert worker.answer({"do": "round", "steps": 7})["seconds"] > 0
    assert next(batches) is seen  # eight batches in turn


def test_first_calls_are_of_new_networks() -> None:
    found = Worker(EAGER).answer({"do": "first calls", "times": 2})
    assert {key: len(values) for key, values in found.items()} == dict.fromkeys(
        ("eager", "first", "second"), 2
    )


def test_an_unknown_command_is_refused(worker: Worker) -> None:
    with pytest.raises(ValueError, match="unknown command 'dance'"):
        worker.answer({"do": "dance"})
