"""Every fused operation is timed, and what is timed gives the same in both libraries."""

import numpy as np
import pytest

import minigrad
from bench import operation_command, operations
from bench.operation_times import Work
from minigrad.fused import registry


@pytest.mark.parametrize("name", list(registry))
def test_every_fused_operation_is_timed(name: str) -> None:
    operation = operations.find(name)
    assert operation is not None, f"bench/operations/{name}.py is missing"
    work = Work(operation, minigrad, 4)
    out = work.run()
    assert out.grad_fn is not None
    assert out.grad_fn.name().startswith(registry[name].backward_name)
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


def test_a_table_of_times(capsys: pytest.CaptureFixture[str]) -> None:
    assert operation_command.main(["--quick", "--operation", "elu"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("  elu")] == [
        ["elu", "32"],
        ["elu", "16384"],
    ]


def test_an_unknown_operation_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        operation_command.main(["--operation", "eluu"])
    assert caught.value.code == 2
    assert "unknown operation 'eluu': expected one of" in capsys.readouterr().err
