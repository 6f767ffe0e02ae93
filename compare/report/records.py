"""What did comparisons on other machines find? `compare/results` has a file and a page of each."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from markupsafe import escape

from ..devices import is_cuda
from . import files
from .content import Report, Section, as_json
from .page import page

RESULTS = Path(__file__).parents[1] / "results"
COLUMNS = ("date", "devices", "torch", "summary")


def record(report: Report, folder: Path) -> Path:
    """Keep the worst rows, and a page, in files named after the device and the date."""
    folder.mkdir(exist_ok=True)
    name = name_of(report)
    files.write_text(folder / f"{name}.html", page(report, brief=True))
    files.write_json(folder / f"{name}.json", as_json(report, brief=True))
    return folder / f"{name}.json"


def obstacle(folder: Path) -> str | None:
    """Why nothing could be kept there, found out before there is anything to keep."""
    return files.obstacle((folder if folder.exists() else folder.parent) / "record.json")


def name_of(report: Report) -> str:
    """The device and the date, as a file's name."""
    devices = report.machine["devices"]
    on_cuda = [each for each in devices if is_cuda(each.partition(",")[0])]
    named = on_cuda[0] if on_cuda else f"cpu, {report.machine['processor']}"
    words = re.findall(r"[a-z0-9.]+", named.lower())
    return "-".join([*words, report.machine["date"].partition(" ")[0]])


def section(folder: Path) -> Section | None:
    """A line for each record, if there are any."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        return None
    records = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    found = [{column: shown(each[column]) for column in COLUMNS} for each in records]
    head = "".join(f"<th>{column}</th>" for column in COLUMNS)
    lines = ["".join(f"<td>{escape(text)}</td>" for text in each.values()) for each in found]
    table = "".join(f"<tr>{line}</tr>" for line in (head, *lines))
    return Section(
        "Recorded on machines",
        "\n".join(", ".join(each.values()) for each in found),
        f'<div class="scroll"><table>{table}</table></div>',
        found,
    )


def shown(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
