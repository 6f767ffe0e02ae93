"""What is one line of the comparison?"""

from __future__ import annotations

from dataclasses import dataclass

PASS = "pass"
BITS_EQUAL = "bits equal"
KNOWN_DIFFERENCE = "known difference"
FAIL = "FAIL"
VERDICTS = (PASS, BITS_EQUAL, KNOWN_DIFFERENCE, FAIL)  # from good to bad


@dataclass(frozen=True)
class Row:
    """One quantity of one case: how far both libraries are from the mathematics, in ulp.

    An error is infinite where a NaN, an infinity or the sign of a zero is not the one expected,
    and None where nothing could be measured.
    """

    operation: str
    case: str
    dtype: str
    quantity: str
    error: float | None
    torch_error: float | None
    allowed: float | None
    reason: str  # why so much is allowed
    verdict: str
    where: tuple[int, ...] | None = None  # the element that minigrad's error was found at
    expected: float | None = None  # its value
    torch_where: tuple[int, ...] | None = None
    kernel: str = ""  # the name of the node that minigrad's kernel left in the graph
    note: str = ""

    @property
    def strain(self) -> float:
        """The error as a part of what is allowed."""
        if not self.error:
            return 0.0
        return self.error / self.allowed if self.allowed else float("inf")


def failure(
    operation: str, note: str, *, case: str = "", dtype: str = "", quantity: str = ""
) -> Row:
    """A row for what went wrong before there was anything to measure."""
    return Row(operation, case, dtype, quantity, None, None, None, "", FAIL, note=note)
