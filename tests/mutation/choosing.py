"""A plugin for pytest: only the tests that a file lists, in its order; CHOSEN says which.

A test that hangs ends the process, with an exit status that is not pytest's for success.
"""

import faulthandler
import json
import os
import signal
from pathlib import Path

import pytest

# Seconds of a test: of the processor, as one that compiles what a mutant changed takes some, and
# of the clock, for what waits for ever.
COMPUTING, ALL = 100, 900


def pytest_collection_modifyitems(items):
    names = json.loads(Path(os.environ["CHOSEN"]).read_text())
    place = {name: index for index, name in enumerate(names)}
    chosen = [item for item in items if item.nodeid in place]
    items[:] = sorted(chosen, key=lambda item: place[item.nodeid])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    faulthandler.dump_traceback_later(ALL, exit=True)
    signal.setitimer(signal.ITIMER_PROF, COMPUTING)  # whose signal ends the process
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
