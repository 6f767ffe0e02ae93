"""What if a contender's process does not do what it should?"""

import sys

import pytest

from bench.contenders import EAGER
from bench.processes import Process, WorkerError


def process(script: str) -> Process:
    return Process(EAGER, command=[sys.executable, "-c", script])


READY = "print('{\"ready\": true}', flush=True);"


def test_answers_come_back_in_order() -> None:
    script = f"import sys; {READY} [print(line, end='', flush=True) for line in sys.stdin]"
    with process(script) as echo:
        echo.wait_until_ready()
        assert [echo.ask(do="round", steps=steps)["steps"] for steps in (1, 2)] == [1, 2]
    assert echo.process.returncode == 0


def test_a_process_that_ends_is_named_with_its_status() -> None:
    with process(f"{READY} raise SystemExit(3)") as ended:
        ended.wait_until_ready()
        with pytest.raises(WorkerError, match="its process ended with status 3"):
            ended.ask(do="round", steps=1)


def test_an_error_is_passed_on() -> None:
    with process('print(\'{"error": "ValueError: no"}\', flush=True)') as broken:
        with pytest.raises(WorkerError, match="ValueError: no"):
            broken.wait_until_ready()


def test_a_process_that_does_not_stop_is_stopped() -> None:
    deaf = process(f"import time; {READY} time.sleep(600)")
    deaf.wait_until_ready()
    deaf.close(patience=0.01)
    assert deaf.process.returncode < 0


def test_an_interruption_stops_the_process_at_once() -> None:
    deaf = process(f"import time; {READY} time.sleep(600)")
    with pytest.raises(KeyboardInterrupt), deaf:
        deaf.wait_until_ready()
        raise KeyboardInterrupt
    assert deaf.process.returncode < 0
