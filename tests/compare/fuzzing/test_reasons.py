"""What is known of PyTorch excuses no fault of minigrad's."""

from dataclasses import replace

import pytest

pytest.importorskip("torch")

from compare.fuzzing.explanations import explanation_of
from compare.fuzzing.judge import judge

COLUMN = ["a = torch.tensor([[2.0, 3.0], [5.0, 7.0]])", "b = a[:, 0]"]
COLUMNS = ["a = torch.arange(64.0).reshape(4, 4, 4)", "b = a[:, -2].t()"]
BEYOND = ["a = torch.tensor([[1.0, 3e38], [-3e38, 5.0], [2.0, 3e38]])"]
FACTORS = ["a = torch.ones(2, 3, dtype=torch.float64)", "b = a.T", "c = b @ a"]
LEAF = ["a = torch.tensor([2e38, 2e38, 1e30], requires_grad=True)"]
VARIANCE = "`var` and `std` where a sum is beyond float32"
OVERLAP = "in place, from memory that overlaps with gaps"
KNOWN = [
    ([*COLUMN, "a *= b"], OVERLAP),
    ([*COLUMN, "a.add_(b, alpha=2)"], OVERLAP),
    ([*COLUMNS, "a[0] = b"], OVERLAP),
    ([*FACTORS, "b.addmm_(c, b)"], OVERLAP),
    (["a = torch.tensor([3.4e38, 1.7e38])", "b = a.std()"], VARIANCE),
    ([*LEAF, "b = torch.var(a)", "b.backward()"], VARIANCE),
    ([*BEYOND, "b = torch.nn.BatchNorm1d(2)", "c = b(a)"], "BatchNorm, sums of a column"),
]


@pytest.mark.parametrize(("lines", "row"), KNOWN)
def test_only_the_numbers_that_are_right_are_excused(lines: list[str], row: str) -> None:
    found = judge(lines).difference
    assert found is not None and str(explanation_of(found)).startswith(row)
    assert explanation_of(replace(found, mine=found.mine * 1.01 + 0.01)) is None
