"""What scripts set before they start, for libraries that are not used here."""

from typing import TYPE_CHECKING, Any

from .. import missing
from . import cuda, cudnn, mps

__all__ = ["cuda", "cudnn", "mps"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
