"""Is progress shown where somebody asked for it and can see it, and said what is missing?"""

import sys

import pytest

import minigrad as torch
from minigrad.utils.data import DataLoader, IterableDataset, TensorDataset


class Stream(IterableDataset):
    def __iter__(self):
        return iter(torch.arange(6.0))


LOADERS = [
    DataLoader(TensorDataset(torch.arange(6.0)), 2),
    DataLoader(Stream(), 2),
    (torch.arange(2.0) + k for k in (0, 2, 4)),
]


@pytest.mark.parametrize("loader", LOADERS, ids=["rows", "stream", "generator"])
def test_a_bar_on_a_terminal(loader, capsys, monkeypatch):
    pytest.importorskip("rich")
    monkeypatch.setenv("FORCE_COLOR", "1")  # takes what is captured for a terminal
    step = torch.compile(lambda x: x * 2)
    assert step.epoch(loader, progress=True).tolist() == [[0, 2], [4, 6], [8, 10]]
    out, err = capsys.readouterr()
    assert "epoch" in err and not out


@pytest.mark.parametrize("asked", [False, True])
def test_no_bar(asked, capsys):
    if asked:
        pytest.importorskip("rich")  # what is captured is no terminal
    torch.compile(lambda x: x * 2).epoch(LOADERS[0], progress=asked)
    assert capsys.readouterr() == ("", "")


def test_without_rich(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with pytest.raises(ModuleNotFoundError, match=r"needs rich.*pip install rich"):
        torch.compile(lambda x: x * 2).epoch(LOADERS[0], progress=True)
    torch.compile(lambda x: x * 2).epoch(LOADERS[0])
