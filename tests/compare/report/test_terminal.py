"""What does a reader of the report see?"""

from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, strategies as st

pytest.importorskip("rich")
pytest.importorskip("torch")

from rich.console import Console

from compare.report.content import Report, worst_rows
from compare.report.numbers import number
from compare.report.terminal import print_report
from compare.row import FAIL, KNOWN_DIFFERENCE, PASS, Row, failure

ROW = Row("elu", "alpha = 1", "float32", "out", 0.4, 0.6, 0.5, "rounding", PASS, (0,), 1.0)


def printed(rows: list[Row], width: int = 80, verbose: bool = False) -> str:
    output = StringIO()
    report = Report("minigrad beside PyTorch", {}, rows)
    print_report(Console(file=output, width=width), report, verbose)
    return output.getvalue()


def test_one_line_stands_for_all_cases_of_a_quantity() -> None:
    rows = [ROW, replace(ROW, case="alpha = 2", error=0.49), replace(ROW, quantity="grad_x")]
    text = printed(rows, 140)
    assert text.count("float32 out") == 1
    assert "alpha = 2" in text
    assert "0.49" in text
    assert printed(rows, verbose=True).count("float32 out") == 2


def test_a_failed_row_is_never_hidden_behind_another() -> None:
    known = replace(ROW, verdict=KNOWN_DIFFERENCE, note="a reason", error=0.5)
    failed = replace(ROW, case="[bold]odd[/bold]", verdict=FAIL, error=3.0)
    assert worst_rows([ROW, failed, known]) == [failed]
    text = printed([ROW, failed, known])
    assert "elu, float32, out, [bold]odd[/bold]: 3 ulp at [0], where 1 is" in text
    assert "a reason" in text
    assert "3 rows: 1 pass, 1 known difference, 1 FAIL" in text


def test_each_device_has_a_table_and_what_was_not_run_is_told() -> None:
    rows = [ROW, replace(ROW, device="cuda", tf32_error=300.0)]
    output = StringIO()
    report = Report("title", {}, rows, not_run=["cuda:1: none"])
    print_report(Console(file=output, width=80), report, False)
    on_cpu, on_cuda = output.getvalue().split("PyTorch on cuda")
    assert "TF32" not in on_cpu
    assert "TF32" in on_cuda
    assert " 300 " in on_cuda
    assert "not run: cuda:1: none" in on_cuda


def test_headings_and_verdicts_are_whole_beside_the_longest_names() -> None:
    known = replace(ROW, operation="binary_cross_entropy_with_logits", quantity="max_exp_avg_sq")
    text = printed([replace(known, verdict=KNOWN_DIFFERENCE, note="a reason", error=0.5)], 80)
    assert "binary_cross_entropy_" in text
    for word in ("cases", "minigrad", "PyTorch", "allowed", "because", "known diff."):
        assert word in text.split("Known differences")[0]
    assert "…" not in text


def test_times_fit_beside_errors() -> None:
    text = printed([replace(ROW, seconds=1.234e-5, torch_seconds=0.0021, error=123456.0)], 80)
    (line,) = [line for line in text.splitlines() if "float32 out" in line]
    assert "1.2e5" in line
    assert " 12.3 " in line
    assert " 2100 " in line


def test_where_pytorch_is_nearer_is_counted() -> None:
    assert "further off than PyTorch in 1" in printed([replace(ROW, error=0.7), ROW])


def test_an_operation_without_cases_is_reported() -> None:
    assert "softplus: no parity cases" in printed([failure("softplus", "no parity cases")])


@given(
    st.floats(0, allow_nan=False) | st.none(),
    st.sampled_from(["binary_cross_entropy_with_logits", "kaiming_uniform_"]),
    st.sampled_from(["running_mean", "momentum_buffer", "max_exp_avg_sq"]),
    st.sampled_from([80, 100, 140]),
)
def test_lines_fit_and_no_number_is_cut(
    error: float | None, operation: str, quantity: str, width: int
) -> None:
    row = Row(operation, "case " * 40, "float64", quantity, error, error, error, "rounding", FAIL)
    row = replace(row, where=(0,), expected=1.0)
    for verbose in (False, True):
        lines = printed([row], width, verbose).splitlines()
        assert max(map(len, lines)) <= width
        assert any(quantity in line and number(error) in line for line in lines)
        assert not any("…" in line for line in lines if quantity in line and verbose)
