"""The printed form of a program: what a step launches, under the lines of the user's that do.

The bytes are those of every operand, read or written, once; what an operation (flop) is, stands
in `kernels.flops`. Both are counted, not measured; `profile` measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..kernels.kernel import Kernel
from ..site import Site
from .columns import WIDTH, aligned, quantity, shortened
from .work import Work, works

if TYPE_CHECKING:
    from .program import Line, Program

HEADINGS = ("", "kernel", "shapes", "bytes", "flop", "")
LEFT = (1, 2, 5)
SHAPES_WIDTH = 32


def text(program: Program) -> str:
    """A row for each instruction and one for all; those that run in Python are marked."""
    natives = sum(isinstance(line.kernel, Kernel) for line in program.lines)
    summary = (
        f"{len(program.lines)} instructions, {natives} of them native, "
        f"in {len(program.segments)} segment{'s' * (len(program.segments) != 1)}"
    )
    if program.halved:
        summary += f"\n    two threads do half of the rows each of {halved(program)}"
    if not program.lines:
        return summary
    done = works(program)
    rows = [HEADINGS, *map(_cells, range(len(done)), program.lines, done)]
    known = all(work.flops is not None for work in done)
    total = "total" if known else "total, Python's flop not known"
    moved = quantity(sum(work.nbytes for work in done), "B")
    rows.append(
        ("", total, "", moved, quantity(sum(work.flops or 0 for work in done), "flop"), "")
    )
    headings, *table, last = aligned(rows, LEFT)
    lines = [summary, headings]
    for site, numbers in by_line([line.site for line in program.lines]):
        lines += [heading(site), *[table[number] for number in numbers]]
    return "\n".join([*lines, last])


def halved(program: Program) -> str:
    """The instructions that are done by halves."""
    return ", ".join(f"{first} to {last - 1}" for first, last in program.halved)


def _cells(number: int, line: Line, work: Work) -> tuple[str, ...]:
    shapes = ("×".join(map(str, shape)) or "1" for shape in line.shapes)
    return (
        str(number),
        name_of(line),
        shortened(" ".join(shapes), SHAPES_WIDTH),
        quantity(work.nbytes, "B"),
        "" if work.flops is None else quantity(work.flops, "flop"),
        "" if isinstance(line.kernel, Kernel) else "Python",
    )


def by_line(sites: Sequence[Site]) -> Iterator[tuple[Site, list[int]]]:
    """The numbers of instructions that follow each other and are due to one line of the user's."""
    for site, numbers in groupby(range(len(sites)), sites.__getitem__):
        yield site, list(numbers)


def heading(site: Site, note: str = "") -> str:
    """A line of the user's, above what it is the reason for."""
    return shortened(f"{site}  {note}{site.text}", WIDTH)


def name_of(line: Line) -> str:
    """What an instruction runs: a kernel's name, or a function's."""
    if isinstance(line.kernel, Kernel):
        return line.kernel.name
    return getattr(line.kernel, "__name__", "?").strip("_")
