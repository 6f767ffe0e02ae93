"""How does a CSV file become a table of numbers and a target of zeros and ones?

Everything that can be wrong with the file is found here, before any training, and is reported as
an `InputError` that names the file, the line (the header is line 1) and the column.
"""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from minigrad.demo.errors import InputError, cut, quoted, reason, shown

FEWEST_ROWS = 10
MISSING = frozenset({"", "nan", "na", "n/a", "<na>", "null", "none", "?"})
LARGEST = float(np.finfo(np.float32).max)
NAMES_LISTED = 12


@dataclass(frozen=True)
class Table:
    """Rows to learn from: features in, zero or one out."""

    source: str  # the path, or what the data are called
    name: str  # short enough for a title
    columns: tuple[str, ...]
    features: npt.NDArray[np.float64]  # (N, C)
    target: npt.NDArray[np.int64]  # (N,), zeros and ones
    target_name: str


def breast_cancer() -> Table:
    """The breast cancer data that scikit-learn carries; class 1 is a benign tumour."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    return Table(
        source="breast cancer data",
        name="breast cancer data",
        columns=tuple(str(name) for name in data.feature_names),
        features=np.asarray(data.data, dtype=np.float64),
        target=np.asarray(data.target, dtype=np.int64),
        target_name="benign",
    )


def read_table(path: Path, target_name: str) -> Table:
    """The table in a CSV file, with the column `target_name` taken as the target."""
    records = read_records(path)
    first = next(records, None)
    if first is None:
        raise InputError(f"{shown(path)}: the file is empty")
    header_line, header = first
    columns = [name.strip() for name in header]
    where = f"{shown(path)}, line {header_line}"
    position = check_header(where, columns, target_name.strip())

    rows: list[list[float]] = []
    lines: list[int] = []
    for line, cells in records:
        where = f"{shown(path)}, line {line}"
        row = read_row(where, columns, cells)
        if row[position] not in (0.0, 1.0):
            raise InputError(
                f"{where}, column {quoted(columns[position])}: {quoted(cells[position].strip())} "
                "is not a class: the target must be 0 or 1 in every row"
            )
        rows.append(row)
        lines.append(line)
    check_rows(shown(path), lines)

    values = np.array(rows, dtype=np.float64)  # (N, C + 1)
    target = values[:, position].astype(np.int64)  # (N,)
    if target.min() == target.max():
        raise InputError(
            f"{shown(path)}, lines {lines[0]} to {lines[-1]}, column {quoted(columns[position])}: "
            f"every row is {target[0]}; the target needs both classes, 0 and 1"
        )
    return Table(
        source=shown(path),
        name=cut(shown(path.name)),
        columns=tuple(columns[:position] + columns[position + 1 :]),
        features=np.delete(values, position, axis=1),  # (N, C)
        target=target,
        target_name=columns[position],
    )


def read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file that are not blank, each with the line it begins on."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise InputError(f"{shown(path)}: cannot be read: {why}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_of(content, error.start)
        raise InputError(f"{shown(path)}, line {line}: this is not UTF-8 text") from error
    if "\0" in text:
        line = line_of(content, content.index(b"\0"))
        raise InputError(f"{shown(path)}, line {line}: a zero byte; this is not a text file")

    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) or len(cells) > 1:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{shown(path)}, line {line}: not valid CSV: {error}") from error


def line_of(content: bytes, position: int) -> int:
    """The number, from 1, of the line that holds the byte at `position`."""
    return len((content[:position] + b"x").splitlines())


def check_header(where: str, columns: list[str], target_name: str) -> int:
    """The target's position among the columns, once the header is known to be usable."""
    for number, name in enumerate(columns, start=1):
        if not name:
            raise InputError(f"{where}, column {number}: the column has no name")
        first = columns.index(name) + 1
        if first != number:
            raise InputError(
                f"{where}, column {number}: {quoted(name)} is already the name of column {first}"
            )
    if target_name not in columns:
        listed = ", ".join(quoted(name) for name in columns[:NAMES_LISTED])
        unlisted = len(columns) - NAMES_LISTED
        more = f" and {unlisted} more" if unlisted > 0 else ""
        raise InputError(
            f"{where}: no column is named {quoted(target_name)}; the columns are {listed}{more}"
        )
    if len(columns) == 1:
        raise InputError(
            f"{where}, column {quoted(target_name)}: the target is the only column; "
            "there is nothing to learn from"
        )
    return columns.index(target_name)


def read_row(where: str, columns: list[str], cells: list[str]) -> list[float]:
    """The numbers of one record."""
    if len(cells) < len(columns):
        raise InputError(
            f"{where}, column {quoted(columns[len(cells)])}: no value; "
            f"the row has {len(cells)} values and the header {len(columns)} columns"
        )
    if len(cells) > len(columns):
        raise InputError(
            f"{where}, column {len(columns) + 1}: one value too many; "
            f"the row has {len(cells)} values and the header {len(columns)} columns"
        )
    return [
        read_number(where, column, cell.strip())
        for column, cell in zip(columns, cells, strict=True)
    ]


def read_number(where: str, column: str, cell: str) -> float:
    """The finite number that a cell holds."""
    where = f"{where}, column {quoted(column)}"
    if cell.lower() in MISSING:
        written = f" ({quoted(cell)})" if cell else ""
        raise InputError(f"{where}: the value is missing{written}")
    try:
        number = float(cell)
    except ValueError:
        raise InputError(f"{where}: {quoted(cell)} is not a number") from None
    if "_" in cell or math.isnan(number):
        raise InputError(f"{where}: {quoted(cell)} is not a number")
    if "inf" in cell.lower():
        raise InputError(f"{where}: {quoted(cell)} is infinite")
    if abs(number) > LARGEST:
        raise InputError(f"{where}: {quoted(cell)} is too large for a float32")
    return number


def check_rows(source: str, lines: list[int]) -> None:
    """Enough rows to divide into a training and a test part."""
    if len(lines) >= FEWEST_ROWS:
        return
    if not lines:
        raise InputError(f"{source}, line 2: no rows after the header")
    rows = "1 row" if len(lines) == 1 else f"{len(lines)} rows"
    raise InputError(
        f"{source}, line {lines[-1]}: the table ends after {rows}; "
        f"at least {FEWEST_ROWS} are needed"
    )
