"""How do several threads do the parts of one piece of work, without Python's help?

A *team* is the thread that has the work and some workers, which wait for it; they share memory of
the layout below. Each begins with parts of its own, and with the same ones at the next work of
that many parts, since what it wrote is in its processor's cache. Who has done them takes others'
that are still open. So nobody waits for a worker that is still asleep, or that the system runs
something else instead of: the thread that has the work does what no worker has taken. All that it
waits for is parts that were taken.

A part is a call of a kernel, with slots of its own. What must not be torn by other threads is
read and written *atomically*: each such step is done as a whole, and all threads see these steps
in the same order, and what was written before them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .inner import inner
from .native import call_kernel, load, store

# The team's memory, in bytes from its begin. What several threads write has a cache line to
# itself. WORK counts the times that there was work, COUNT is of how many parts it is, PARTS_DONE
# counts those that are done.
LINE = 64
THREADS, FUNCTION, PROCESSOR = 0, 8, 16
PRODUCTS = 24  # what does a part of a matrix product: its address; 0 if nobody has asked yet
UNDIVIDED = 32  # whether products are left whole, as BLAS has threads of its own
IN_USE, WORK, COUNT, PARTS_DONE = LINE, 2 * LINE, 2 * LINE + 8, 3 * LINE
WORKERS = 4 * LINE  # each has two lines: whether it sleeps, and the semaphore that it sleeps on
WORKER = 2 * LINE
SEMAPHORE = LINE
MOST_THREADS = 64
PARTS = WORKERS + MOST_THREADS * WORKER
STATUS, OPEN, SLOTS, NUMBERS = 0, 8, 16, 384  # of a part; numbers: see `parts`
PART = 512
MOST_PARTS = 256
SIZE = PARTS + MOST_PARTS * PART

# How often a thread looks for what it waits for, until it thinks of others, and until it sleeps:
# about every half a nanosecond.
LOOKS, PATIENCE = 2_000, 100_000

_int32, _int64 = ir.IntType(32), ir.IntType(64)


OWNER = -1  # the member who has the work; workers count from 0
SYMBOL = "minigrad_team"  # by which a kernel finds the team's memory when it is loaded


@intrinsic  # type: ignore[untyped-decorator]
def team_address(typing_context: Any) -> Any:
    """Where the memory of this process's team begins."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        known = builder.module.globals.get(SYMBOL)
        memory = known or ir.GlobalVariable(builder.module, _int64, SYMBOL)
        return builder.ptrtoint(memory, _int64)

    return types.int64(), generate


@intrinsic  # type: ignore[untyped-decorator]
def look(typing_context: Any, address: Any) -> Any:
    """The integer at an address, read atomically."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load_atomic(_pointer(builder, arguments[0]), "seq_cst", 8)

    return types.int64(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def exchange(typing_context: Any, address: Any, value: Any) -> Any:
    """Write an integer at an address, atomically; gives what was there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.atomic_rmw("xchg", _pointer(builder, arguments[0]), arguments[1], "seq_cst")

    return types.int64(types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def add(typing_context: Any, address: Any, value: Any) -> Any:
    """Add to the integer at an address, atomically; gives what was there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.atomic_rmw("add", _pointer(builder, arguments[0]), arguments[1], "seq_cst")

    return types.int64(types.int64, types.int64), generate


def _pointer(builder: Any, address: Any) -> Any:
    return builder.inttoptr(address, _int64.as_pointer())


def _of_the_c_library(name: str, parameters: int) -> Callable[..., Any]:
    """A generator of calls of `int name(void *...)`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(_int32, [_int64.as_pointer()] * parameters)
        function = cgutils.get_or_insert_function(builder.module, kind, name)
        return builder.call(function, [_pointer(builder, each) for each in arguments])

    return generate


@intrinsic  # type: ignore[untyped-decorator]
def wait(typing_context: Any, semaphore: Any) -> Any:
    """Sleep until somebody wakes who waits here."""
    return types.int32(types.int64), _of_the_c_library("sem_wait", 1)


@intrinsic  # type: ignore[untyped-decorator]
def wake(typing_context: Any, semaphore: Any) -> Any:
    """Wake who waits, or who will be the next to."""
    return types.int32(types.int64), _of_the_c_library("sem_post", 1)


@intrinsic  # type: ignore[untyped-decorator]
def let_others_run(typing_context: Any) -> Any:
    """Give the processor to another thread that wants it."""
    return types.int32(), _of_the_c_library("sched_yield", 0)


@intrinsic  # type: ignore[untyped-decorator]
def processor(typing_context: Any) -> Any:
    """On which processor this thread runs."""
    return types.int32(), _of_the_c_library("sched_getcpu", 0)


@inner  # type: ignore[untyped-decorator]
def part_of(team: int, part: int) -> int:
    """The address of what belongs to a part: its status, its slots, its copies of numbers."""
    return team + PARTS + PART * part


@inner  # type: ignore[untyped-decorator]
def do_together(team: int, function: int, parts: int) -> None:
    """Call a kernel with the slots of each part; returns when all are done.

    The team must be this thread's: IN_USE was 0, and this thread has made it 1.
    """
    store(team + FUNCTION, function)
    exchange(team + PROCESSOR, processor())
    exchange(team + PARTS_DONE, 0)
    exchange(team + COUNT, parts)
    for part in range(parts):
        exchange(part_of(team, part) + OPEN, 1)
    add(team + WORK, 1)  # from here on workers take some
    for worker in range(min(load(team + THREADS), parts) - 1):
        own = team + WORKERS + WORKER * worker
        if look(own) and exchange(own, 0):
            wake(own + SEMAPHORE)
    do_open_parts(team, OWNER)
    looks = 0
    while look(team + PARTS_DONE) < parts:
        looks += 1
        if looks > 10 * LOOKS:  # perhaps a worker has taken a part and waits for this processor
            let_others_run()


@inner  # type: ignore[untyped-decorator]
def do_open_parts(team: int, member: int) -> None:
    """Take a member's own parts and do them, and then others' from the end, until none is open.

    Who comes late to a work may find the parts of the next one, which are then as good.
    """
    parts = look(team + COUNT)
    members = max(min(look(team + THREADS), parts), 1)
    # The last of the members is who has the work; a worker for whom there is no part is not one.
    number = member % members if member < members - 1 else members
    first, last = parts * number // members, min(parts * (number + 1) // members, parts)
    for turn in range(parts):
        next_own = first + turn
        part = part_of(team, next_own if next_own < last else (last - 1 - turn) % parts)
        if look(part + OPEN) and exchange(part + OPEN, 0):
            store(part + STATUS, call_kernel(load(team + FUNCTION), part + SLOTS))
            add(team + PARTS_DONE, 1)


@inner  # type: ignore[untyped-decorator]
def work(team: int, worker: int) -> int:
    """What a worker does all its life: parts, while it is one of the threads asked for.

    If it falls asleep just when there is work, that is done without it. Its life ends when no
    thread at all is asked for.
    """
    own = team + WORKERS + WORKER * worker
    done = 0
    while True:
        looks = 0
        while looks < PATIENCE:
            looks += 1
            threads, wanted = look(team + THREADS), look(team + WORK)
            if threads == 0:
                return 0
            if worker < threads - 1 and wanted != done:
                do_open_parts(team, worker)
                done, looks = wanted, 0
            elif looks % LOOKS == 0 and processor() == look(team + PROCESSOR):
                let_others_run()  # who has the work runs here, if it is let
        exchange(own, 1)
        wait(own + SEMAPHORE)
