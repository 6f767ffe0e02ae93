"""Tools for testing gradients: minigrad's, and those of your own operations."""

from typing import TYPE_CHECKING, Any

from .. import missing
from .failure import GradientError
from .findings import GradcheckResult
from .gradcheck import gradcheck, gradgradcheck

__all__ = ["GradcheckResult", "GradientError", "gradcheck", "gradgradcheck"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
