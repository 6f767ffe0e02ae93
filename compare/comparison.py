"""Which rows does a comparison have?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigrad.fused import registry

from . import cases
from .case import Case, Operation
from .judging.judge import judged
from .row import Row, failure
from .sides import cotangent_of, run_minigrad, run_torch
from .subjects import initialisation, optimisers, shuffling

DTYPES = (np.dtype(np.float32), np.dtype(np.float64))

Rows = Callable[[str], Iterator[Row]]

OPTIMISERS: dict[str, Rows] = {
    "sgd": optimisers.compare_sgd,
    "adam": optimisers.compare_adam,
    "adamw": optimisers.compare_adamw,
    "rmsprop": optimisers.compare_rmsprop,
    "adagrad": optimisers.compare_adagrad,
}

# What must have PyTorch's random numbers. On the CPU only: the generator is that of PyTorch's CPU.
RANDOM: dict[str, Rows] = {
    "kaiming_uniform_": initialisation.compare_kaiming_uniform_,
    "linear_init": initialisation.compare_linear,
    "data_loader": shuffling.compare_data_loader,
}

FURTHER = {**OPTIMISERS, **RANDOM}


def names() -> list[str]:
    """Everything that can be compared."""
    return [*registry, *FURTHER]


def compare(chosen: list[str], device: str) -> Iterator[Row]:
    """The rows of the chosen operations, PyTorch's side computed on a device."""
    operations = cases.find(name for name in chosen if name in registry)
    for name in chosen:
        if name in FURTHER:
            yield from FURTHER[name](device)
        else:
            yield from compare_operation(name, operations[name], device)


def compare_operation(name: str, operation: Operation | None, device: str) -> Iterator[Row]:
    """The rows of one fused operation; one that fails if it has no cases."""
    count = 0
    if operation is not None:
        for dtype in DTYPES:
            for case in operation.cases(dtype):
                count += 1
                yield from compare_case(name, operation, case, dtype, device)
    if count == 0:
        yield failure(name, f"no parity cases: compare/cases/{name}.py is missing or has none")


def compare_case(
    name: str, operation: Operation, case: Case, dtype: np.dtype[Any], device: str
) -> Iterator[Row]:
    """A row for each result and each gradient."""
    described = {"case": case.name, "dtype": dtype.name}
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ours, kernel = run_minigrad(name, operation, case)
        except Exception as error:  # whatever goes wrong there is what has to be reported
            yield failure(name, f"minigrad: {type(error).__name__}: {error}", **described)
            return
        try:
            theirs = run_torch(operation, case, device)
        except Exception as error:
            yield failure(name, f"PyTorch: {type(error).__name__}: {error}", **described)
            return
        exact = {
            key: None if array is None else array.astype(np.longdouble)
            for key, array in case.operands.items()
        }
        cotangent = cotangent_of(case, ours["out"].shape).astype(np.longdouble)
        quantities = operation.reference(exact, case.attributes, cotangent, dtype)
        for key, result in ours.items():
            yield judged(
                (name, case.name, dtype.name, key),
                result,
                theirs[key],
                quantities[key],
                exact=key in case.exact,
                difference=case.differences.get(key, ""),
                kernel=kernel,
            )
