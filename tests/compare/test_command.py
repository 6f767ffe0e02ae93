"""What does the command answer, and with which exit status?"""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch

from compare import __main__ as entry, command
from compare.row import failure


def test_rows_that_pass_give_0_and_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.json"
    assert command.main(["--operation", "relu", "--json", str(path)]) == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["device"] == "cpu"
    assert {row["operation"] for row in content["rows"]} == {"relu"}
    kernels = {row["kernel"] for row in content["rows"] if "second" not in row["quantity"]}
    assert kernels == {"ReluBackward0"}
    assert f"{len(content['rows'])} rows: " in capsys.readouterr().out


def test_a_row_that_fails_gives_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "compare", lambda *chosen: [failure("relu", "wrong")])
    assert command.main([]) == 1
    assert "relu: wrong" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--device", "abacus"], "unknown device 'abacus'"),
        (["--device", "cuda:one"], "unknown device 'cuda:one'"),
        (["--device", "mps"], "unknown device 'mps'"),
        (["--operation", "conv2d"], "unknown operation 'conv2d'"),
        (["--json", "no/such/folder/rows.json"], "no folder"),
        (["--wide"], "--wide"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert named in message


def test_cuda_without_cuda_gives_2_and_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        command.main(["--device", "cuda"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        "compare: argument --device: device 'cuda': PyTorch finds no CUDA device here"
    ]


@pytest.mark.parametrize(
    ("installed", "message"),
    [
        ({"rich": "15.0"}, "torch is not installed"),
        ({"torch": "2.13.0+cpu"}, "rich is not installed"),
        ({"torch": "2.12.1", "rich": "15.0"}, "PyTorch 2.12.1 is installed"),
        ({"torch": "2.130.0", "rich": "15.0"}, "PyTorch 2.130.0 is installed"),
    ],
)
def test_without_the_right_pytorch_it_says_so_and_gives_2(
    installed: dict[str, str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def version(name: str) -> str:
        if name not in installed:
            raise entry.PackageNotFoundError(name)
        return installed[name]

    monkeypatch.setattr(entry, "version", version)
    assert entry.main() == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
