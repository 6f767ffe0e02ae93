"""The library under test: minigrad, and PyTorch itself where it is installed.

A test that takes the fixture `library` is a statement about both.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

import minigrad


@pytest.fixture(params=["minigrad", "torch"])
def library(request: pytest.FixtureRequest) -> ModuleType:
    return pytest.importorskip(f"{request.param}.utils.data")


@pytest.fixture(autouse=True)
def default_generator_kept() -> Iterator[None]:
    state = minigrad.default_generator.get_state()
    yield
    minigrad.default_generator.set_state(state)
