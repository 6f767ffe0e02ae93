"""Where are differences kept, so that they are looked for ever after?

Each is a script in `found/`: it runs by itself in PyTorch, and in minigrad with another import.
The tests run them all.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from .block import Found
from .drawing import lines_of_script

FOLDER = Path(__file__).parent / "found"


def names(folder: Path = FOLDER) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py"))


def lines(name: str, folder: Path = FOLDER) -> list[str]:
    """The program of a difference."""
    return lines_of_script((folder / f"{name}.py").read_text(encoding="utf-8"))


def name_of(found: Found) -> str:
    """An operation, what differs and a seed, as the name of a file.

    >>> name_of(Found(7, ("operator +", "value"), "", []))
    'operator_value_7'
    """
    words = re.findall(r"\w+", f"{found.kind[0]} {found.kind[1]} {found.seed}")
    return "_".join(words)


def keep(found: Found, folder: Path = FOLDER) -> Path:
    """Write a difference down."""
    path = folder / f"{name_of(found)}.py"
    text = textwrap.fill(f"Found by seed {found.seed}. {found.text}", 95, max_lines=12)
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    path.write_text(
        "\n".join([f'"""{text}\n"""', "", "import torch", "", *found.lines, ""]), encoding="utf-8"
    )
    return path
