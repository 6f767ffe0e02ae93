"""Which subject is made of what a person hands in?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import Subject
from .arrays import ArraySubject, is_float
from .tensors import library_of, subject_of_tensors


def subject_of(
    func: Callable[..., Any], arguments: Sequence[Any], gradient: Callable[..., Any] | None
) -> Subject:
    """The subject for the function, by the kind of its inputs."""
    if not callable(func):
        raise TypeError(f"gradcheck: func must be callable, got {type(func).__name__}")
    if gradient is not None and not callable(gradient):
        raise TypeError(f"gradcheck: gradient must be callable, got {type(gradient).__name__}")
    tensors = [k for k, each in enumerate(arguments) if library_of(each) is not None]
    if tensors and gradient is not None:
        raise ValueError(
            "gradcheck: gradient is for NumPy functions; that of tensors is asked of autograd, "
            f"and inputs[{tensors[0]}] is a Tensor"
        )
    if tensors:
        return subject_of_tensors(func, arguments)
    if gradient is None:
        arrays = any(is_float(each) or isinstance(each, np.ndarray) for each in arguments)
        hint = "; a NumPy function needs gradient=, its gradient by hand" if arrays else ""
        kinds = ", ".join(type(each).__name__ for each in arguments) or "nothing"
        raise ValueError(
            "gradcheck: inputs: none of the inputs is a Tensor that requires a gradient; "
            f"expected at least one, got {kinds}{hint}"
        )
    return ArraySubject(func, gradient, arguments)
