"""Does a process that was measured leave the processors to the next?"""

import threading
from time import monotonic

from bench.threads import fall_silent


def test_it_is_silent_only_when_its_threads_are():
    end = monotonic() + 0.3

    def spin():
        while monotonic() < end:
            pass

    busy = threading.Thread(target=spin)
    busy.start()
    fall_silent(patience=30)
    assert not busy.is_alive()


def test_patience_has_an_end():
    stop = threading.Event()

    def spin():
        while not stop.is_set():
            pass

    busy = threading.Thread(target=spin)
    busy.start()
    fall_silent(patience=0.05)
    assert busy.is_alive()
    stop.set()
    busy.join()
