"""Are the gradients of the mathematics the slopes of its results?

The results and gradients in `compare.references` are separate formulas. In extended precision
central differences of the one agree with the other to ten digits.
"""

import numpy as np
import pytest

pytest.importorskip("torch")

from compare import cases
from compare.case import Case, Operation
from compare.subjects.operations import run_minigrad
from minigrad.fused import registry

FLOAT64 = np.dtype(np.float64)
STEP = np.longdouble(1e-6)
OPERATIONS = cases.find([*registry, *cases.COMPOSED])


def smooth_cases() -> list[tuple[str, Case]]:
    """Cases without special values, small enough to move each element by itself."""
    found = []
    for name, operation in OPERATIONS.items():
        assert operation is not None, f"{name} has no cases"
        for case in operation.cases(FLOAT64):
            special = ("extremes", "NaN", "sweep", "subnormal", "near", "far", "close", "columns",
                       "infinite", "kink")  # fmt: skip
            sizes = [each.size for each in case.operands.values() if each is not None]
            if 0 < max(sizes) <= 200 and not any(word in case.name for word in special):
                found.append((name, case))
    return found


def results(operation: Operation, case: Case, operands: dict, cotangent: np.ndarray) -> dict:
    return operation.reference(operands, case.attributes, cotangent, FLOAT64)


def shown(value: str | Case) -> str:
    return value if isinstance(value, str) else value.name


@pytest.mark.parametrize(("name", "case"), smooth_cases(), ids=shown)
def test_the_gradient_is_the_slope(name: str, case: Case) -> None:
    operation = OPERATIONS[name]
    operands = {
        key: None if each is None else each.astype(np.longdouble)
        for key, each in case.operands.items()
    }
    shape = run_minigrad(name, operation, case)[0]["out"].shape
    cotangent = np.random.default_rng(0).standard_normal(shape).astype(np.longdouble)
    found = results(operation, case, operands, cotangent)
    for key, array in operands.items():
        if array is None or key in case.constants:
            continue
        slopes = np.empty_like(array)
        for position in np.ndindex(array.shape):
            ends = []
            for sign in (1, -1):
                moved = {**operands, key: array.copy()}
                moved[key][position] += sign * STEP
                out = results(operation, case, moved, cotangent)["out"].value
                ends.append((out * cotangent).sum())
            slopes[position] = (ends[0] - ends[1]) / (2 * STEP)
        scale = np.abs(slopes).max()
        np.testing.assert_allclose(
            found[f"grad_{key}"].value.astype(float),
            slopes.astype(float),
            rtol=1e-8,
            atol=float(1e-8 * scale),
        )
