"""What is to be read stays short: an operation on two screens, the graph at one sitting."""

from pathlib import Path

import pytest

import minigrad

PACKAGE = Path(minigrad.__file__).parent
SCREEN = 60


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "ops").glob("*.py")), ids=lambda path: path.stem
)
def test_an_operation_fits_on_two_screens(path):
    assert length(path) <= 2 * SCREEN


def test_the_graph_is_read_at_one_sitting():
    for path in (PACKAGE / "autograd").glob("*.py"):
        assert length(path) < 250
