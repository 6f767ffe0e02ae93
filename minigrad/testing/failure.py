"""What is a person told about a wrong gradient?"""

from __future__ import annotations

from collections.abc import Callable

from .findings import Findings, interval


class GradientError(AssertionError):
    """A derivative by autograd, or by hand, is not what differences of values say.

    `analytic` and `numeric` are the two. `error` is what the numeric one is estimated to be off
    by, `allowed` how far they may be apart. They are derivatives `of` an output `by` an input, or
    along a direction; `order` and `seed` are those of the check. The message ends with a script
    that repeats it.

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

    def __init__(self, findings: Findings, seed: int, script: Callable[[], str]) -> None:
        first, order = findings.wrong[0], findings.order
        super().__init__(f"order {order}: gradient of {first.of} by {first.by}")
        self.of, self.by = first.of, first.by
        self.analytic, self.numeric, self.error = first.analytic, first.numeric, first.error
        self.allowed = first.allowed
        self.dtype, self.order, self.seed = first.dtype, order, seed
        self._wrong = f"{len(findings.wrong)} of {findings.count} products"
        if len(findings.wrong) > 1:
            self._wrong += ", of which this is the first"
        self._numeric = f"{self.numeric!r} ± {self.error:.1e}, {self.allowed:.1e} allowed"
        if first.kink is not None:
            self._numeric = f"{interval(*first.kink)}, at a kink"
        self._script = script

    def __str__(self) -> str:
        # The script is made when it is read: it may write a file, and Hypothesis raises many.
        script = "\n".join(f"    {line}" for line in self._script().splitlines())
        mine, truth = "analytic", "numeric"
        if self.dtype == "float32":
            mine, truth = "in float32", "in float64"
        return (
            f"{self.args[0]}\n"
            f"  {mine:<10}  {self.analytic!r}\n"
            f"  {truth:<10}  {self._numeric}\n"
            f"  {'wrong':<10}  {self._wrong}\n"
            f"  {'seed':<10}  {self.seed}\n"
            f"  to repeat it:\n{script}"
        )
