"""Do kernels give what the definition gives in float64, as nearly as rounding lets them?

Where a sample does not say what cancels, it is measured: the definition is computed again with
operands and cotangent that are off by one rounding, at random.
"""

from __future__ import annotations

import numpy as np

from ...tensor import Array, Tensor, tensor_of
from ..agreement import assert_agreement, widened
from ..closeness import assert_close
from ..operations.case import Case, Results
from .duty import Duty

TRIALS = 4
ROUNDINGS = 8.0  # as many are allowed, of results and of what comes in


def check(case: Case) -> None:
    sample = case.sample
    if sample.units is None and sample.magnitudes is None and sample.lost is None:
        check_by_conditioning(case)
        return
    size = np.abs(case.cotangent.array.astype(np.float64))
    with np.errstate(all="ignore"):
        assert_agreement(
            case.operation,
            case.tensors,
            case.attributes,
            case.cotangent,
            units=4.0 if sample.units is None else sample.units,
            magnitudes=sample.magnitudes and sample.magnitudes(size),
            lost=sample.lost and sample.lost(size),
        )


def check_by_conditioning(case: Case) -> None:
    """Allow what a rounding of everything that comes in, and of the largest result, changes."""
    eps = float(np.finfo(case.dtype.numpy).eps)
    truth = wide_results(case, 0.0, np.random.default_rng(0))
    moved = [wide_results(case, eps, np.random.default_rng(each)) for each in range(TRIALS)]
    for name, mine in case.results().items():
        if mine is None:
            continue
        exact = truth[name]
        assert exact is not None
        with np.errstate(all="ignore"):
            changes = [np.abs(np.asarray(each[name]) - exact) for each in moved]
            change = np.max([np.where(np.isfinite(each), each, 0.0) for each in changes], 0)
            finite = np.where(np.isfinite(exact), np.abs(exact), 0.0)
        assert_close(
            mine,
            exact,
            ulp=ROUNDINGS,
            atol=ROUNDINGS * (change.max(initial=0.0) + eps * finite.max(initial=0.0)),
            equal_nan=True,
            check_dtype=False,
            msg=lambda text, name=name: (  # type: ignore[misc]
                f"{name} by the kernel is not what the definition gives: {text}"
            ),
        )


def wide_results(case: Case, eps: float, generator: np.random.Generator) -> Results:
    """What the definition gives in float64, with everything moved by about a rounding."""

    def moved(tensor: Tensor) -> Tensor:
        wide = widened(tensor)
        if not eps or wide.array.dtype.kind != "f":
            return wide
        return tensor_of(_moved(wide.array, eps, generator), requires_grad=wide.requires_grad)

    tensors = {
        name: moved(each)
        for name, each in zip(case.names, case.tensors, strict=True)
        if each is not None
    }
    return case.results(tensors, moved(case.cotangent), case.operation.definition)


def _moved(array: Array, eps: float, generator: np.random.Generator) -> Array:
    signs = generator.choice([-1.0, 1.0], array.shape)
    return np.asarray(array * (1 + eps * signs))


DUTY = Duty("definition", "kernels give what the definition gives", check, share=2.0)
