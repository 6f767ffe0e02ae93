"""Does an operation do all that a new one owes? The check, as people call it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ...fused import Fused

if TYPE_CHECKING:
    from ..duties.duty import Duty
    from .case import Case

SAMPLES = f"{__name__.rpartition('.operations')[0]}.samples"


class OperationError(AssertionError):
    """An operation that fails in one of its `duty`, with the smallest `example` that was found.

    Examples
    --------
    >>> from minigrad.testing import OperationError
    >>> issubclass(OperationError, AssertionError)
    True
    """

    def __init__(
        self,
        operation: Fused,
        duty: Duty,
        example: Case | str,
        cause: Exception,
        options: Mapping[str, Any],
    ) -> None:
        kind = "" if isinstance(cause, AssertionError) else f"{type(cause).__name__}: "
        lines = "\n".join(f"  {line}" for line in f"{kind}{cause}".splitlines())
        shown = example if isinstance(example, str) else example.shown()
        told = ", ".join(f"{name}={value!r}" for name, value in options.items())
        super().__init__(
            f"{operation.name}: {duty.name}: it does not hold that {duty.states}\n{lines}\n"
            f"  smallest example\n"
            f"    {shown}\n"
            f"  to repeat it\n"
            f"    import {operation.definition.__module__}; from minigrad.fused import registry\n"
            f"    check_operation(registry[{operation.name!r}], {told})"
        )
        self.operation, self.duty, self.example = operation, duty.name, example


@dataclass(frozen=True, repr=False)
class OperationResult:
    """What `check_operation` has looked at. It is true if everything holds; it prints a table.

    `examples` has for each duty how many there were in which it had something to look at.

    Examples
    --------
    >>> from minigrad.ops.elu import fused
    >>> from minigrad.testing import check_operation
    >>> result = check_operation(fused, only="poison", examples=5)
    >>> bool(result), result.examples
    (True, {'poison': 5})
    """

    operation: Fused
    examples: dict[str, int]
    errors: dict[str, OperationError] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return not self.errors

    def __repr__(self) -> str:
        from ..duties import DUTIES

        lines = [f"{self.operation.name}: {'failed' if self.errors else 'passed'}"]
        for name, count in self.examples.items():
            told = "failed" if name in self.errors else count or "none"
            lines.append(f"  {name:<19}{told:>7}  {DUTIES[name].states}")
        return "\n".join([*lines, *[f"\n{error}" for error in self.errors.values()]])


def check_operation(
    operation: Fused,
    *,
    sample: Callable[..., Any] | None = None,
    only: str | Iterable[str] | None = None,
    examples: int | None = None,
    seed: int | None = None,
    raise_exception: bool = True,
) -> OperationResult:
    """Check all that an operation owes, on examples that Hypothesis draws.

    Parameters
    ----------
    operation : what `Fused(...)` gave
    sample : a function that declares what it can be given, and what holds; by default the one it
        was registered with
    only : the name of a duty, or several
    examples : for each duty; by default as many as Hypothesis's profile says. Duties whose
        examples take long have fewer.
    seed : of what is drawn; by default another each time, or Hypothesis's
    raise_exception : whether what fails is an error; otherwise the result is false

    Returns
    -------
    OperationResult
        It prints a table of duties and of how many examples each had.

    Examples
    --------
    >>> from minigrad.ops.relu import fused
    >>> from minigrad.testing import check_operation
    >>> check_operation(fused, only=("poison", "layouts"), examples=5)
    relu: passed
      poison                   5  every element of the results is written
      layouts                  5  strides, order and alignment of operands change no bit
    """
    __tracebackhide__ = True  # pytest shows the line that called
    from ..duties import DUTIES
    from .property import run, run_apart

    if not isinstance(operation, Fused):
        raise TypeError(
            f"check_operation: operation must be what Fused(...) gave, got {operation!r}"
        )
    if examples is not None and examples < 1:
        raise ValueError(f"check_operation: examples must be 1 or more, got {examples}")
    wanted = list(DUTIES) if only is None else [only] if isinstance(only, str) else list(only)
    for name in wanted:
        if name not in DUTIES:
            raise ValueError(
                f"check_operation: there is no duty {name!r}; there are {', '.join(DUTIES)}"
            )
    declared = sample or sample_of(operation)
    counts: dict[str, int] = {}
    errors: dict[str, OperationError] = {}
    for name in wanted:
        try:
            duty = DUTIES[name]
            run_it = run_apart if duty.apart else run
            counts[name] = run_it(operation, declared, duty, examples, seed)
        except OperationError as error:
            if raise_exception:
                raise
            counts[name], errors[name] = 0, error
            if name in ("bounds", "margins"):  # it may write to memory that is not its own
                break
    return OperationResult(operation, counts, errors)


def sample_of(operation: Fused) -> Callable[..., Any]:
    """The declaration that an operation was registered with, or that stands in `samples`."""
    if operation.sample is not None:
        return operation.sample
    module = f"{SAMPLES}.{operation.name}"
    if operation.definition.__module__.startswith("minigrad.ops.") and find_spec(module):
        found: Callable[..., Any] = import_module(module).sample
        return found
    raise ValueError(
        f"check_operation: {operation.name} does not say what it can be given; expected "
        "Fused(..., sample=sample) or check_operation(..., sample=sample)"
    )
