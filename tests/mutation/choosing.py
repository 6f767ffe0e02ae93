"""A plugin for pytest: only the tests that a file lists, in its order; CHOSEN says which.

A test that hangs ends the process, with an exit status that is not pytest's for success.
"""

import faulthandler
import json
import os
from pathlib import Path

import pytest

LIMIT = 150  # seconds of a test; those that compile what a mutant changed take some


def pytest_collection_modifyitems(items):
    names = json.loads(Path(os.environ["CHOSEN"]).read_text())
    place = {name: index for index, name in enumerate(names)}
    chosen = [item for item in items if item.nodeid in place]
    items[:] = sorted(chosen, key=lambda item: place[item.nodeid])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    faulthandler.dump_traceback_later(LIMIT, exit=True)
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()
