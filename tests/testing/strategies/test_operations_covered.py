"""Programs can draw whatever computes something: each public name, but for a few with reasons."""

import re
from pathlib import Path

import pytest

import minigrad
from minigrad.testing.strategies import OPERATIONS

PAGE = (Path(__file__).parents[3] / "SUPPORTED.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `([\w.]+)`[^\n]*\n(.*?)(?=^#|\Z)", PAGE, re.M | re.S))
DRAWN = {name for operation in OPERATIONS.values() for name in operation.public_names}
# Where a name of each column of the table is found.
PLACES = (("torch", "Tensor"), ("torch", "Tensor"), ("torch",), ("Tensor",), ("Tensor",))
LEFT_OUT = {
    "seeds": "programs set one",
    "description": "told of every variable after each line, or of no number",
    "gradients": "modes are drawn with each line, facts are told of every variable",
    "types of elements": "compute nothing of tensors",
    "memory, printing": "compute nothing",
    "files, compiling": "need files; a compiled step is held against the eager one elsewhere",
    "threads": "compute nothing",
    "the same bits each time": "compute nothing",
    "numbers": "are numbers",
    "the package": "are classes and modules",
    "containers": "Sequential holds others; parameters are drawn with layers",
    "inside": "are modules",
    "torch.tensor": "makes the inputs of every program",
    "torch.as_tensor": "makes what torch.tensor makes, or what it is given",
    "torch.from_numpy": "needs an array, which programs do not have",
    "torch.from_dlpack": "needs another library's memory",
    "torch.empty": "leaves open what is in it",
    "torch.empty_like": "leaves open what is in it",
    "Tensor.new_empty": "leaves open what is in it",
    "Tensor.numpy": "an array, which programs do not have",
    "Tensor.array": "no name of PyTorch's",
    "Tensor.data": "what changes through it is told of nowhere, in rows of its own",
    "torch.float": "a type of elements",
    "torch.double": "a type of elements",
    "torch.long": "a type of elements",
    "torch.bool": "a type of elements",
    "torch.int": "a type of elements",
    "torch.short": "a type of elements",
    **dict.fromkeys(
        ("Tensor.int", "Tensor.short", "Tensor.char", "Tensor.byte"),
        "give integers of few bits, which programs do not have",
    ),
    "torch.cuda": "a module",
    "Tensor.cuda": "a device that is not there",
    "Tensor.cpu": "the tensor itself",
}


def rows(title: str) -> list[list[str]]:
    """The rows of a section's table: a theme, and names in columns."""
    lines = [line for line in SECTIONS[title].splitlines() if line.startswith("|")][2:]
    return [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in lines]


def wanted(title: str) -> list[str]:
    """The names of a section that nobody has left out, by the paths that sources have."""
    found = []
    for theme, *columns in rows(title):
        places = PLACES if title == "minigrad" else ((title.replace("minigrad", "torch"),),)
        if theme not in LEFT_OUT:
            for column, of_column in zip(columns, places, strict=True):
                found += [f"{each}.{name}" for name in column.split() for each in of_column]
    return [name for name in found if name not in LEFT_OUT]


@pytest.mark.parametrize("title", ["minigrad", "minigrad.nn", "minigrad.nn.functional"])
def test_what_computes_is_drawn(title: str) -> None:
    names = wanted(title)
    assert names
    assert [name for name in names if name not in DRAWN] == []


def test_what_is_left_out_is_there_and_not_drawn() -> None:
    themes = {row[0] for title in SECTIONS for row in rows(title)}
    for name in LEFT_OUT.keys() - themes:
        assert hasattr(minigrad.Tensor if "Tensor." in name else minigrad, name.split(".")[1])
        assert name not in DRAWN


def test_every_optimiser_takes_steps() -> None:
    (rules,) = (names.split() for theme, names in rows("minigrad.optim") if theme[:6] == "update")
    assert [each for each in rules if f"torch.optim.{each}" not in DRAWN] == []
