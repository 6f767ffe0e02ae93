"""Is what is wrong with the input said in one line, before any training, with nothing written?"""

import os

import pytest

import minigrad.demo.comparison

FROM_FILE = ("--csv", "data.csv", "--target", "y")

BAD_FILES = {
    "an empty file": (b"", "data.csv: the file is empty"),
    "a header alone": (b"a,b,y\n", "data.csv, line 2: no rows after the header"),
    "too few rows": (
        b"a,b,y\n1,2,0\n3,4,1\n",
        "data.csv, line 3: the table ends after 2 rows; at least 10 are needed",
    ),
    "a text column": (
        b"a,b,y\n1,2,0\n3,red,1\n",
        "data.csv, line 3, column 'b': 'red' is not a number",
    ),
    "a missing value": (
        b"a,b,y\n1,2,0\n,4,1\n",
        "data.csv, line 3, column 'a': the value is missing",
    ),
    "a missing value spelt out": (
        b"a,b,y\n1,NaN,0\n3,4,1\n",
        "data.csv, line 2, column 'b': the value is missing ('NaN')",
    ),
    "a missing target": (
        b"a,b,y\n1,2,0\n3,4,\n",
        "data.csv, line 3, column 'y': the value is missing",
    ),
    "an infinite value": (
        b"a,b,y\n1,2,0\n3,-inf,1\n",
        "data.csv, line 3, column 'b': '-inf' is infinite",
    ),
    "a row too short": (
        b"a,b,y\n1,2,0\n3,4\n",
        "data.csv, line 3, column 'y': no value; "
        "the row has 2 values and the header 3 columns",
    ),
    "a row too long": (
        b"a,b,y\n1,2,0\n3,4,5,1\n",
        "data.csv, line 3, column 4: one value too many; "
        "the row has 4 values and the header 3 columns",
    ),
    "no such target": (
        b"a,b,z\n1,2,0\n",
        "data.csv, line 1: no column is named 'y'; the columns are 'a', 'b', 'z'",
    ),
    "nothing but a target": (
        b"y\n0\n1\n",
        "data.csv, line 1, column 'y': the target is the only column; "
        "there is nothing to learn from",
    ),
    "a third class": (
        b"a,b,y\n1,2,0\n3,4,1\n5,6,2\n",
        "data.csv, line 4, column 'y': '2' is not a class: the target must be 0 or 1 in every row",
    ),
    "a single class": (
        b"a,b,y\n" + b"1,2,1\n" * 16,
        "data.csv, lines 2 to 17, column 'y': every row is 1; "
        "the target needs both classes, 0 and 1",
    ),
    "a class too rare for both parts": (
        b"a,b,y\n" + b"1,2,1\n" * 16 + b"1,2,0\n" * 3,
        "data.csv, column 'y': too few rows of class 0 (3); "
        "a test fraction of 0.25 needs at least 8",
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n", "data.csv, line 1: this is not UTF-8 text"),
    "UTF-16": ("a,b,y\n".encode("utf-16"), "data.csv, line 1: this is not UTF-8 text"),
    "a zero byte": (
        b"a,b,y\n1,2,0\n1,\0,0\n",
        "data.csv, line 3: a zero byte; this is not a text file",
    ),
    "a quote left open": (
        b'a,b,y\n1,2,0\n1,"2,0\n1,2,0\n',
        "data.csv, line 3: not valid CSV: unexpected end of data",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_what_is_wrong_with_a_file_is_said_in_one_line(run, tmp_path, content, message):
    (tmp_path / "data.csv").write_bytes(content)
    assert run("demo", *FROM_FILE) == (2, "", f"minigrad: {message}\n")
    assert os.listdir(tmp_path) == ["data.csv"]


BAD_ARGUMENTS = {
    "no such file": (
        ["--csv", "none.csv", "--target", "y"],
        "none.csv: cannot be read: No such file or directory",
    ),
    "a folder for a file": (
        ["--csv", ".", "--target", "y"],
        ".: cannot be read: Is a directory",
    ),
    "a file without a target": (
        ["--csv", "data.csv"],
        "--csv needs --target, the name of the column to predict",
    ),
    "a target without a file": (
        ["--target", "y"],
        "--target names a column of --csv, and there is no --csv",
    ),
    "a picture in no folder": (
        ["--picture", "none/a.png"],
        "none/a.png: the picture cannot be written: there is no folder none",
    ),
    "a picture in a file": (
        ["--picture", "data.csv/a.png"],
        "data.csv/a.png: the picture cannot be written: there is no folder data.csv",
    ),
    "a picture that is a folder": (
        ["--picture", "folder.png"],
        "folder.png: the picture cannot be written: this is a folder",
    ),
    "a picture that is no PNG": (
        ["--picture", "a.pdf"],
        "a.pdf: the picture is a PNG; give it a name that ends in .png",
    ),
    "a picture with too long a name": (
        ["--picture", "a" * 300 + ".png"],
        "a" * 300 + ".png: the picture cannot be written: File name too long",
    ),
    "a path with a line end": (
        ["--csv", "a\nb.csv", "--target", "y"],
        "'a\\nb.csv': cannot be read: No such file or directory",
    ),
}


@pytest.mark.parametrize(("options", "message"), BAD_ARGUMENTS.values(), ids=BAD_ARGUMENTS.keys())
def test_what_is_wrong_with_a_path_is_said_before_any_training(
    run, good_table, tmp_path, monkeypatch, options, message
):
    (tmp_path / "folder.png").mkdir()
    monkeypatch.delattr(minigrad.demo.comparison, "train")
    assert run("demo", *options) == (2, "", f"minigrad: {message}\n")
    assert sorted(os.listdir(tmp_path)) == ["data.csv", "folder.png"]
