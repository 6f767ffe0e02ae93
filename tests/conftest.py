"""How tests run, and the library under test: minigrad, and PyTorch where it is installed.

Arrays are NaN until they are written. A test that takes the fixture `torch` is a statement about
both libraries, so what is written down as PyTorch's behaviour is checked against PyTorch too.

The profile is HYPOTHESIS_PROFILE, one of dev, ci and intense; by default ci where CI is set.
"""

import os
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from minigrad import launch

# Scripts: some are for PyTorch, which need not be installed.
collect_ignore_glob = ["reference/record_*.py", "training/script.py", "typing/script.py"]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", max_examples=30, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "ci", max_examples=30, deadline=None, suppress_health_check=SLOW, derandomize=True
)
settings.register_profile("intense", max_examples=2000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "slow" in config.getoption("markexpr"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: ask for it with -m slow"))


@pytest.fixture(autouse=True)
def poisoned_arrays() -> Iterator[None]:
    """Fill every array with NaN before a kernel writes it: what it forgets is seen."""
    launch.poison = True
    yield
    launch.poison = False


def in_our_words(text: str) -> str:
    """Put minigrad's names where PyTorch prints its own."""
    return re.sub(r"\btorch\b", "minigrad", text.replace("torch.nn.modules.", "torch.nn."))


@pytest.fixture(params=["minigrad", "torch"])
def torch(request: pytest.FixtureRequest) -> ModuleType:
    return pytest.importorskip(request.param)


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
