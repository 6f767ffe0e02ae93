"""How far may a result be from the truth, by what was computed and in which dtype, and why?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..tensor import Array


class Tolerance(NamedTuple):
    """A sum of parts, each a number or an array that broadcasts to the result."""

    ulp: float
    condition: Array
    magnitude: Array
    rtol: Array
    atol: Array

    def unit(self, size: Array, dtype: np.dtype[Any] | None) -> Array:
        """One ulp, of numbers of this size: relative to what was added up to give them."""
        if dtype is None:
            return np.zeros(size.shape)
        limits = np.finfo(dtype)
        scale = self.condition * size + self.magnitude
        return float(limits.eps) * scale + float(limits.smallest_subnormal)

    def allowed(self, size: Array, dtype: np.dtype[Any] | None) -> Array:
        """The difference that is allowed for numbers of this size."""
        # An infinite unit of which there are none is nothing, not NaN.
        rounding = self.ulp * self.unit(size, dtype) if self.ulp else 0.0
        relative = self.rtol * size if np.any(self.rtol) else 0.0
        return np.broadcast_to(rounding + relative + self.atol, size.shape)

    def reasons(self, size: Array, at: tuple[int, ...], dtype: np.dtype[Any] | None) -> str:
        """The parts of what is allowed for one element, with their numbers."""

        def here(part: Array) -> float:
            return float(np.broadcast_to(part, size.shape)[at])

        expected, parts = f"|expected| {here(size):.3g}", []
        if self.ulp and dtype is not None:
            scale = [f"condition {here(self.condition):.3g} · {expected}"]
            scale += [f"magnitude {here(self.magnitude):.3g}"] if here(self.magnitude) else []
            eps = float(np.finfo(dtype).eps)
            parts.append(f"ulp {self.ulp:g} · eps {eps:.3g} · ({' + '.join(scale)})")
        if here(self.rtol):
            parts.append(f"rtol {here(self.rtol):.3g} · {expected}")
        if here(self.atol):
            parts.append(f"atol {here(self.atol):.3g}")
        return " + ".join(parts) or "they must be equal"
