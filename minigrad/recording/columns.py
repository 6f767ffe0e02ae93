"""How tables of a program are laid out: aligned columns, and numbers with units to be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

WIDTH = 99  # of the longest line

PREFIXES = {"T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "": 1.0, "m": 1e-3, "µ": 1e-6, "n": 1e-9}


def quantity(value: float, unit: str) -> str:
    """A number with two digits or three, and a unit with its prefix.

    >>> quantity(9216, "flop"), quantity(999, "B"), quantity(999_600, "B"), quantity(1.24e-5, "s")
    ('9.2 kflop', '999 B', '1.0 MB', '12 µs')
    """
    for prefix, size in PREFIXES.items():
        number = value / size
        if number >= 0.9995:
            decimals = number < 9.95 and (prefix != "" or number != round(number))
            return f"{number:.{int(decimals)}f} {prefix}{unit}"
    return f"0 {unit}"


def shortened(text: str, width: int) -> str:
    """A text of at most so many characters, cut after a word.

    >>> shortened("256×1024 1024 1024 256×1024", 20)
    '256×1024 1024 1024 …'
    """
    if len(text) <= width:
        return text
    return text[: width - 1].rpartition(" ")[0] + " …"


def aligned(rows: Sequence[Sequence[str]], left: Collection[int]) -> list[str]:
    """A line for each row: columns as wide as their longest cell, those of `left` flush left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
