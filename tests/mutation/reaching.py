"""Which functions of minigrad does each test call, and how long does it take?

A plugin for pytest: `REACHED=FOLDER python -m pytest -p tests.mutation.reaching` writes it down
there, a file for each process. `deciding.py` reads it, to try a mutant on the tests that reach it.
"""

import json
import os
import sys
import threading
from pathlib import Path
from time import process_time

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = f"{ROOT / 'minigrad'}{os.sep}"

tests = {}  # by their names: seconds, and the functions called, as "file:line"
called = set()


def remember(frame, event, argument):
    called.add(frame.f_code)


def seconds():
    """Of processors, this process's and its children's: what others do meanwhile adds none."""
    return process_time() + sum(os.times()[2:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    called.clear()
    threading.settrace(remember)
    sys.settrace(remember)
    begun = seconds()
    try:
        return (yield)
    finally:
        sys.settrace(None)
        ours = [code for code in called if code.co_filename.startswith(PACKAGE)]
        functions = {f"{code.co_filename[len(PACKAGE) :]}:{code.co_firstlineno}" for code in ours}
        tests[item.nodeid] = seconds() - begun, sorted(functions)


def pytest_sessionfinish():
    if tests:
        folder = Path(os.environ["REACHED"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{os.getpid()}.json").write_text(json.dumps(tests))
