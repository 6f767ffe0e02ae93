"""What is known of PyTorch excuses no fault of minigrad's."""

from dataclasses import replace

import pytest

pytest.importorskip("torch")

from compare.fuzzing.explanations import explanation_of
from compare.fuzzing.judge import judge

BEYOND = [
    "a = torch.tensor([[1.0, 3e38], [-3e38, 5.0], [2.0, 3e38]])",
    "b = torch.nn.BatchNorm1d(2)",
    "c = b(a)",
]


def test_a_sum_beyond_float32_excuses_only_what_is_right_in_float64() -> None:
    found = judge(BEYOND).difference
    assert found is not None and found.path == "b.running_mean"
    assert "beyond float32" in str(explanation_of(found))
    assert explanation_of(replace(found, mine=found.mine * 1.01)) is None
