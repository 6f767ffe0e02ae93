"""Are parts really done at the same time, by as many threads as there are, and each part once?"""

import threading
import time

import numpy as np
import pytest
from numba import cfunc, njit, types
from numba.extending import intrinsic

import minigrad
from minigrad.kernels import team, threads
from minigrad.kernels.native import load, store

LONG = 10**10  # looks for what does not come: some seconds

pytestmark = pytest.mark.skipif(not threads._have_semaphores(), reason="there can be no team")


@pytest.fixture(autouse=True)
def usual_threads():
    """The number of threads is afterwards as it was."""
    usual = minigrad.get_num_threads()
    yield
    minigrad.set_num_threads(usual)


@intrinsic
def this_thread(typing_context):
    """A number that the calling thread has for itself."""
    return types.int32(), team._of_the_c_library("gettid", 0)


@cfunc("int64(int64)")
def meet(slots):
    """Tell which thread has begun this part, and wait until so many have; 1 if they do not."""
    begun, wanted = load(slots), load(slots + 8)
    store(slots + 16, this_thread())
    team.add(begun, 1)
    for _ in range(LONG):
        if team.look(begun) >= wanted:
            return 0
    return 1


@njit(nogil=True)
def meeting(memory, function, begun, wanted):
    """Do parts together, of which each waits until so many have begun."""
    parts = len(wanted)
    for part in range(parts):
        store(team.part_of(memory, part) + team.SLOTS, begun)
        store(team.part_of(memory, part) + team.SLOTS + 8, wanted[part])
    team.exchange(memory + team.IN_USE, 1)
    team.do_together(memory, function, parts)
    team.exchange(memory + team.IN_USE, 0)


def met(parts, wanted):
    """The parts' statuses, where each waits until so many have begun."""
    threads.start()
    words, begun = threads._words, np.zeros(1, np.int64)
    first = (team.PARTS + team.STATUS) // 8
    statuses = words[first : first + parts * team.PART // 8 : team.PART // 8]
    statuses[:] = -1
    meeting(threads.address(), meet.address, begun.ctypes.data, np.full(parts, wanted))
    assert begun[0] == parts
    return statuses.tolist()


def asleep(first, last):
    """Whether these workers sleep, the last not among them."""
    begin, step = team.WORKERS // 8, team.WORKER // 8
    return (threads._words[begin + first * step : begin + last * step : step] == 1).all()


def wait_for(condition, *given):
    end = time.monotonic() + 60
    while not condition(*given) and time.monotonic() < end:
        time.sleep(0.01)
    return condition(*given)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_as_many_parts_run_at_the_same_time_as_there_are_threads(count):
    minigrad.set_num_threads(count)
    assert met(count, count) == [0] * count
    assert met(2 * count, count) == [0] * 2 * count
    assert wait_for(asleep, 0, count - 1)  # when there has been nothing to do for a while
    assert met(count, count) == [0] * count


def test_nobody_is_waked_for_whom_there_is_no_part():
    minigrad.set_num_threads(4)
    met(4, 4)
    assert wait_for(asleep, 0, 3)
    assert met(2, 2) == [0, 0]
    assert asleep(1, 3)


def test_each_member_begins_with_parts_of_its_own_and_the_next_time_with_the_same():
    """The two that begin wait for each other, and so do the two after them."""
    minigrad.set_num_threads(2)
    threads.start()
    signed = []
    for _ in range(5):
        assert wait_for(asleep, 0, 1)  # or the worker, late, may take one of the next parts
        begun = np.zeros(1, np.int64)
        wanted = np.array([2, 4, 2, 4])
        meeting(threads.address(), meet.address, begun.ctypes.data, wanted)
        slots = [team.PARTS + team.PART * part + team.SLOTS + 16 for part in range(4)]
        signed.append([int(threads._words[each // 8]) for each in slots])
    worker, owner = signed[0][0], threading.get_native_id()
    assert worker != owner
    assert signed == [[worker, worker, owner, owner]] * 5


def test_who_is_alone_does_all_parts():
    minigrad.set_num_threads(1)
    assert met(3, 1) == [0, 0, 0]
