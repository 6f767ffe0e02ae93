"""Every fused operation is timed, and what is timed gives the same in both libraries."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad
from bench import operation_command, operations
from bench.operation_report import shares
from bench.operation_times import COLUMNS, Passes, Times, Work
from bench.rates import Rates, measure_rates
from bench.report import WIDTH
from minigrad.fused import registry


@pytest.mark.parametrize("name", list(registry))
def test_every_fused_operation_is_timed(name: str) -> None:
    operation = operations.find(name)
    assert operation is not None, f"bench/operations/{name}.py is missing"
    work = Work(operation, minigrad, 4)
    out = work.run()
    assert out.grad_fn is not None
    assert out.grad_fn.operation is registry[name]
    wanted = [each for each in work.operands.values() if each.requires_grad]
    assert wanted
    assert all(each.grad is not None for each in wanted)


@pytest.mark.parametrize("name", list(registry))
def test_what_is_timed_is_the_same(name: str) -> None:
    torch = pytest.importorskip("torch")
    operation = operations.find(name)
    assert operation is not None
    ours, theirs = (Work(operation, library, 4) for library in (minigrad, torch))
    np.testing.assert_allclose(
        ours.run().detach().numpy(), theirs.run().detach().numpy(), rtol=1e-5, atol=1e-6
    )
    for key, operand in ours.operands.items():
        if operand.requires_grad:
            found, expected = operand.grad.numpy(), theirs.operands[key].grad.numpy()
            np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_what_must_move_is_operands_results_and_gradients_once() -> None:
    elu = operations.find("elu")
    assert elu is not None
    array = 16 * COLUMNS * 4
    assert Work(elu, minigrad, 16).bytes_moved() == (2 * array, 3 * array)


def test_shares_are_of_the_rate_that_binds() -> None:
    passes, rates = Passes(2.0, 4.0), Rates(bytes_moved=100.0, operations=1000.0)
    times = Times("elu", 1, {"minigrad": passes}, Passes(100.0, 100.0), None)
    assert shares(times, rates) == (0.5, 0.25)
    assert shares(times._replace(calculated=Passes(1000.0, 4000.0)), rates) == (0.5, 1.0)
    assert shares(times._replace(moved=None), rates) is None


def test_rates_are_positive_for_any_number_of_threads() -> None:
    for threads in (1, 3):
        assert min(measure_rates(threads, copied=1 << 16, rounds=1)) > 0


def test_a_table_of_times(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "operations.json"
    given = ["--quick", "--operation", "elu", "--json", str(path)]
    given += ["--operation", "nll_loss", "--operation", "binary_cross_entropy_with_logits"]
    assert operation_command.main(given) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []
    assert [line.split()[:2] for line in lines if line.startswith("  elu")] == [
        ["elu", "1e+03"],
        ["elu", "1e+06"],
    ]
    found = json.loads(path.read_text(encoding="utf-8"))["operations"]
    assert [each["operation"] for each in found][:4:2] == ["elu", "nll_loss"]
    assert found[0]["shares"]["forward"] > 0
    assert found[2]["shares"] is None  # most of its operand is not read


def test_a_bad_argument_of_the_program_gives_2_and_one_line() -> None:
    command = [sys.executable, "-m", "bench.operations", "--threads", "1", "--operation", "no"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_an_unknown_operation_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        operation_command.main(["--operation", "eluu"])
    assert caught.value.code == 2
    assert "unknown operation 'eluu': expected one of" in capsys.readouterr().err
