"""Schedulers: what the learning rates of an optimiser are, epoch by epoch or step by step."""

from typing import TYPE_CHECKING, Any

from minigrad import missing

from .chained_scheduler import ChainedScheduler
from .constant_lr import ConstantLR
from .cosine_annealing_lr import CosineAnnealingLR
from .cosine_annealing_warm_restarts import CosineAnnealingWarmRestarts
from .exponential_lr import ExponentialLR
from .lambda_lr import LambdaLR
from .linear_lr import LinearLR
from .multi_step_lr import MultiStepLR
from .multiplicative_lr import MultiplicativeLR
from .one_cycle_lr import OneCycleLR
from .polynomial_lr import PolynomialLR
from .reduce_lr_on_plateau import ReduceLROnPlateau
from .scheduler import LRScheduler, _LRScheduler
from .sequential_lr import SequentialLR
from .step_lr import StepLR

__all__ = [
    "ChainedScheduler",
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "MultiplicativeLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "SequentialLR",
    "StepLR",
    "_LRScheduler",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
