"""Are results compared on each device, once with TF32 and once without?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("torch")

from compare.row import FAIL
from compare.subjects import operations

SAME = "cpu:0"  # the CPU by another name, in CUDA's place


@pytest.fixture
def rounded(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Which products were asked for, on a device that is taken for CUDA."""
    asked: list[bool] = []

    @contextmanager
    def note(allowed: bool) -> Iterator[None]:
        asked.append(allowed)
        yield

    monkeypatch.setattr(operations, "tf32", note)
    monkeypatch.setattr(operations, "is_cuda", lambda device: device == SAME)
    return asked


def test_cuda_has_rows_of_its_own_with_a_column_for_tf32(rounded: list[bool]) -> None:
    rows = list(operations.compare_operation("linear", ["cpu", SAME]))
    assert FAIL not in {row.verdict for row in rows}
    for device, with_tf32 in (("cpu", False), (SAME, True)):
        found = [row for row in rows if row.device == device]
        assert len(found) == len(rows) / 2
        assert {row.tf32_error is not None for row in found} == {with_tf32}
    assert rounded.count(True) == rounded.count(False) / 2


def test_a_row_tells_layout_and_mode() -> None:
    rows = list(operations.compare_operation("batch_norm", ["cpu"]))
    rows += operations.compare_operation("batch_norm_inference", ["cpu"])
    assert {row.layout for row in rows} == {"contiguous", "transposed", "strided"}
    assert {row.mode for row in rows} == {"training", "eval"}


def test_times_are_there_if_asked_for() -> None:
    rows = list(operations.compare_operation("mse_loss", ["cpu"], timed=True))
    assert all(row.seconds and row.torch_seconds for row in rows)
    by_case = {(row.case, row.dtype, row.order): row.seconds for row in rows}
    assert len(set(by_case.values())) > len(by_case) / 2
