"""What the plugin does for a user's tests, and that it costs others nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad

ROOT = Path(minigrad.__file__).parent.parent


def pytest_of(folder, source, *options, configuration="", environment=()):
    """Run pytest on a file in a folder of its own; give its exit code and what it prints."""
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text(f"[pytest]\n{configuration}\n")
    unwanted = ("CI", "HYPOTHESIS_PROFILE", "PYTEST_ADDOPTS")
    given = {name: value for name, value in os.environ.items() if name not in unwanted}
    given |= {"PYTHONPATH": str(ROOT), **dict(environment)}
    command = [sys.executable, "-m", "pytest", "-p", "pytest_minigrad", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *options], cwd=folder, env=given, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


SEEDS = """
import minigrad, os
from hypothesis import given, strategies as st

def test_numbers(): assert minigrad.rand(1).item() == float(os.environ["WANTED"])
def test_the_same_numbers(): test_numbers()
def test_others(): assert minigrad.rand(1).item() < 0

@given(x=st.integers())
def test_drawn(x): assert x < 10**4
"""


def test_each_test_begins_with_the_seed_and_the_report_says_how_to_repeat_it(tmp_path):
    minigrad.manual_seed(7)
    wanted = {"WANTED": str(minigrad.rand(1).item())}
    code, text = pytest_of(tmp_path, SEEDS, "--minigrad-seed=7", environment=wanted)
    assert code == 1 and "2 passed" in text and "2 failed" in text
    assert "pytest --minigrad-seed=7 'test_it.py::test_others'" in text
    (line,) = [line for line in text.splitlines() if "--hypothesis-seed=" in line]
    assert line.startswith("pytest --minigrad-seed=7 --hypothesis-seed=")
    assert line.endswith("'test_it.py::test_drawn'")
    _, text = pytest_of(tmp_path, SEEDS, *line.replace("'", "").split()[1:], environment=wanted)
    assert line in text


PROFILES = """
import pytest
from hypothesis import settings

def test_profile(): print("examples", settings().max_examples, settings().derandomize)

@pytest.mark.slow
def test_slow(): pass
"""
CONFTEST = """
from hypothesis import settings
settings.register_profile("mine", max_examples=7)
settings.load_profile("mine")
"""


@pytest.mark.slow
def test_profiles_and_slow_tests_are_for_projects_that_ask_and_a_users_own_profile_counts(
    tmp_path,
):
    def said(configuration="minigrad = true", **environment):
        return pytest_of(
            tmp_path, PROFILES, "-s", configuration=configuration, environment=environment
        )[1]

    usual, of_others = said(), said("")
    assert "examples 12 False" in usual and "1 skipped" in usual
    assert "examples 30 True" in said(CI="1")
    assert "examples 2000 False" in said(CI="1", HYPOTHESIS_PROFILE="intense")
    assert "must be one of dev, ci, intense, got 'never'" in said(HYPOTHESIS_PROFILE="never")
    assert "examples 100 False" in of_others and "2 passed" in of_others
    (tmp_path / "conftest.py").write_text(CONFTEST)
    assert "examples 7 False" in said()


FIXTURES = """
import numpy as np, pytest
import minigrad
from minigrad import launch
from minigrad.ops import relu

def test_poisoned(poisoned_arrays): assert np.isnan(launch.empty((2,), np.dtype("float32"))).all()
def test_not_poisoned(): assert not launch.poison

@pytest.mark.warm_kernels
def test_warm():
    kernels = relu.__globals__["forward"], relu.__globals__["backward"]
    assert all(np.dtype(name) in each._entries for each in kernels for name in ("f4", "f8"))

def test_more(warm_kernels): assert warm_kernels() > 20
"""


def test_fixtures_and_markers_are_there_to_ask_for(tmp_path):
    code, text = pytest_of(tmp_path, FIXTURES, "--strict-markers")
    assert code == 0 and "4 passed" in text


TIMED = """
import numpy as np
from hypothesis import HealthCheck, given, settings
from minigrad.ops import relu
from minigrad.testing.strategies import tensors

def is_warm(): return np.dtype("float32") in relu.__globals__["forward"]._entries

@given(x=tensors())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_with_all_the_time_in_the_world(x): assert not is_warm()

@given(x=tensors())
def test_with_a_deadline(x): assert is_warm()
"""


def test_kernels_are_compiled_before_hypothesis_takes_the_time_of_examples(tmp_path):
    code, text = pytest_of(tmp_path, TIMED)
    assert code == 0 and "2 passed" in text


NOTHING = """
import sys

def test_nothing(): assert not {"minigrad", "numba", "numpy", "hypothesis"} & set(sys.modules)
def test_wrong(): assert False
"""


def test_who_tests_something_else_pays_nothing_and_needs_no_hypothesis(tmp_path):
    absent = ["-p", "no:hypothesispytest"]
    code, text = pytest_of(tmp_path, NOTHING, *absent)
    assert code == 1 and "1 failed, 1 passed" in text and "Seeds" not in text
    (tmp_path / "hypothesis.py").write_text("raise ImportError('it is not there')")
    with_minigrad = "import minigrad\n\ndef test_it(poisoned_arrays): minigrad.testing.gradcheck\n"
    code, text = pytest_of(tmp_path, with_minigrad, *absent)
    assert code == 0 and "1 passed" in text
