"""How do the demo's tests run the command, and on what table?"""

import sys

import pytest

from minigrad.__main__ import main

GOOD_ROWS = [f"{number / 7},{number**2},{int(number % 3 == 0)}" for number in range(60)]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run `minigrad` in an empty folder; the exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run_command(*arguments):
        monkeypatch.setattr(sys, "argv", ["minigrad", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        # On a machine that has never run minigrad, it tells that it is compiling its kernels.
        lines = captured.err.splitlines(keepends=True)
        errors = [line for line in lines if not line.startswith("minigrad: compiling kernels")]
        return ended.value.code or 0, captured.out, "".join(errors)

    return run_command


@pytest.fixture
def good_table(tmp_path):
    """A table with nothing wrong in it, called data.csv."""
    path = tmp_path / "data.csv"
    path.write_text("\n".join(["a,b,y", *GOOD_ROWS]) + "\n", encoding="utf-8")
    return path
