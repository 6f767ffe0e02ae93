"""Would a wrong gradient of a gradient be seen, and is what it is held against right?"""

import numpy as np
import pytest

pytest.importorskip("torch")

from compare import cases
from compare.row import FAIL, KNOWN_DIFFERENCE
from compare.subjects import second_order
from minigrad import Tensor
from minigrad.fused import registry

FLOAT64 = np.dtype(np.float64)


def test_the_reference_is_the_second_derivative() -> None:
    """Of the sigmoid it is known: s (1 - s) (1 - 2 s)."""
    operation = cases.find(["sigmoid"])["sigmoid"]
    assert operation is not None
    case = next(case for case in operation.cases(FLOAT64) if case.name == "shape (33, 5)")
    point = second_order.point_of(operation, case, FLOAT64)
    found, sure = second_order.reference(operation, case, point, FLOAT64)
    s = 1 / (1 + np.exp(-point.operands["x"]))
    wanted = point.direction["x"] * point.cotangent * s * (1 - s) * (1 - 2 * s)
    known = sure["second_x"]
    assert known.mean() > 0.95
    off = np.abs(found["second_x"].value - wanted)[known]
    assert off.max() < 1e-15 * np.abs(wanted).max()


@pytest.mark.parametrize("name", ["elu", "batch_norm", "linear", "cross_entropy"])
def test_second_derivatives_pass_in_both_dtypes_and_layouts(name: str) -> None:
    rows = list(second_order.compare_second_order(name, ["cpu"]))
    assert {row.dtype for row in rows} == {"float32", "float64"}
    assert {row.layout for row in rows} == {"contiguous", "transposed", "strided"}
    assert {row.order for row in rows} == {2}
    assert [row for row in rows if row.verdict == FAIL] == []


def test_a_gradient_whose_own_gradient_is_wrong_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the slope taken for a constant first derivatives are right and second ones are not."""

    def constant(grad: Tensor, out: Tensor) -> Tensor:
        return grad * (out * (1 - out)).detach()

    monkeypatch.setattr(registry["sigmoid"], "gradient_on_tensors", constant)
    rows = list(second_order.compare_second_order("sigmoid", ["cpu"]))
    assert {row.quantity for row in rows if row.verdict == FAIL} == {"second_x"}


def test_what_pytorch_refuses_is_a_known_difference() -> None:
    rows = list(second_order.compare_second_order("batch_norm", ["cpu"]))
    refused = [row for row in rows if row.case == "no weight"]
    assert {row.verdict for row in refused} == {KNOWN_DIFFERENCE}
