"""What does a reader of the report see?"""

from io import StringIO

import pytest
from hypothesis import given, strategies as st

pytest.importorskip("torch")
pytest.importorskip("rich")

from rich.console import Console

from compare.row import FAIL, PASS
from compare.trajectories.course import Place
from compare.trajectories.outcome import Outcome
from compare.trajectories.report import print_report

NEAR = Place(17, "fc1.weight", 1.25)
GOOD = Outcome("ReLU, no BatchNorm", 1000, 41, largest=NEAR, single_largest=NEAR)


def printed(*outcomes: Outcome, width: int = 80) -> str:
    output = StringIO()
    print_report(Console(file=output, width=width), outcomes, "Trajectories")
    return output.getvalue()


@pytest.mark.parametrize("width", [80, 100, 140])
def test_the_table_fits_and_no_cell_is_cut(width: int) -> None:
    parted = Place(1000, "momentum_buffer of fc1.weight", 123456.0)
    bad = Outcome("SGD, weight decay", 1000, 41, None, parted, parted, parted, parted)
    text = printed(GOOD, bad, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    (line,) = (line for line in text.splitlines() if line.startswith(GOOD.script))
    assert line.split()[3:] == ["1000", "equal", "none", "1.25", "1.25", "equal", PASS]
    (line,) = (line for line in text.splitlines() if line.startswith(bad.script))
    assert line.split()[-3:] == ["1.2e+05", "equal", FAIL]


@given(
    st.integers(1, 1000),
    st.sampled_from(["features", "gradient of bn1.weight", "max_exp_avg_sq of fc1.weight"]),
    st.sampled_from(["parting", "single_parting"]),
)
def test_the_step_and_the_tensor_that_parted_are_named(step: int, tensor: str, field: str) -> None:
    outcome = Outcome("Adam", 1000, 61, **{field: Place(step, tensor, 99.5)})
    assert outcome.verdict == FAIL
    text = " ".join(printed(outcome).split())
    assert f"parts at step {step}: {tensor}, by 99.50 yardsticks" in text
    assert "1 scripts: 0 pass, 1 FAIL" in text


def test_each_thing_that_is_wrong_is_said() -> None:
    text = " ".join(
        printed(
            Outcome("a", 5, start="fc1.bias"),
            Outcome("b", 5, parting=Place(2, "features", float("inf"))),
            Outcome("c", 5, compiled=Place(3, "loss", float("inf"))),
            Outcome("d", 5, note="ValueError: [bold]odd[/bold]"),
        ).split()
    )
    assert "a: fc1.bias does not start with PyTorch's bits" in text
    assert "b: training parts at step 2: features must have PyTorch's bits and has not" in text
    assert "c: compiled is not eager to the bit at step 3: loss" in text
    assert "d: ValueError: [bold]odd[/bold]" in text
    assert "4 scripts: 0 pass, 4 FAIL" in text
