"""What does the command answer when it is asked for PyTorch's own inputs?

Where they are read, it runs as a process of its own: PyTorch's tests change PyTorch.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

from compare import command


def asked(*names: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "compare", "--samples", *names]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["--fuzz"], "--fuzz: is not said of --samples"),
        (["--operation", "elu"], "--operation: is not said of --samples"),
        (["--replay", "1"], "--replay"),
    ],
)
def test_what_is_something_else_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(["--samples", *arguments])
    assert caught.value.code == 2
    assert told in capsys.readouterr().err


def test_functions_modules_and_optimisers_agree(tmp_path: Path) -> None:
    pytest.importorskip("expecttest")
    file = tmp_path / "inputs.json"
    answer = asked("nn.functional.elu", "nn.ELU", "optim.SGD", "argsort", "--json", str(file))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    found = re.search(r"([\d,]+) inputs of 4 .*: ([\d,]+) agree, ([\d,]+) differ", answer.stdout)
    assert found is not None
    inputs, agree, known = (int(each.replace(",", "")) for each in found.groups())
    assert agree + known == inputs > 150 and known
    assert f"argsort ({known}): which of equal numbers" in answer.stdout
    rows = json.loads(file.read_text())["inputs"]
    assert len(rows) == inputs and sum(each["known"] is not None for each in rows) == known
    assert {each["name"] for each in rows if each["known"]} == {"argsort"}
    assert not any(each["difference"] for each in rows)


def test_a_name_without_inputs_is_refused() -> None:
    pytest.importorskip("expecttest")
    answer = asked("nn.functional.elo")
    assert answer.returncode == 2
    assert "'nn.functional.elo': expected a name like nn.functional.elu" in answer.stderr


@pytest.mark.slow
def test_all_of_them_agree() -> None:
    pytest.importorskip("expecttest")
    answer = asked()
    assert answer.returncode == 0, answer.stdout[-4000:]
    assert " 0 otherwise" in answer.stdout
