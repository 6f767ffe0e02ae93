"""How do several processes share the programs, and what if one of them ends?

Each process is given blocks of seeds and answers with their sum. Before each program it writes
the seed where the first process can see it: should it end there, by a fault in native code, that
program is shown and another process goes on with what is left of the block.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from .block import Block, run_block
from .drawing import lines_of, program_of
from .state import State

CONTEXT = multiprocessing.get_context("spawn")  # threads of native code do not survive a fork
Runner = Callable[..., Block]


def work(pipe: Connection, seed: Any, runner: Runner) -> None:
    """What a process does: answer blocks until there are none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says when it is over

    def begin(number: int) -> None:
        seed.value = number

    while True:
        try:
            seeds, known = pipe.recv()
        except EOFError:
            return
        pipe.send(runner(range(*seeds), known, begin))


@dataclass
class Worker:
    """A process, and the block that it has."""

    process: Any
    pipe: Connection
    seed: Any
    seeds: tuple[int, int] | None = None

    @classmethod
    def start(cls, runner: Runner) -> Worker:
        ours, theirs = CONTEXT.Pipe()
        seed = CONTEXT.Value("q", -1)
        process = CONTEXT.Process(target=work, args=(theirs, seed, runner), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, seed)

    def give(self, seeds: tuple[int, int], known: list[Any]) -> None:
        self.seeds = seeds
        self.seed.value = -1
        self.pipe.send((seeds, known))

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


@contextmanager
def started(count: int, runner: Runner) -> Iterator[list[Worker]]:
    """Processes that end with the block, however that ends."""
    workers: list[Worker] = []
    try:
        workers += [Worker.start(runner) for _ in range(count)]
        yield workers
    finally:
        for each in workers:
            each.stop()


def run(
    state: State,
    processes: int,
    programs: int | None,
    until: float | None,
    told: Callable[[], None],
    runner: Runner = run_block,
) -> None:
    """Run programs and add what comes out to the state.

    Parameters
    ----------
    processes : how many at once
    programs : how many; None for as many as there is time for
    until : when no more blocks are begun, by `time.monotonic`; None for never
    told : called after each answer
    """
    target = None if programs is None else state.programs + programs
    with started(processes, runner) as workers:
        while True:
            for worker in workers:
                if worker.seeds is None and (until is None or time.monotonic() < until):
                    given = [each.seeds for each in workers if each.seeds is not None]
                    seeds = state.take(given, target)
                    if seeds is not None:
                        worker.give(seeds, state.kinds())
            busy = [each for each in workers if each.seeds is not None]
            if not busy:
                return
            ready = wait([each.pipe for each in busy])
            for worker in busy:
                if worker.pipe in ready:
                    receive(worker, workers, state, runner)
                    told()


def receive(worker: Worker, workers: list[Worker], state: State, runner: Runner) -> None:
    """Take an answer; where a process ended instead, say so and start another one."""
    assert worker.seeds is not None
    try:
        block = worker.pipe.recv()
    except (EOFError, ConnectionError):
        worker.process.join()
        if worker.seed.value < 0:
            why = cause(worker.process.exitcode)
            raise RuntimeError(f"{why} before its first program") from None
        seed = worker.seed.value
        text = "\n".join([cause(worker.process.exitcode), *lines_elsewhere(seed)])
        state.crashed(worker.seeds, seed, text)
        workers[workers.index(worker)] = Worker.start(runner)
        worker.stop()
    else:
        state.answered(worker.seeds, block)
        worker.seeds = None


def lines_elsewhere(seed: int) -> list[str]:
    """A program, drawn in a process of its own: that may end as well, and then there is none."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=send_lines, args=(theirs, seed), daemon=True)
    process.start()
    theirs.close()
    try:
        return list(ours.recv())
    except EOFError:
        return ["(the process ends while the program is drawn)"]
    finally:
        process.join()


def send_lines(pipe: Connection, seed: int) -> None:
    program = program_of(seed)
    pipe.send([] if program is None else lines_of(program))


def cause(code: int | None) -> str:
    """Why a process ended."""
    if code is not None and code < 0:
        return f"the process was ended by {signal.Signals(-code).name}"
    return f"the process ended with status {code}"
