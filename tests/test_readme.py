"""The README's script runs, and what it shows is there."""

import re
from pathlib import Path

import minigrad

README = Path(__file__).parent.parent / "README.md"
SCRIPTS = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)


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
    script, sweep, _ = SCRIPTS
    names = run(sweep, run(script, {}))
    one_by_one = [names["train"](names["make"](*each)) for each in names["settings"]]
    assert names["losses"] == one_by_one
    assert len(set(names["losses"])) == len(one_by_one) > 2
    minigrad.set_num_threads(usual)


def test_the_properties_hold():
    names = run(SCRIPTS[2], {})
    for name in [each for each in names if each.startswith("test_")]:
        names[name]()
