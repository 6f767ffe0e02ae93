"""SUPPORTED.md has every public name, each in its place, and none that does not exist."""

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

import minigrad
from minigrad.testing import strategies

PAGE = (Path(__file__).parent.parent / "SUPPORTED.md").read_text()
SECTIONS = dict(re.findall(r"^### `([\w.]+)`[^\n]*\n(.*?)(?=^#|\Z)", PAGE, re.M | re.S))


def columns(title: str) -> list[list[str]]:
    """The names in each column of a section's table, but for the first, which says the theme."""
    rows = [line.split("|")[2:-1] for line in SECTIONS[title].splitlines() if line[:1] == "|"][2:]
    cells = zip(*rows, strict=True)
    return [[name for each in cell for name in each.strip(" `").split()] for cell in cells]


def public_modules(module: ModuleType) -> dict[str, ModuleType]:
    """A module and those that can be reached from it by public names."""
    found = {module.__name__: module}
    for name in module.__all__:
        if isinstance(getattr(module, name), ModuleType):
            found |= public_modules(getattr(module, name))
    return found


def assert_same(page: list[str], code: list[str]) -> None:
    assert not set(code) - set(page), "SUPPORTED.md lacks names of the code"
    assert not set(page) - set(code), "SUPPORTED.md has names that the code lacks"
    assert len(page) == len(set(page)), "SUPPORTED.md has a name twice"


MODULES = public_modules(minigrad) | public_modules(strategies)


def test_every_public_module_has_its_section():
    assert set(SECTIONS) == set(MODULES)


@pytest.mark.parametrize("title", [title for title in SECTIONS if title != "minigrad"])
def test_a_section_has_the_names_of_its_module(title):
    (names,) = columns(title)
    assert_same(names, importlib.import_module(title).__all__)


def test_functions_and_methods():
    both, both_in_place, functions, methods, in_place = columns("minigrad")
    of_tensors = [name for name in dir(minigrad.Tensor) if not name.startswith("_")]
    assert_same(both + both_in_place + functions, minigrad.__all__)
    assert_same(both + both_in_place + methods + in_place, of_tensors)
    assert all(name.endswith("_") for name in both_in_place + in_place)
    assert not any(name.endswith("_") for name in methods)


def test_the_links_lead_somewhere():
    headings = re.findall(r"^#+ (.*)$", PAGE, re.M)
    for anchor in re.findall(r"\]\(#([\w-]+)\)", PAGE):
        assert anchor in [each.lower().replace(" ", "-") for each in headings]


def test_what_is_called_missing_is_missing():
    (error,) = re.findall(r"`minigrad\.nn has no Conv2d; .*?`", PAGE, re.S)
    with pytest.raises(AttributeError) as caught:
        minigrad.nn.Conv2d  # noqa: B018
    assert str(caught.value) == " ".join(error.strip("`").split())
    for name in re.findall(r"`(?:torch\.)?([a-z]+)`", PAGE.partition("## Not planned")[2]):
        assert name == "compile" or not hasattr(minigrad, name)
