"""What does the command answer, and with which exit status?"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch

from compare import __main__ as entry, command
from compare.row import failure

ROOT = Path(entry.__file__).parents[1]


def typed(
    *arguments: str, out: int = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[str]:
    """What somebody gets who types the command."""
    paths = [variables.pop("before", ""), str(ROOT), os.environ.get("PYTHONPATH", "")]
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return subprocess.run(
        [sys.executable, "-m", "compare", *arguments],
        env={**os.environ, **variables},
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
    )


def complaints(found: subprocess.CompletedProcess[str]) -> list[str]:
    """What it says besides that kernels are being compiled."""
    return [line for line in found.stderr.splitlines() if "compiling kernels" not in line]


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
    monkeypatch.setattr(command, "compare", lambda *chosen, **how: [failure("relu", "wrong")])
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
        (["--html", "no/such/folder/page.html"], "no folder"),
        (["--html", "."], "is a folder"),
        (["--json", "a", "--html", "./a"], "--html: a is what another option writes"),
        (["--replay", "nothing"], "unknown program 'nothing'"),
        (["--wide"], "--wide"),
        (["--exhaustive", "--operation", "relu"], "--exhaustive: makes no difference to relu"),
        (["--replay", "42", "--json", "rows.json"], "--json: is not said of --replay"),
        (["--replay", "sigmoid_by_position", "--html", "a.html"], "--html: is not said of"),
        (["--replay", "42", "--operation", "elu", "--time"], "--operation: is not said of"),
        (["--replay", "42", "--fuzz"], "--fuzz: is not said of --replay"),
        (["--replay", "42", "--device", "all"], "--device: programs are compared on the cpu"),
        (["--replay", "elu_gradient_at_nan", "--trajectories"], "--trajectories: is not said of"),
        (["--replay", "elu_gradient_at_nan", "--mutate"], "--mutate: is not said of"),
    ],
)
def test_a_bad_argument_gives_2_and_one_line(
    arguments: list[str], named: str, refusal: Callable[..., str]
) -> None:
    assert named in refusal(command.main, arguments)


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


def test_a_device_is_looked_for_before_kernels_are_compiled(tmp_path: Path) -> None:
    found = typed(
        "--device", "cuda", CUDA_VISIBLE_DEVICES="", MINIGRAD_CACHE_DIR=str(tmp_path / "kernels")
    )
    assert found.returncode == 2
    assert found.stderr == (
        "compare: argument --device: device 'cuda': PyTorch finds no CUDA device here\n"
    )


def test_all_devices_without_cuda_are_the_cpu_and_cuda_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    path = tmp_path / "rows.json"
    arguments = ["--device", "all", "--operation", "relu", "--json", str(path)]
    assert command.main(arguments) == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert {row["device"] for row in content["rows"]} == {"cpu"}
    assert content["not_run"] == ["cuda: PyTorch finds no CUDA device here"]
    assert "not run: cuda: PyTorch finds no CUDA device here" in capsys.readouterr().out


def test_an_interrupted_run_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*chosen: object, **how: object) -> list[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "compare", interrupted)
    monkeypatch.setattr("sys.argv", ["compare", "--html", str(tmp_path / "page.html")])
    assert entry.main() == 130
    assert capsys.readouterr().err == "compare: interrupted\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["email", "rich"])
def test_what_is_interrupted_while_it_imports_says_so_in_a_line(name: str, tmp_path: Path) -> None:
    """Modules that are imported first and last of all raise what Ctrl-C does."""
    (tmp_path / f"{name}.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    found = typed("--operation", "relu", before=str(tmp_path))
    assert (found.returncode, found.stderr) == (130, "compare: interrupted\n")


def test_files_are_written_although_nobody_reads_the_report(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer) as out:
        found = typed("--operation", "relu", "--verbose", "--json", str(path), out=out.fileno())
    assert (found.returncode, complaints(found)) == (0, [])
    assert json.loads(path.read_text(encoding="utf-8"))["rows"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_report_that_cannot_be_printed_is_told_of_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    with open("/dev/full", "w") as full:
        found = typed("--operation", "relu", "--json", str(path), out=full.fileno())
    assert found.returncode == 2
    assert complaints(found) == ["compare: standard output: No space left on device"]
    assert path.exists()


def test_a_file_that_cannot_be_written_in_the_end_does_not_cost_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.json"

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(SystemExit) as stopped:
        command.main(["--operation", "relu", "--json", str(path)])
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert " rows: " in printed.out
    assert printed.err.splitlines()[-1] == f"compare: {path}: No space left on device"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_compared(
    option: str, monkeypatch: pytest.MonkeyPatch, refusal: Callable[..., str]
) -> None:
    monkeypatch.setattr(command, "compare", lambda *chosen, **how: pytest.fail("it compares"))
    assert "no file" in refusal(command.main, [option, os.devnull])
    if Path("/proc/self").exists():
        assert f"{option}: /proc/x: No such file" in refusal(command.main, [option, "/proc/x"])


def test_records_that_cannot_be_kept_are_refused_before_anything_is_compared(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, refusal: Callable[..., str]
) -> None:
    (tmp_path / "results").write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(command.records, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(command, "compare", lambda *chosen, **how: pytest.fail("it compares"))
    assert "--record: there is no folder" in refusal(command.main, ["--record"])


def test_a_program_can_be_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--replay", "norm_of_large_numbers"]) == 0
    printed = capsys.readouterr().out
    assert "library.norm" in printed
    assert "PyTorch cpu    inf" in printed
    assert "PyTorch issue  https://github.com/pytorch/pytorch/issues/193006" in printed
    assert command.main(["--replay", "gradient_of_prod"]) == 0
    assert "PyTorch issue  no issue known to us" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("installed", "message"),
    [
        ({"rich": "15.0"}, "torch is not installed"),
        ({"torch": "2.13.0+cpu"}, "rich is not installed"),
        ({"torch": "2.13.0+cpu", "rich": "15.0", "mpmath": "1.3"}, "jinja2 is not installed"),
        (
            {"torch": "2.13.0+cpu", "rich": "15.0", "jinja2": "3.1", "mpmath": "1.3"},
            "hypothesis is not installed",
        ),
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
            raise metadata.PackageNotFoundError(name)
        return installed[name]

    monkeypatch.setattr(metadata, "version", version)
    assert entry.main() == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
