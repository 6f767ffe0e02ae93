"""The pages about testing gradients run, and what they say is printed is printed."""

import re
import sys
from pathlib import Path

import pytest

import minigrad.testing
from minigrad.fused import registry

PAGES = Path(minigrad.testing.__file__).parent / "pages"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```", re.M | re.S)


def matches(shown: str, printed: str) -> bool:
    """`…` on a page stands for what differs from machine to machine."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed, re.S) is not None


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_runs(page, tmp_path, monkeypatch, capsys):
    text = page.read_text(encoding="utf-8")
    if "import torch\n" in text:
        pytest.importorskip("torch")
    monkeypatch.syspath_prepend(tmp_path)
    blocks = BLOCK.findall(text)
    for _, file, content in blocks:
        if file:
            (tmp_path / file).write_text(content)
    names = {"__name__": f"page_{page.stem}"}
    compared, registered = 0, set(registry)
    for kind, file, content in blocks:
        if kind == "text":
            assert matches(content, capsys.readouterr().out), content
            compared += 1
        elif not file:
            exec(compile(content, page.name, "exec"), names)
    assert compared >= 2
    for file in filter(None, (file for _, file, _ in blocks)):
        sys.modules.pop(Path(file).stem, None)
    for name in set(registry) - registered:
        registry.pop(name)


def test_there_are_pages():
    expected = {
        "check-a-torch-function",
        "check-your-own-layer",
        "test-your-own-operation",
    }
    assert expected <= {path.stem for path in PAGES.glob("*.md")}
