"""The page about an operation of one's own runs, and what it says is printed is printed."""

import re
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import compare

PAGES = Path(compare.__file__).parent / "pages"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
STARTED = "hold-your-own-operation-against-torch"


def matches(shown: str, printed: str) -> bool:
    """`…` on a page stands for what is drawn, or differs from machine to machine."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed, re.S) is not None


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_runs(page, capsys):
    names = {"__name__": f"page_{page.stem}"}
    compared = 0
    for kind, content in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "text":
            printed = capsys.readouterr().out
            assert matches(content, printed), printed
            compared += 1
        else:
            exec(compile(content, page.name, "exec"), names)
    assert compared >= 2


def test_the_first_piece_is_ten_lines_of_a_users():
    text = (PAGES / f"{STARTED}.md").read_text(encoding="utf-8")
    _, content = BLOCK.findall(text)[0]
    assert len([line for line in content.splitlines() if line.strip()]) <= 10
