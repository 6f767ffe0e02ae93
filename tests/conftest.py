"""How tests run, and the library under test: minigrad, and PyTorch where it is installed.

Arrays are NaN until they are written. A test that takes the fixture `torch` is a statement about
both libraries, so what is written down as PyTorch's behaviour is checked against PyTorch too.

Profiles, the marker `slow` and the seeds in reports are those of the plugin `pytest_minigrad`.
"""

import gc
import re
from collections.abc import Callable, Generator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest

# Scripts: some are for PyTorch, which need not be installed.
collect_ignore_glob = [
    "mutation/*.py",
    "reference/record_*.py",
    "training/script.py",
    "typing/script.py",
]

# A test that takes the fixture `torch` is run with each of these.
LIBRARIES = ["minigrad", "torch"] if find_spec("torch") else ["minigrad"]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the garbage collector the thousands of tests, which stay until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "torch" not in LIBRARIES:
        terminalreporter.line("PyTorch is not installed: it was held against recorded values only")


@pytest.fixture(autouse=True)
def everything_is_poisoned(poisoned_arrays: None) -> None:
    """What a kernel forgets to write is NaN in every test."""


def in_our_words(text: str) -> str:
    """Put minigrad's names where PyTorch prints its own."""
    return re.sub(r"\btorch\b", "minigrad", text.replace("torch.nn.modules.", "torch.nn."))


@pytest.fixture(params=LIBRARIES)
def torch(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(request.param)


@pytest.fixture(scope="session")
def printed() -> Callable[[object], str]:
    """Give the printed form of a value, in minigrad's words."""

    def printed(value: object) -> str:
        return in_our_words(repr(value))

    return printed


@pytest.fixture(scope="session")
def failure() -> Callable[..., str]:
    """Give the type and the text of the exception that a call raises, in minigrad's words."""

    def failure(function: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
        with pytest.raises(Exception) as caught:
            function(*args, **kwargs)
        return in_our_words(f"{type(caught.value).__name__}: {caught.value}")

    return failure


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Give the one line with which a command refuses its arguments, for exit status 2."""

    def refusal(main: Callable[[list[str]], int], arguments: list[str]) -> str:
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        return message

    return refusal
