"""How many threads there are: who says so, who starts them, and what if there are none."""

import multiprocessing
import os
import subprocess
import sys
import threading

import numpy as np
import pytest

import minigrad
from minigrad.kernels import team, threads
from minigrad.kernels.kernel import SIZE_TO_DIVIDE
from minigrad.ops.relu import forward as relu


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = minigrad.get_num_threads()
    yield
    minigrad.set_num_threads(usual)


def test_the_number_is_what_was_set(torch):
    usual = torch.get_num_threads()
    for count in (1, 3, 2):
        torch.set_num_threads(count)
        assert torch.get_num_threads() == count
    torch.set_num_threads(usual)


@pytest.mark.parametrize("wrong", [0, -2, 1.5, "2", None, True])
def test_a_wrong_number_is_refused(torch, failure, wrong):
    kind = type(wrong).__name__
    said = f"an int, but got {kind}" if type(wrong) is not int else "a positive integer"
    assert failure(torch.set_num_threads, wrong) == f"RuntimeError: set_num_threads expects {said}"
    assert torch.get_num_threads() >= 1


@pytest.mark.parametrize("beyond", [2**31, -(2**40), 10**20])
def test_a_number_beyond_32_bits_is_none(torch, beyond):
    with pytest.raises(ValueError, match="Overflow when unpacking long"):
        torch.set_num_threads(beyond)


def test_more_threads_than_the_team_has_places_for():
    minigrad.set_num_threads(1000)
    assert minigrad.get_num_threads() == team.MOST_THREADS


def large_relu():
    x = np.linspace(-1, 1, 2 * SIZE_TO_DIVIDE)
    out = np.empty_like(x)
    relu(x, out)
    return np.array_equal(out, np.maximum(x, 0))


def workers():
    return [each for each in threading.enumerate() if each.name.startswith("minigrad worker")]


def test_workers_are_started_when_they_are_needed_and_kept():
    minigrad.set_num_threads(4)
    assert large_relu()
    started = workers()
    assert len(started) >= 3
    assert large_relu() and workers() == started
    assert all(each.daemon for each in started)


KEPT = [team.THREADS // 8, team.PRODUCTS // 8, team.UNDIVIDED // 8]


def in_a_child(answers):
    before, words = len(workers()), threads._words.copy()
    answers.put((before, large_relu(), len(workers()), minigrad.get_num_threads()))
    answers.put(words[KEPT].tolist())
    words[KEPT] = 0
    answers.put(np.flatnonzero(words).tolist())


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_starts_workers_of_its_own():
    minigrad.set_num_threads(3)
    threads.let_products_be_divided()
    assert large_relu()
    threads._words[team.UNDIVIDED // 8] = 1
    known = threads._words[KEPT].tolist()
    assert known[0] == 3 and 0 not in known
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=in_a_child, args=(answers,))
    child.start()
    threads._words[team.UNDIVIDED // 8] = 0
    assert answers.get(timeout=60) == (0, True, 2, 3)
    assert answers.get(timeout=60) == known
    assert answers.get(timeout=60) == []
    child.join(timeout=60)
    assert child.exitcode == 0
    assert large_relu()


def in_a_child_that_has_multiplied(answers):
    minigrad.set_num_threads(1)
    x = minigrad.ones(200, 200)
    total = minigrad.nn.functional.linear(x, x).sum().item()
    minigrad.set_num_threads(3)
    answers.put((total, len(workers())))


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_who_asks_for_more_threads_after_the_first_product_gets_them():
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=in_a_child_that_has_multiplied, args=(answers,))
    child.start()
    assert answers.get(timeout=60) == (200.0**3, 2)
    child.join(timeout=60)


SCRIPT = """
import sys
sys.path[:0] = {path!r}
import numpy as np, minigrad
from minigrad.kernels import threads
x = minigrad.linspace(-1, 1, 200_000, requires_grad=True)
minigrad.nn.functional.relu(x).backward(x.detach())
print(minigrad.get_num_threads(), len(threads._workers), float(x.grad.sum()))
"""


def run(**environment):
    inherited = {k: v for k, v in os.environ.items() if k not in threads.SETTINGS}
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(path=sys.path)],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    count, started, total = finished.stdout.split()
    assert float(total) == pytest.approx(50_000, rel=1e-3)
    return int(count), int(started), finished.stderr


@pytest.mark.slow
def test_what_divides_is_kept_on_disk(tmp_path):
    first, second = (run(MINIGRAD_CACHE_DIR=str(tmp_path)) for _ in range(2))
    assert "compiling" in first[2] and "compiling" not in second[2]
    assert second[2] == ""
    assert first[:2] == second[:2] and first[1] == first[0] - 1
    assert list(tmp_path.glob("start_call_in_parts_*")) or first[0] == 1


def test_a_process_starts_as_many_as_the_environment_says():
    assert run(OMP_NUM_THREADS="1,4", MKL_NUM_THREADS="2")[:2] == (1, 0)


def test_the_environment_says_how_many_at_most_the_processors(monkeypatch):
    def usual(**environment):
        with monkeypatch.context() as patch:
            for name in threads.SETTINGS:
                patch.delenv(name, raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            return threads._usual()

    processors = usual()
    assert 1 <= processors <= (os.cpu_count() or 1)
    assert usual(OMP_NUM_THREADS="1") == usual(OMP_NUM_THREADS="1,4", MKL_NUM_THREADS="2") == 1
    assert usual(MKL_NUM_THREADS="1") == 1
    assert usual(OMP_NUM_THREADS="none", MKL_NUM_THREADS="1000") == processors


LAST_WORDS = """
import atexit, sys, threading
atexit.register(lambda: print([each.name for each in threading.enumerate()]))
sys.path[:0] = {path!r}
import minigrad
minigrad.set_num_threads(4)
for _ in range(50):
    minigrad.nn.functional.relu(minigrad.ones(200_000))
print(threading.active_count())
"""


def test_workers_end_before_python_does():
    script = LAST_WORDS.format(path=sys.path)
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=300)
    assert (finished.returncode, finished.stderr) == (0, b"")
    assert finished.stdout.split() == [b"4", b"['MainThread']"]


def test_without_semaphores_all_runs_on_the_calling_thread(monkeypatch):
    monkeypatch.setattr(threads, "_have_semaphores", lambda: False)
    minigrad.set_num_threads(2)
    assert not threads.start()
    assert large_relu()


def test_if_no_thread_can_be_started_all_runs_on_the_calling_thread(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threads, "_workers", [])
    monkeypatch.setattr(threading.Thread, "start", refuse)
    minigrad.set_num_threads(3)
    assert large_relu() and threads._workers == []


@pytest.fixture
def told(monkeypatch):
    """How many threads BLAS is asked to use, in a process where products have not begun."""
    words, numbers = threads._words.copy(), []
    monkeypatch.setattr(threads, "_words", words)
    words[team.PRODUCTS // 8] = 0
    monkeypatch.setattr(threads, "_blas", lambda: numbers.append)
    return numbers


def test_blas_has_one_thread_where_a_team_divides_products(told):
    threads.let_products_be_divided()
    minigrad.set_num_threads(2)
    assert told == [1]


def test_blas_has_all_threads_where_there_can_be_no_team(told, monkeypatch):
    monkeypatch.setattr(threads, "_have_semaphores", lambda: False)
    minigrad.set_num_threads(3)
    threads.let_products_be_divided()
    minigrad.set_num_threads(2)
    assert told == [3, 2]
