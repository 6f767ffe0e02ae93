"""What has a check found?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Kink(NamedTuple):
    """A derivative that differs from the two sides; any number between them is accepted."""

    of: str
    by: str
    low: float
    high: float
    given: float | None  # what the gradient chose, where elements are taken one by one

    def __str__(self) -> str:
        given = "" if self.given is None else f", {self.given:.6g} is given"
        return f"{self.of} by {self.by}: {interval(self.low, self.high)} allowed{given}"


def interval(low: float, high: float) -> str:
    """Two numbers, where one beside which the other is large counts as 0.

    >>> interval(-1e-13, 1.0)
    '0 to 1'
    """
    size = max(abs(low), abs(high))
    low, high = [0.0 if abs(each) < 1e-6 * size else each for each in (low, high)]
    return f"{low:.6g} to {high:.6g}"


class Wrong(NamedTuple):
    """A derivative that does not agree."""

    of: str
    by: str
    analytic: float
    numeric: float
    error: float  # of the numeric one, estimated
    allowed: float  # how far they may be apart
    kink: tuple[float, float] | None = None  # the least and the most subgradient, each ± error
    dtype: str = "float64"
    whole: str = ""  # the product of many elements that it was found in


@dataclass
class Findings:
    """All there is to say about one order of derivatives."""

    order: int
    method: str | None  # of the numeric values: "differences" or "complex"
    not_complex: str = ""  # why not, where it was tried
    size: float = 0.0  # of the largest value around, up to 1
    count: int = 0
    largest_share: float = 0.0  # of the allowed difference
    uncertainty: float = 0.0  # of the numeric values
    atol: float = 0.0
    by_atol_alone: int = 0  # products that neither rtol nor an error of the differences explains
    wrong: list[Wrong] = field(default_factory=list)
    kinks: list[Kink] = field(default_factory=list)
    float32: bool = False  # whether gradients of float32 were compared as well


@dataclass(frozen=True, repr=False)
class GradcheckResult:
    """What `gradcheck` has looked at. It is true if all derivatives agree.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradcheck
    >>> x = torch.tensor([-1.0, 0.0], dtype=torch.float64, requires_grad=True)
    >>> result = gradcheck(torch.relu, x)
    >>> bool(result), len(result.kinks)
    (True, 1)
    >>> print(result.kinks[0])
    output 0 at (1,) by input 0 at (1,): 0 to 1 allowed, 0 is given
    """

    findings: tuple[Findings, ...]  # of the first order, of the second, …
    error: AssertionError | None = None

    def __bool__(self) -> bool:
        return self.error is None

    @property
    def kinks(self) -> list[Kink]:
        """Where the function is not differentiable, and what was accepted there."""
        return [kink for each in self.findings for kink in each.kinks]

    @property
    def by_atol_alone(self) -> int:
        """How many products are right only because what is below atol counts as nothing."""
        return sum(each.by_atol_alone for each in self.findings)

    def __repr__(self) -> str:
        if self.error is not None:
            return f"gradcheck failed: {self.error}"
        return "\n".join(["gradcheck passed", *[_told(each) for each in self.findings]])


def _told(findings: Findings) -> str:
    method = "complex steps" if findings.method == "complex" else "differences"
    if findings.not_complex:
        method += f" ({findings.not_complex})"
    lines = [
        f"  order {findings.order}: {findings.count} products agree with {method}",
        f"    which are certain to {findings.uncertainty:.1e}; the largest gap is "
        f"{findings.largest_share:.0e} of what is allowed",
    ]
    if findings.by_atol_alone:
        lines.append(
            f"    {findings.by_atol_alone} of them agree only by atol, {findings.atol:.1e}: "
            "beside their own size they are apart"
        )
    if findings.float32:
        lines.append("    in float32: no farther from float64 than rounding explains")
    lines += [f"    at a kink: {kink}" for kink in findings.kinks[:3]]
    if len(findings.kinks) > 3:
        lines.append(f"    and at {len(findings.kinks) - 3} more")
    return "\n".join(lines)
