"""Tools for testing: gradients, closeness, operations, and with Hypothesis whatever can be drawn.

`minigrad.testing.strategies` needs Hypothesis and is imported when it is asked for;
`check_operation` imports it when it is called.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .. import missing
from .closeness import assert_close
from .failure import GradientError
from .findings import GradcheckResult
from .gradcheck import gradcheck, gradgradcheck
from .operations.check import OperationError, OperationResult, check_operation
from .operations.sample import Draw, Sample
from .programs import Input, Instruction, Program
from .reducing import reduced
from .warming import warm_kernels

__all__ = [
    "Draw",
    "GradcheckResult",
    "GradientError",
    "Input",
    "Instruction",
    "OperationError",
    "OperationResult",
    "Program",
    "Sample",
    "assert_close",
    "check_operation",
    "gradcheck",
    "gradgradcheck",
    "reduced",
    "warm_kernels",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name == "strategies":
            return import_module(".strategies", __name__)
        raise missing.attribute(__name__, name, __all__)
