"""Is a network compared in training and in evaluation, and would a mistake in one be seen?"""

import numpy as np
import pytest

pytest.importorskip("torch")

from compare.row import FAIL
from compare.subjects.networks import compare_network
from minigrad.fused import registry


def test_every_mode_and_layout_has_the_result_and_all_gradients() -> None:
    rows = list(compare_network("cpu"))
    assert [row for row in rows if row.verdict == FAIL] == []
    kinds = {(row.mode, row.layout, row.dtype) for row in rows}
    assert len(kinds) == 2 * 3 * 2
    assert len(rows) == 10 * len(kinds)


@pytest.mark.parametrize(
    ("name", "mode"), [("batch_norm", "training"), ("batch_norm_inference", "eval")]
)
def test_a_mistake_in_one_mode_fails_there_alone(
    name: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = registry[name].gradient

    def wrong(*operands: object) -> object:
        grad_x, *others = right(*operands)
        return (grad_x * np.float32(1 + 1e-3), *others)

    monkeypatch.setattr(registry[name], "gradient", wrong)
    failed = [row for row in compare_network("cpu") if row.verdict == FAIL]
    assert {row.mode for row in failed} == {mode}
    assert {row.quantity for row in failed} == {"grad_0.weight", "grad_3.weight", "grad_x"} | {
        "grad_1.bias",
        "grad_1.weight",
    }
