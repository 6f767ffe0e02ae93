"""Where scripts import losses, and what these are derived from: `torch.nn.modules.loss`."""

from ..classification_loss import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    NLLLoss,
    _WeightedLoss,
)
from ..loss import HuberLoss, KLDivLoss, L1Loss, MSELoss, SmoothL1Loss, _Loss

__all__ = [
    "BCELoss",
    "BCEWithLogitsLoss",
    "CrossEntropyLoss",
    "HuberLoss",
    "KLDivLoss",
    "L1Loss",
    "MSELoss",
    "NLLLoss",
    "SmoothL1Loss",
    "_Loss",
    "_WeightedLoss",
]
