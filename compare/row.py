"""What is one line of the comparison?"""

from __future__ import annotations

from dataclasses import dataclass

PASS = "pass"
BITS_EQUAL = "bits equal"
KNOWN_DIFFERENCE = "known difference"
FAIL = "FAIL"
ROUNDED = 0.51  # the error in ulp of a result that is rounded once, from a few more digits
VERDICTS = (PASS, BITS_EQUAL, KNOWN_DIFFERENCE, FAIL)  # from good to bad


@dataclass(frozen=True)
class Row:
    """One quantity of one case: how far both libraries are from the mathematics, in ulp.

    An error is infinite where a NaN, an infinity or the sign of a zero is not the one expected,
    and None where nothing could be measured. An element is told of by its index, of a function of
    one number by that number. A known difference is one in which minigrad is right
    and PyTorch is not.
    """

    operation: str
    case: str
    dtype: str
    quantity: str
    error: float | None  # the largest of any element
    torch_error: float | None
    allowed: float | None
    reason: str  # why so much is allowed
    verdict: str
    where: tuple[float, ...] | None = None  # the element that minigrad's error was found at
    expected: float | None = None  # its value
    torch_where: tuple[float, ...] | None = None
    kernel: str = ""  # the name of the node that minigrad's kernel left in the graph
    note: str = ""
    mean_error: float | None = None  # over all elements
    torch_mean_error: float | None = None
    tf32_error: float | None = None  # PyTorch's on CUDA, its products of float32 in TF32
    tf32_mean_error: float | None = None
    device: str = "cpu"  # where PyTorch computed
    layout: str = "contiguous"
    mode: str = ""  # training or eval, of what tells them apart
    seconds: float | None = None  # of a call, with its backward if the quantity is a gradient
    torch_seconds: float | None = None
    profile: tuple[tuple[float, float, float], ...] = ()  # from |x| on: both largest errors

    @property
    def strain(self) -> float:
        """The error as a part of what is allowed."""
        if not self.error:
            return 0.0
        return self.error / self.allowed if self.allowed else float("inf")

    @property
    def order(self) -> int:
        """0 for results, 1 for gradients, 2 for gradients of gradients."""
        return {"grad": 1, "second": 2}.get(self.quantity.partition("_")[0], 0)

    @property
    def is_further_off(self) -> bool:
        """Whether minigrad's largest error is beyond PyTorch's and beyond correct rounding."""
        if self.error is None or self.torch_error is None:
            return False
        return self.error > max(self.torch_error, ROUNDED)


def failure(
    operation: str,
    note: str,
    *,
    case: str = "",
    dtype: str = "",
    device: str = "cpu",
) -> Row:
    """A row for what went wrong before there was anything to measure."""
    return Row(operation, case, dtype, "", None, None, None, "", FAIL, note=note, device=device)
