"""How do numbers look, wherever they are shown?"""

from __future__ import annotations

from collections.abc import Sequence

ANY = 1e300  # ulp: as much as any finite number can be off, where 0 is right


def number(value: float | None) -> str:
    """An error in ulp to three digits; a large one to two."""
    if value is None:
        return "-"
    if ANY <= value < float("inf"):
        return "any"
    if 1e3 <= value < float("inf"):
        mantissa, _, exponent = f"{value:.1e}".partition("e")
        return f"{mantissa}e{int(exponent)}"
    return f"{value:.3g}"


def microseconds(seconds: float | None) -> str:
    """A time to three digits, or to the microsecond."""
    if seconds is None:
        return "-"
    return f"{seconds * 1e6:.0f}" if seconds >= 1e-3 else f"{seconds * 1e6:.3g}"


def place(where: Sequence[float] | None) -> str:
    """The index of an element, or the number that a function was given there."""
    if not where:
        return ""
    if isinstance(where[0], float):
        return f"x = {where[0]:.9g}"
    return "[" + ", ".join(map(str, where)) + "]"
