"""What surrounds training: `minigrad.utils.data` cuts a data set into batches."""

from . import data

__all__ = ["data"]
