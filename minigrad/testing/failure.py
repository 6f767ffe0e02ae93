"""What is a person told about a wrong gradient?"""

from __future__ import annotations

from collections.abc import Callable

from .findings import Findings, interval


class CheckError(AssertionError):
    """Why a check by `gradcheck` fails; the text ends with the seed and a script that repeats it.

    Who raises it knows neither: `gradcheck` adds them as the error passes.
    """

    seed: int | None = None
    _script: Callable[[], str] | None = None

    def add_repeat(self, seed: int, script: Callable[[], str]) -> None:
        """From here on the text says how to repeat the check."""
        self.seed, self._script = seed, script

    def _lines(self) -> list[str]:
        """What is told between the first line and the seed."""
        return []

    def __str__(self) -> str:
        lines = [str(self.args[0]), *self._lines()]
        if self._script is not None:
            # The script is made when it is read: it may write a file; Hypothesis raises many.
            repeat = [f"    {line}" for line in self._script().splitlines()]
            lines += [f"  {'seed':<10}  {self.seed}", "  to repeat it:", *repeat]
        return "\n".join(lines)


class GradientError(CheckError):
    """A derivative by autograd, or by hand, is not what differences of values say.

    `analytic` and `numeric` are the two. `error` is what the numeric one is estimated to be off
    by, `allowed` how far they may be apart; at a kink `numeric` is the middle of the subgradients,
    and what is off, or apart, is so from the nearest of them. They are derivatives `of` an output
    `by` an input, or along a direction; `order` and `seed` are those of the check. The message
    ends with a script that repeats it.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradcheck
    >>> x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    >>> try:
    ...     gradcheck(lambda x: x * x.detach(), x)
    ... except GradientError as error:
    ...     error.of, error.by, error.analytic, round(error.numeric, 6)
    ('output 0', 'input 0', 3.0, 6.0)
    """

    def __init__(self, findings: Findings) -> None:
        first, order = findings.wrong[0], findings.order
        super().__init__(f"order {order}: gradient of {first.of} by {first.by}")
        self.of, self.by = first.of, first.by
        self.analytic, self.numeric, self.error = first.analytic, first.numeric, first.error
        self.allowed = first.allowed
        self.dtype, self.order = first.dtype, order
        self._wrong = f"{len(findings.wrong)} of {findings.count} products"
        if len(findings.wrong) > 1:
            self._wrong += ", of which this is the first"
        if first.whole:
            self._wrong += f"; found in that of {first.whole}"
        value = repr(self.numeric)
        if first.kink is not None:
            value = f"{interval(*first.kink)}, at a kink,"
        self._numeric = f"{value} ± {self.error:.1e}, {self.allowed:.1e} allowed"

    def _lines(self) -> list[str]:
        mine, truth = "analytic", "numeric"
        if self.dtype == "float32":
            mine, truth = "in float32", "in float64"
        return [
            f"  {mine:<10}  {self.analytic!r}",
            f"  {truth:<10}  {self._numeric}",
            f"  {'wrong':<10}  {self._wrong}",
        ]
