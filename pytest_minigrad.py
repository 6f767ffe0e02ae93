"""What pytest loads by itself where minigrad is installed: fixtures, markers, seeds, profiles.

This module stands beside the package, as `import minigrad` takes half a second, which who tests
something else does not pay: minigrad is imported when a test or a fixture asks for it. In a
project's configuration `minigrad = true` loads the profiles of `minigrad.testing.profiles`, before
any conftest, and skips tests marked `slow` unless `-m` asks for them. Without these profiles
Hypothesis takes the time of examples, and kernels are compiled before a test of minigrad's
strategies begins.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from typing import Any

import pytest

MARKERS = {
    "slow": "takes long; where minigrad = true only run when asked for by -m slow",
    "warm_kernels": "all of minigrad's kernels are compiled before it starts: it takes time",
}
Call = pytest.CallInfo[None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("minigrad", "load minigrad's profiles, skip slow tests", "bool", default=False)
    parser.getgroup("minigrad").addoption(
        "--minigrad-seed",
        type=int,
        default=0,
        metavar="N",
        help="what minigrad.manual_seed is given before each test that has imported minigrad",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before conftests are read, so that a profile which one loads is the one that counts."""
    if early_config.getini("minigrad") and find_spec("hypothesis"):
        from minigrad.testing import profiles

        profiles.load()


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getini("minigrad") or "slow" in config.getoption("markexpr"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: ask for it with -m slow"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin each test with the same random numbers, whichever ran before."""
    if item.get_closest_marker("warm_kernels") or _is_timed(item):
        _warm()
    if "minigrad" in sys.modules:
        sys.modules["minigrad"].manual_seed(item.config.getoption("minigrad_seed"))


def _is_timed(item: pytest.Item) -> bool:
    """Whether Hypothesis would fail a test because its first examples compile kernels."""
    settings = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
    if settings is None or "minigrad.testing.strategies" not in sys.modules:
        return False
    from hypothesis import HealthCheck

    ignored = HealthCheck.too_slow in settings.suppress_health_check
    return settings.deadline is not None or not ignored


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: Call
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say in the report of a failure which seeds repeat it."""
    report = yield
    if report.failed and "minigrad" in sys.modules:
        report.sections.append(("Seeds", how_to_rerun(item)))
    return report


def how_to_rerun(item: pytest.Item) -> str:
    """The command that runs a test again with the random numbers that it had."""
    options = [f"--minigrad-seed={item.config.getoption('minigrad_seed')}"]
    seed = _seed_of_hypothesis(item)
    if seed is not None:
        options.append(f"--hypothesis-seed={seed}")
    return f"pytest {' '.join(options)} '{item.nodeid}'"


def _seed_of_hypothesis(item: pytest.Item) -> Any:
    """What `--hypothesis-seed` gave, or else what Hypothesis drew for this test."""
    given = item.config.getoption("--hypothesis-seed", default=None)
    if given is not None:
        return given
    function = getattr(getattr(item, "obj", None), "__func__", getattr(item, "obj", None))
    return getattr(function, "_hypothesis_internal_use_generated_seed", None)


@pytest.fixture
def poisoned_arrays() -> Iterator[None]:
    """Fill every array with NaN before a kernel writes it: what it forgets is seen."""
    from minigrad import launch

    before, launch.poison = launch.poison, True
    yield
    launch.poison = before


@pytest.fixture(scope="session")
def warm_kernels() -> Callable[..., int]:
    """Compile all of minigrad's kernels before the test; the fixture compiles others."""
    _warm()
    from minigrad.testing import warm_kernels

    return warm_kernels


def _warm() -> None:
    from minigrad.testing import warm_kernels

    warm_kernels()
