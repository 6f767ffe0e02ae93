"""Tools for testing gradients: minigrad's, and those of your own operations."""

from .gradcheck import GradientError, gradcheck, gradgradcheck

__all__ = ["GradientError", "gradcheck", "gradgradcheck"]
