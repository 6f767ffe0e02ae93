"""The printed form of a program: a table of what a step launches, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..kernels.kernel import Kernel

if TYPE_CHECKING:
    from .program import Program

HEADINGS = ("", "kernel", "shapes", "line", "runs in")


def text(program: Program) -> str:
    """A row for each instruction; those that run in Python are marked."""
    rows = [HEADINGS]
    for number, line in enumerate(program.lines):
        native = isinstance(line.kernel, Kernel)
        name = line.kernel.name if native else getattr(line.kernel, "__name__", "?").strip("_")  # type: ignore[attr-defined]
        shapes = " ".join("×".join(map(str, shape)) or "1" for shape in line.shapes)
        source = f"{line.site}  {line.site.text}"
        rows.append((str(number), name, shapes, source, "native code" if native else "Python"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_joined(row, widths) for row in rows]
    natives = sum(isinstance(line.kernel, Kernel) for line in program.lines)
    summary = (
        f"{len(program.lines)} instructions, {natives} of them native, "
        f"in {len(program.segments)} segment{'s' * (len(program.segments) != 1)}"
    )
    return "\n".join([summary, *lines])


def _joined(row: tuple[str, ...], widths: list[int]) -> str:
    number, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([number.strip().rjust(widths[0]), *rest]).rstrip()
