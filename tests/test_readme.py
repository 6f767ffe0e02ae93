"""The README's scripts run, and what it shows is there."""

import re
import runpy
from pathlib import Path

import pytest

import minigrad
from minigrad.testing import GradientError, corpus

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def run(script, names):
    exec(compile(script, "<README>", "exec"), names)
    return names


def test_the_script_runs_as_it_stands(capsys):
    names = run(SCRIPTS[0], {})
    assert 0 < names["loss"].item() < 0.7
    table = capsys.readouterr().out
    assert " instructions, " in table and "sgd.descend" in table
    assert "limits of one core: " in table and "most time:" in table


def test_the_sweep_finds_what_training_one_after_the_other_does():
    usual = minigrad.get_num_threads()
    script, sweep, *_ = SCRIPTS
    names = run(sweep, run(script, {}))
    one_by_one = [names["train"](names["make"](*each)) for each in names["settings"]]
    assert names["losses"] == one_by_one
    assert len(set(names["losses"])) == len(one_by_one) > 2
    minigrad.set_num_threads(usual)


def test_a_wrong_gradient_is_told_as_shown(tmp_path):
    file = tmp_path / "layer.py"
    file.write_text(SCRIPTS[2], encoding="utf-8")
    with pytest.raises(GradientError) as caught:
        runpy.run_path(str(file))
    shown = re.search(r"^    GradientError: (.*?)\n\n", README, re.M | re.S)[1]
    assert without_last_digits(str(caught.value)) == without_last_digits(shown)


def without_last_digits(text):
    """What is the same whichever exp NumPy has; and lines without their indentation."""
    return re.sub(r"(\.\d{9})\d*|± \S+", r"\1", text).split()


def test_the_corpus_is_as_large_as_stated():
    wrong, right = (
        sum(len(cases) for cases in themes.values()) for themes in (corpus.WRONG, corpus.RIGHT)
    )
    assert f"{wrong} wrong gradients fail, {wrong + right} right ones pass" in README


def test_the_properties_hold():
    names = run(SCRIPTS[3], {})
    for name in [each for each in names if each.startswith("test_")]:
        names[name]()
