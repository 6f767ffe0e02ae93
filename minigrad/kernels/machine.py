"""The native functions that start kernels, read from the cache on first use.

They are those of `native`, `objects` and `batches`, compiled. Where the interpreter's objects do
not look as `native` expects, or with `MINIGRAD_PLAIN_PACKING=1`, objects are read here through
NumPy's public attributes: slower, and the same slots.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
import sysconfig
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from . import batches, native, objects
from .kernel_cache import load_compiled

# Given their values by __getattr__, when they are first asked for.
pack: Callable[[int, int, int], int]
pack_and_call: Callable[[int, int], int]
pack_and_call_each: Callable[[int, int, int], int]
data: Callable[[int], int]
bind: Callable[[int, int], int]
call_kernel: Callable[[int, int], int]  # lets other threads of Python run meanwhile
run: Callable[[int, int, int], int]
run_batches: Callable[[int, int], int]
run_batches_alone: Callable[[int, int], int]  # without letting other threads of Python run
run_briefly: Callable[[int, int, int], int]  # `run`, in the same way
ready: Callable[[int, int, int], int]

STARTERS = frozenset(
    "pack pack_and_call pack_and_call_each data bind call_kernel run run_batches "
    "run_batches_alone run_briefly ready".split()
)
PLAIN_SLOTS = 256  # more than any kernel has


@cache
def _compiled(name: str, parameters: int, options: str = "") -> Any:
    """A function of `native`, `objects` or `batches` on int64 arguments, as `start_<name>`."""
    names = ", ".join("abcd"[:parameters])
    signature = f"int64({', '.join(['int64'] * parameters)})"
    source = (
        f'"""Starts kernels: {name}. Safe to delete."""\n\nfrom numba import njit\n\n\n'
        f'@njit("{signature}", cache=True{options})\n'
        f"def start_{name}({names}):\n    return {name}({names})\n"
    )
    home = next(each for each in (native, objects, batches) if hasattr(each, name))
    namespace = {name: getattr(home, name)}
    dispatcher = load_compiled(f"start_{name}", source, namespace, "what starts them")
    # What it would call after a look at the arguments' types, here always the same: 75 ns less.
    (only,) = dispatcher.overloads.values()
    return only.entry_point


def pack_plainly(entry: int, operands: int, slots: int) -> int:
    """What `native.pack` does, without reading an object's memory."""
    given = ctypes.cast(operands, ctypes.py_object).value
    header = (ctypes.c_int64 * native.ENTRY_HEADER).from_address(entry)
    words = native.ENTRY_OPERAND * header[native.ENTRY_OPERANDS]
    described = (ctypes.c_int64 * words).from_address(entry + 8 * native.ENTRY_HEADER)
    packed: list[int] = []
    if len(given) != header[native.ENTRY_OPERANDS]:
        return header[native.ENTRY_OPERANDS] + 1
    for position, operand in enumerate(given):
        first = native.ENTRY_OPERAND * position
        ndim, dtype, flags = described[first : first + native.OPERAND_ITEMSIZE]
        if ndim == native.SCALAR:
            if type(operand) is not float:
                return position + 1
            packed.append(int(np.float64(operand).view(np.int64)))
            continue
        if (
            type(operand) is not np.ndarray
            or id(operand.dtype) != dtype
            or operand.flags.num & flags != flags
            or ndim not in (native.FLAT, operand.ndim)
        ):
            return position + 1
        packed.append(operand.ctypes.data)
        packed += [operand.size] if ndim == native.FLAT else operand.shape
    words_there = np.ctypeslib.as_array((ctypes.c_int64 * len(packed)).from_address(slots))
    words_there[:] = packed
    return 0


def _pack_and_call_each_plainly(entry: int, calls: int, count: int) -> int:
    for position, operands in enumerate(ctypes.cast(calls, ctypes.py_object).value):
        if _pack_and_call_plainly(entry, id(operands)):
            return position + 1
    return 0


def _data_plainly(array: int) -> int:
    return int(ctypes.cast(array, ctypes.py_object).value.__array_interface__["data"][0])


def _pack_and_call_plainly(entry: int, operands: int) -> int:
    # Slots of this call alone: another thread may come between packing and calling.
    own = (ctypes.c_int64 * PLAIN_SLOTS)()
    slots = ctypes.addressof(own)
    wrong = pack_plainly(entry, operands, slots)
    if wrong:
        return -wrong
    header = (ctypes.c_int64 * native.ENTRY_HEADER).from_address(entry)
    first = header[native.ENTRY_SIZE_OFFSET] // 8
    size = math.prod(own[first : first + header[native.ENTRY_SIZE_WORDS]])
    if size >= header[native.ENTRY_LARGE]:
        return native.LARGE
    function = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(header[native.ENTRY_FUNCTION])
    return int(function(slots))


def _bind_plainly(arrays: int, plan: int) -> int:
    """What `native.bind` does, without reading an object's memory."""
    given = ctypes.cast(arrays, ctypes.py_object).value
    addresses = [array.ctypes.data for array in given]
    header = list((ctypes.c_int64 * native.PLAN_HEADER).from_address(plan))
    arguments, ranges, relocations = header[: native.PLAN_TABLE]
    count = 2 * arguments + arguments**2 + 2 * ranges + 3 * relocations
    words = list((ctypes.c_int64 * count).from_address(plan + 8 * native.PLAN_HEADER))
    extents, words = words[: 2 * arguments], words[2 * arguments :]
    distances, words = words[: arguments**2], words[arguments**2 :]
    fixed, relocated = words[: 2 * ranges], words[2 * ranges :]
    first = addresses[:arguments]
    begins = [address + extent for address, extent in zip(first, extents[0::2], strict=True)]
    ends = [address + extent for address, extent in zip(first, extents[1::2], strict=True)]
    for i in range(arguments):
        for j in range(i):
            shared = begins[i] < ends[j] and begins[j] < ends[i]
            distance = addresses[j] - addresses[i] if shared else native.APART
            if distance != distances[i * arguments + j]:
                return 1
        kept = zip(fixed[0::2], fixed[1::2], strict=True)
        if any(begins[i] < end and begin < ends[i] for begin, end in kept):
            return 1
    relocations_there = zip(relocated[0::3], relocated[1::3], relocated[2::3], strict=True)
    for slot, array, offset in relocations_there:
        ctypes.c_int64.from_address(slot).value = addresses[array] + offset
    return 0


def _cannot_tell(arguments: int, made: int, plan: int) -> int:
    """What `ready` says where memory cannot be read."""
    return 0


@cache
def reads_objects() -> bool:
    """Whether `native.pack` understands this interpreter's objects."""
    if os.environ.get("MINIGRAD_PLAIN_PACKING") == "1":
        return False
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    if sys.implementation.name != "cpython" or free_threaded or sys.maxsize < 2**32:
        return False
    operands = (np.ones((2, 3)), 0.5)
    float64 = np.dtype(np.float64)
    header = [0, 0, 2, id(np.ndarray), id(float), 0, 0, native.NEVER, 0]
    described = [2, id(float64), native.READABLE, 8, native.SCALAR, id(float64), 0, 8]
    entry = np.array([*header, *described], np.int64)
    packed, expected = np.zeros(4, np.int64), np.zeros(4, np.int64)
    wrong = _compiled("pack", 3)(entry.ctypes.data, id(operands), packed.ctypes.data)
    pack_plainly(entry.ctypes.data, id(operands), expected.ctypes.data)
    return wrong == 0 and bool((packed == expected).all())


def __getattr__(name: str) -> Any:
    """Compile them on first use; afterwards they are plain attributes."""
    if name not in STARTERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    global pack, pack_and_call, pack_and_call_each, data, bind, ready
    global call_kernel, run, run_batches, run_batches_alone, run_briefly
    if name == "run_batches":  # by itself: only who trains for whole epochs needs it
        run_batches = _compiled("run_batches", 2, ", nogil=True")
        return run_batches
    if name == "run_batches_alone":
        run_batches_alone = _compiled("run_batches", 2)
        return run_batches_alone
    if name == "call_kernel":
        call_kernel = _compiled("call_kernel", 2, ", nogil=True")
        return call_kernel
    pack, run_briefly = _compiled("pack", 3), _compiled("run", 3)
    run = _compiled("run", 3, ", nogil=True")
    if reads_objects():
        pack_and_call, bind = _compiled("pack_and_call", 2), _compiled("bind", 2)
        pack_and_call_each, data = _compiled("pack_and_call_each", 3), _compiled("data", 1)
        ready = _compiled("ready", 3)
    else:
        ready = _cannot_tell
        pack_and_call_each, data = _pack_and_call_each_plainly, _data_plainly
        pack, pack_and_call, bind = pack_plainly, _pack_and_call_plainly, _bind_plainly
    return globals()[name]
