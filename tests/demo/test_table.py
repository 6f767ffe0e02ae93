"""Does a CSV file come back as the table it was written from, and is what is wrong named?"""

import csv

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.demo.errors import InputError
from minigrad.demo.table import FEWEST_ROWS, MISSING, breast_cancer, read_table

# Left to itself, csv.writer quotes only those line ends that it writes itself.
QUOTINGS = (csv.QUOTE_NONNUMERIC, csv.QUOTE_ALL)
SEPARATORS = st.sampled_from(["\n", "\r\n", "\r"])
# Anything that can be typed, quotes, commas and line ends included; the reader strips the ends.
NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12
).filter(lambda name: name == name.strip() and not name.startswith("\ufeff"))
NUMBERS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def tables(draw):
    """Column names, rows, and where among the columns the target stands."""
    columns = draw(st.lists(NAMES, min_size=2, max_size=6, unique=True))
    position = draw(st.integers(0, len(columns) - 1))
    count = draw(st.integers(FEWEST_ROWS, FEWEST_ROWS + 8))
    features = draw(
        st.lists(
            st.lists(NUMBERS, min_size=len(columns) - 1, max_size=len(columns) - 1),
            min_size=count,
            max_size=count,
        )
    )
    target = [0, 1, *draw(st.lists(st.integers(0, 1), min_size=count - 2, max_size=count - 2))]
    rows = [
        [*row[:position], label, *row[position:]]
        for row, label in zip(features, target, strict=True)
    ]
    return columns, position, rows, np.array(features), np.array(target)


@given(table=tables(), separator=SEPARATORS, quoting=st.sampled_from(QUOTINGS), bom=st.booleans())
def test_what_csv_writes_comes_back(tmp_path_factory, table, separator, quoting, bom):
    columns, position, rows, features, target = table
    path = tmp_path_factory.mktemp("table") / "table.csv"
    with path.open("w", newline="", encoding="utf-8-sig" if bom else "utf-8") as file:
        csv.writer(file, lineterminator=separator, quoting=quoting).writerows([columns, *rows])

    read = read_table(path, columns[position])

    assert read.columns == tuple(columns[:position] + columns[position + 1 :])
    assert read.target_name == columns[position]
    assert np.array_equal(read.target, target)
    assert np.array_equal(read.features, features)


def write(tmp_path, *lines):
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def good_rows(count=FEWEST_ROWS):
    return [f"{number}.5,{number % 2}" for number in range(count)]


def message_of(path, target="y"):
    with pytest.raises(InputError) as caught:
        read_table(path, target)
    return str(caught.value).replace(str(path), "FILE")


@given(
    rows_before=st.integers(0, 30),
    blank_before=st.integers(0, 3),
    position=st.integers(0, 2),
    word=st.sampled_from(sorted(MISSING - {""})),
)
def test_a_bad_value_is_named_by_its_line_and_column(
    tmp_path_factory, rows_before, blank_before, position, word
):
    cells = ["1.5", "2.5", "0"]
    cells[position] = word
    lines = ["a,b,y"] + ["1,2,0"] * rows_before + [""] * blank_before + [",".join(cells)]
    path = write(tmp_path_factory.mktemp("table"), *lines)

    expected_line = 2 + rows_before + blank_before
    expected_column = "aby"[position]
    assert message_of(path) == (
        f"FILE, line {expected_line}, column '{expected_column}': the value is missing ('{word}')"
    )


def test_a_record_over_several_lines_counts_as_many(tmp_path):
    path = write(tmp_path, '"first', 'part",y', "1,0", '"', '2",1', "x,0")
    assert message_of(path) == "FILE, line 6, column 'first\\npart': 'x' is not a number"


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("inf", "'inf' is infinite"),
        ("-Infinity", "'-Infinity' is infinite"),
        ("1e39", "'1e39' is too large for a float32"),
        ("1e999", "'1e999' is too large for a float32"),
        ("1_000", "'1_000' is not a number"),
        ("-nan", "'-nan' is not a number"),
        ("0x10", "'0x10' is not a number"),
        ("", "the value is missing"),
        ("a" * 100, "'" + "a" * 37 + "...' is not a number"),
    ],
)
def test_what_is_not_a_finite_number_is_refused(tmp_path, cell, complaint):
    path = write(tmp_path, "a,y", *good_rows(), f"{cell},1")
    assert message_of(path) == f"FILE, line {FEWEST_ROWS + 2}, column 'a': {complaint}"


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("a,,y", "FILE, line 1, column 2: the column has no name"),
        ("y,a,y", "FILE, line 1, column 3: 'y' is already the name of column 1"),
        ("a,b", "FILE, line 1: no column is named 'y'; the columns are 'a', 'b'"),
        ("y", "FILE, line 1, column 'y': the target is the only column; there is nothing to "
         "learn from"),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_used_is_refused(tmp_path, header, complaint):
    assert message_of(write(tmp_path, header, *good_rows())) == complaint


def test_of_many_columns_the_first_few_are_listed(tmp_path):
    path = write(tmp_path, ",".join(f"c{number}" for number in range(100)))
    message = message_of(path)
    assert message.endswith("'c10', 'c11' and 88 more")


def test_the_data_that_come_with_scikit_learn_have_both_classes():
    table = breast_cancer()
    assert table.features.shape == (569, 30)
    assert len(table.columns) == 30
    assert np.bincount(table.target).tolist() == [212, 357]
