"""What surrounds training: `data` cuts a data set into batches, `dlpack` shares memory."""

from typing import TYPE_CHECKING, Any

from .. import missing
from . import data, dlpack

__all__ = ["data", "dlpack"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
