"""Tensors in files: `save` and `load`."""

from .safetensors_file import load, save

__all__ = ["load", "save"]
