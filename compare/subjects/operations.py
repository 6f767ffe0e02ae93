"""Are results and gradients of operations right?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

import minigrad

from .. import cases, timing
from ..case import DTYPES, Case, Operation
from ..devices import is_cuda, tf32
from ..judging.judge import Array, judged, with_tf32
from ..row import Row, failure
from ..sides import Side, cotangent_of

Results = dict[str, Array]


class KernelDidNotRunError(Exception):
    """minigrad gave a result, but the definition, not the kernel, computed it."""


def compare_operation(name: str, devices: Sequence[str], timed: bool = False) -> Iterator[Row]:
    """The rows of one operation; one that fails if it has no cases."""
    operation, count = cases.find([name])[name], 0
    if operation is not None:
        for dtype in DTYPES:
            for case in operation.cases(dtype):
                count += 1
                for row in compare_case(name, operation, case, dtype, devices, timed):
                    yield replace(row, layout=case.layout.__name__, mode=operation.mode)
    if count == 0:
        yield failure(name, f"no parity cases: compare/cases/{name}.py is missing or has none")


def compare_case(
    name: str,
    operation: Operation,
    case: Case,
    dtype: np.dtype[Any],
    devices: Sequence[str],
    timed: bool = False,
) -> Iterator[Row]:
    """A row for each result and each gradient, on each device."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ours, kernel = run_minigrad(name, operation, case)
        except Exception as error:  # whatever goes wrong there is what has to be reported
            note = f"minigrad: {type(error).__name__}: {error}"
            yield failure(name, note, case=case.name, dtype=dtype.name)
            return
        exact = {
            key: None if array is None else array.astype(np.longdouble)
            for key, array in case.operands.items()
        }
        cotangent = cotangent_of(case, ours["out"].shape).astype(np.longdouble)
        quantities = operation.reference(exact, case.attributes, cotangent, dtype)
        for device in devices:
            try:
                theirs = run_torch(operation, case, device)
                rough = run_torch(operation, case, device, True) if is_cuda(device) else None
            except Exception as error:
                note = f"PyTorch: {type(error).__name__}: {error}"
                yield failure(name, note, case=case.name, dtype=dtype.name, device=device)
                continue
            seconds = timing.time_case(operation, case, device) if timed else None
            for key, result in ours.items():
                row = judged(
                    (name, case.name, dtype.name, key),
                    result,
                    theirs[key],
                    quantities[key],
                    exact=key in case.exact,
                    difference=case.differences.get(key, ""),
                    kernel=kernel,
                    elementwise=operation.elementwise,
                )
                row = replace(row, device=device)
                row = row if rough is None else with_tf32(row, rough[key], quantities[key])
                forward, whole = seconds or (None, None)
                yield timing.with_seconds(row, whole if row.order else forward)


def run_minigrad(name: str, operation: Operation, case: Case) -> tuple[Results, str]:
    """minigrad's results, and the name of the node that the operation's kernel left."""
    found, kernels = Side(minigrad).run(operation, case)
    if not operation.fused:
        return found, ""
    if name not in kernels:
        seen = ", ".join(kernels.values()) or "no kernel's node"
        raise KernelDidNotRunError(
            f"the kernel did not run: the graph has {seen}, expected one of {name}"
        )
    return found, kernels[name]


def run_torch(
    operation: Operation, case: Case, device: str, with_rough_products: bool = False
) -> Results:
    """PyTorch's results, computed on a device."""
    with tf32(with_rough_products):
        return Side(torch, device).run(operation, case)[0]
