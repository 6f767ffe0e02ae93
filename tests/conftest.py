"""How tests run: how many examples are drawn, and arrays that are NaN until they are written.

The profile is HYPOTHESIS_PROFILE, one of dev, ci and intense; by default ci where CI is set.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from minigrad import launch

# Scripts for PyTorch, which need not be installed.
collect_ignore_glob = ["reference/record_*.py", "training/script.py"]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("dev", max_examples=30, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "ci", max_examples=100, deadline=None, suppress_health_check=SLOW, derandomize=True
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
