"""How many threads do kernels run on, and who starts them?

`team` says how they work together. Its workers are Python threads that stay in native code until
the process ends, so they need no lock of Python's. They are started when first a launch is large
enough to be divided, and again in a process that was forked since, where they are missing. What
makes a thread sleep is a semaphore of the C library's; where there is none that lies in a
program's own memory (macOS, Windows), everything runs on the calling thread.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from llvmlite import binding

from . import blas, large_products, machine, team
from .halves import run_half, run_halves
from .kernel_cache import load_compiled
from .parts import call_in_parts

SETTINGS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")  # which PyTorch reads as well
PATIENCE = 1.0  # seconds, with a worker that is to end
SOURCE = '''"""Divides launches among threads: {name}. Safe to delete."""

from numba import cfunc, njit


@{decorator}
def start_{name}({parameters}):
    return {name}({parameters})
'''


def _new_team() -> Any:
    memory = np.zeros(team.SIZE + team.LINE, np.uint8)
    return memory[-memory.ctypes.data % team.LINE :][: team.SIZE].view(np.int64)


_words = _new_team()
_workers: list[threading.Thread] = []
_starting = threading.Lock()
_kept: list[Any] = []


def address() -> int:
    """Where the team's memory begins."""
    return int(_words.ctypes.data)


def get_num_threads() -> int:
    """The number of threads that large calls of kernels run on, and large matrix products.

    >>> import minigrad as torch
    >>> torch.get_num_threads() >= 1
    True
    """
    return int(_words[team.THREADS // 8])


def set_num_threads(num_threads: int, /) -> None:
    """Set the number of threads that large calls of kernels run on, and large matrix products.

    No result depends on it. At the start it is OMP_NUM_THREADS or MKL_NUM_THREADS, at most the
    number of processors that the process may use.

    Parameters
    ----------
    num_threads : int
        At least 1. More than 64 are as good as 64.

    >>> import minigrad as torch
    >>> usual = torch.get_num_threads()
    >>> torch.set_num_threads(1)
    >>> torch.get_num_threads()
    1
    >>> torch.set_num_threads(usual)
    """
    if isinstance(num_threads, bool) or not isinstance(num_threads, int):
        kind = type(num_threads).__name__
        raise RuntimeError(f"set_num_threads expects an int, but got {kind}")
    if not -(2**31) <= num_threads < 2**31:
        raise ValueError("Overflow when unpacking long")
    if num_threads < 1:
        raise RuntimeError("set_num_threads expects a positive integer")
    _words[team.THREADS // 8] = min(num_threads, team.MOST_THREADS)
    has_divided = _workers or _words[team.PRODUCTS // 8]
    if has_divided and _have_semaphores():
        _start_workers()
    if _words[team.UNDIVIDED // 8]:
        tell_blas = _blas()
        if tell_blas is not None:
            tell_blas(num_threads)


def _usual() -> int:
    """What the environment asks for, at most the processors that this process may use."""
    try:
        processors = len(os.sched_getaffinity(0))
    except AttributeError:  # not every system can tell
        processors = os.cpu_count() or 1
    for name in SETTINGS:
        asked = os.environ.get(name, "").partition(",")[0].strip()
        if asked.isdecimal() and int(asked) > 0:
            return min(int(asked), processors, team.MOST_THREADS)
    return min(processors, team.MOST_THREADS)


@cache
def _blas() -> Callable[[int], Any] | None:
    """The function that tells SciPy's BLAS how many threads to use, if it is OpenBLAS."""
    from scipy.linalg import cython_blas

    library = ctypes.CDLL(cython_blas.__file__)  # symbols of what it is linked to are found too
    for name in ("scipy_openblas_set_num_threads", "openblas_set_num_threads"):
        if hasattr(library, name):
            return getattr(library, name)  # type: ignore[no-any-return]
    return None


def let_products_be_divided() -> None:
    """Have BLAS work with one thread, and the team start; called before the first large product.

    Where BLAS cannot be told, or there can be no team, products are left whole.
    """
    with _starting:
        tell_blas = _blas()
        is_divided = tell_blas is not None and _have_semaphores()
        if tell_blas is not None:
            tell_blas(1 if is_divided else get_num_threads())
        address = _address_of(large_products.multiply_part, "product")
        for itemsize in (4, 8):  # with these Numba finds BLAS, for which it needs Python's lock
            words = blas.smallest_product(itemsize)
            machine.call_kernel(address, words.ctypes.data)
        if is_divided:
            _start_workers()
        _words[team.UNDIVIDED // 8] = not is_divided
        _words[team.PRODUCTS // 8] = address


def start() -> bool:
    """Have the team's workers; False where there can be none."""
    with _starting:
        if not _have_semaphores():
            return False
        _start_workers()
        return True


def divider() -> int:
    """The address of the compiled `call_in_parts`."""
    return _address_of(call_in_parts, "slots")


def halver() -> tuple[int, int]:
    """The addresses of the compiled `run_halves` and `run_half`; 0 where there are no workers."""
    if get_num_threads() < 2 or not start():
        return 0, 0
    return _address_of(run_halves, "slots"), _address_of(run_half, "slots")


@cache
def _address_of(function: Any, parameter: str) -> int:
    compiled = _compiled(function, parameter, 'cfunc("int64(int64)", cache=True)')
    _kept.append(compiled)
    return int(compiled.address)


@cache
def _work() -> Callable[[int, int], int]:
    decorator = 'njit("int64(int64, int64)", cache=True, nogil=True)'
    return _compiled(team.work, "team, worker", decorator)  # type: ignore[no-any-return]


def _compiled(function: Any, parameters: str, decorator: str) -> Any:
    name = function.__name__
    source = SOURCE.format(name=name, parameters=parameters, decorator=decorator)
    title = "what divides work among threads"
    return load_compiled(f"start_{name}", source, {name: function}, title)


@cache
def _have_semaphores() -> bool:
    """Whether each worker has a semaphore now."""
    try:
        library = ctypes.CDLL(None)
        make, _ = library.sem_init, library.sched_getcpu
    except (TypeError, OSError, AttributeError):  # not a system with POSIX's functions
        return False
    first = address() + team.WORKERS + team.SEMAPHORE
    each = [first + team.WORKER * worker for worker in range(team.MOST_THREADS)]
    return all(make(ctypes.c_void_p(semaphore), 0, 0) == 0 for semaphore in each)


def _start_workers() -> None:
    """Start as many as are missing."""
    while len(_workers) < get_num_threads() - 1:
        operands = address(), len(_workers)
        name = f"minigrad worker {len(_workers)}"
        worker = threading.Thread(target=_work(), args=operands, name=name, daemon=True)
        try:
            worker.start()
        except RuntimeError:  # the system gives no more
            return
        _workers.append(worker)


def pack_and_call(entry: int, operands: tuple[Any, ...], words: int, function: int) -> int:
    """Start a large call. A negative result is a wrong operand.

    Its slots are its own: other threads may start the same kernel meanwhile.
    """
    slots = np.empty(1 + words, np.int64)
    slots[0] = entry
    first = machine.data(id(slots)) + 8
    wrong = machine.pack(entry, id(operands), first)
    return -wrong if wrong else machine.call_kernel(function, first)


def _end_workers() -> None:
    """Have them come back before Python takes down what they work with."""
    _words[team.THREADS // 8] = 0
    for number in range(len(_workers)):
        semaphore = address() + team.WORKERS + team.WORKER * number + team.SEMAPHORE
        ctypes.CDLL(None).sem_post(ctypes.c_void_p(semaphore))
    for worker in _workers:
        worker.join(PATIENCE)


def _after_fork() -> None:
    """In the child there are no workers, and nobody has the team; new ones come when needed."""
    global _starting
    _starting = threading.Lock()  # another thread may have held it
    _workers.clear()
    _have_semaphores.cache_clear()
    kept = [team.THREADS // 8, team.PRODUCTS // 8, team.UNDIVIDED // 8]
    values = _words[kept]
    _words[:] = 0
    _words[kept] = values


binding.add_symbol(team.SYMBOL, address())
_words[team.THREADS // 8] = _usual()
atexit.register(_end_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
