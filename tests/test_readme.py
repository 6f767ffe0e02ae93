"""The README's script runs, and what it shows is there."""

import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_the_script_runs_as_it_stands(capsys):
    (script,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    names: dict = {}
    exec(compile(script, "<README>", "exec"), names)
    assert 0 < names["loss"].item() < 0.7
    table = capsys.readouterr().out
    assert " instructions, " in table and "sgd.descend" in table
    assert "limits of one core: " in table and "most time:" in table
