"""Does the command do what it says, and end as it should when it cannot?"""

import os
import subprocess
import sys

import pytest

import minigrad.demo.comparison

PNG = b"\x89PNG\r\n\x1a\n"
RECIPES = ("default init, ReLU", "Kaiming, ReLU", "Kaiming, ELU", "Kaiming, ELU, BatchNorm")


def table_cells(output):
    """The cells of the report's rows, recipe by recipe."""
    rows = {}
    for line in output.splitlines():
        name, _, cells = line.strip().partition("  ")
        if name in RECIPES:
            rows[name] = cells.split()
    return rows


FAST = ("--csv", "data.csv", "--target", "y", "--epochs", "3", "--batch-size", "16")


def test_a_run_reports_every_recipe_and_writes_the_picture_where_it_says(
    run, good_table, tmp_path
):
    status, output, errors = run(*("demo", *FAST, "--picture", "gradients.png"))

    assert (status, errors) == (0, "")
    cells = table_cells(output)
    assert tuple(cells) == RECIPES
    for row in cells.values():
        train_loss, test_loss, accuracy, f1, first, last, ratio = map(float, row)
        assert 0 < train_loss < 5 and 0 < test_loss < 5
        assert 0 <= accuracy <= 1 and 0 <= f1 <= 1
        assert first > 0 and last > 0
        assert ratio == pytest.approx(first / last, rel=0.15)
    assert "45 training rows, 15 test rows, 2 columns" in output
    assert output.endswith("The picture of the gradients is in gradients.png\n")
    assert (tmp_path / "gradients.png").read_bytes().startswith(PNG)
    assert sorted(os.listdir(tmp_path)) == ["data.csv", "gradients.png"]


def test_one_seed_gives_one_table_recorded_or_not(run, good_table, tmp_path):
    compiled = run("demo", *FAST, "--seed", "5")
    picture = (tmp_path / "minigrad-demo.png").read_bytes()
    assert run("demo", *FAST, "--seed", "5") == compiled
    assert (tmp_path / "minigrad-demo.png").read_bytes() == picture
    assert run("demo", *FAST, "--seed", "5", "--eager") == compiled
    assert run("demo", *FAST, "--seed", "6") != compiled


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_recipes_learn_the_data_that_come_along(run, optimizer):
    rate = {"sgd": "0.05", "adam": "0.005"}[optimizer]
    status, output, _ = run("demo", "--epochs", "6", "--lr", rate, "--optimizer", optimizer)
    assert status == 0
    cells = table_cells(output)
    for recipe in RECIPES[1:]:
        assert float(cells[recipe][2]) > 0.9


def test_a_network_that_diverges_is_reported_and_the_others_go_on(run, good_table, tmp_path):
    status, output, errors = run("demo", *FAST, "--lr", "1e38")
    assert (status, errors) == (0, "")
    assert table_cells(output)["default init, ReLU"][:4] == ["-"] * 4
    assert "-: the network diverged" in output
    assert (tmp_path / "minigrad-demo.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize(
    "options",
    [("--epochs", "0"), ("--batch-size", "1"), ("--lr", "nan"), ("--lr", "inf"), ("--lr", "0"),
     ("--test-fraction", "0"), ("--test-fraction", "nan"), ("--seed", "-1"),
     ("--optimizer", "magic")],
    ids=" ".join,
)  # fmt: skip
def test_an_option_out_of_range_is_refused(run, tmp_path, options):
    status, output, errors = run("demo", *options)
    assert (status, output) == (2, "")
    assert f"Invalid value for '{options[0]}'" in errors
    assert os.listdir(tmp_path) == []


def test_an_interrupted_run_leaves_the_earlier_picture_alone(
    run, good_table, tmp_path, monkeypatch
):
    (tmp_path / "minigrad-demo.png").write_bytes(b"earlier")

    def interrupt(*_):
        raise KeyboardInterrupt

    for place, name in ((minigrad.demo.comparison, "train"), (os, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, interrupt)
            assert run("demo", *FAST) == (130, "", "minigrad: interrupted\n")
        assert sorted(os.listdir(tmp_path)) == ["data.csv", "minigrad-demo.png"]
        assert (tmp_path / "minigrad-demo.png").read_bytes() == b"earlier"


def test_a_picture_that_cannot_be_put_in_place_leaves_nothing(
    run, good_table, tmp_path, monkeypatch
):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    assert run("demo", *FAST) == (
        2,
        "",
        "minigrad: minigrad-demo.png: the picture cannot be written: No space left on device\n",
    )
    assert os.listdir(tmp_path) == ["data.csv"]


def test_names_that_mean_something_to_a_printer_are_printed_as_they_are(run, good_table, tmp_path):
    good_table.rename(tmp_path / "$x_[bold]$水.csv")
    options = ("--csv", "$x_[bold]$水.csv", "--target", "y", "--epochs", "1")
    status, output, errors = run("demo", *options, "--picture", "[red].png")
    assert (status, errors) == (0, "")
    assert "Four recipes on $x_[bold]$水.csv" in output
    assert output.endswith("The picture of the gradients is in [red].png\n")


def test_version_and_help_are_told(run):
    assert run("--version") == (0, f"minigrad {minigrad.__version__}\n", "")
    for arguments in (["--help"], ["demo", "--help"]):
        status, output, errors = run(*arguments)
        assert (status, errors) == (0, "")
        assert "Compare four recipes against unstable gradients." in output


def python(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("module", "package"),
    [("typer", "typer"), ("rich", "rich"), ("matplotlib", "matplotlib"),
     ("sklearn", "scikit-learn")],
)  # fmt: skip
def test_what_is_not_installed_is_named_in_one_line(module, package, tmp_path):
    script = (
        f"import os, sys; sys.modules[{module!r}] = None; sys.argv[1:] = ['demo']\n"
        f"from minigrad.__main__ import main; os.chdir({str(tmp_path)!r}); main()"
    )
    ended = python("-c", script)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"minigrad: the command line needs {package}, which is not installed; "
        "pip install 'minigrad[demo]' installs what it needs\n"
    )
    assert os.listdir(tmp_path) == []


def test_the_library_itself_imports_none_of_what_the_demo_needs():
    script = (
        "import sys, minigrad, minigrad.__main__\n"
        "print([m for m in ('typer', 'rich', 'matplotlib', 'sklearn') if m in sys.modules])"
    )
    assert python("-c", script).stdout == "[]\n"


def test_the_package_runs_as_a_module():
    ended = python("-m", "minigrad", "--version")
    assert (ended.returncode, ended.stdout) == (0, f"minigrad {minigrad.__version__}\n")
