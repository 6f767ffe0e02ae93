"""Does an operation of somebody's own give what PyTorch gives, wherever it is asked?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from types import ModuleType
from typing import Any

import hypothesis
import numpy as np
import torch
from hypothesis import HealthCheck, Phase, Verbosity, strategies as st

import minigrad

from .agreement import Agreement, agreements, errors_nearby
from .evaluation import Evaluation, Point, RefusedError, Results, by_hand, point_of
from .report import CheckError, CheckResult, script
from .roundings import RUNS, Roundings

DTYPES = ("float32", "float64")
POINTS = 4  # nearby
Function = Callable[..., Any]


def check(
    function: Function,
    reference: Function,
    *strategies: Any,
    library: ModuleType = minigrad,
    gradient: Function | None = None,
    order: int = 2,
    dtypes: Sequence[str] = DTYPES,
    examples: int = 100,
    seed: int = 0,
) -> CheckResult:
    """Hold a function against a reference on PyTorch's tensors: results, gradients, second ones.

    Both are called with the same numbers, which Hypothesis draws, and gradients start from the
    same random cotangents. All is held against the reference in float64, and may be as far off as
    rounding explains, or as far as the reference itself is.

    Parameters
    ----------
    function
        Of `library`'s tensors, or of NumPy's arrays; gives one or several.
    reference
        The same of PyTorch's tensors.
    strategies
        One for each argument, such as `minigrad.testing.strategies.tensors()`; a value that is no
        strategy is given as it is. A single strategy of tuples draws all arguments together.
        Gradients are taken by tensors that require one.
    library
        minigrad, torch or numpy.
    gradient
        Of a NumPy function: takes (grad, *inputs) and returns a gradient for each input.
    order : int
        0 compares results, 1 gradients as well, 2 also the gradients of gradients.
    dtypes : sequence of str
        In which all floating-point inputs are given.
    examples : int
        How many inputs are drawn.
    seed : int
        Of inputs, cotangents and directions.

    Raises
    ------
    CheckError
        An AssertionError: it says which result is off, where, how far, how far it may be and why,
        at the smallest inputs that show it, with a script that repeats it.

    Examples
    --------
    >>> import minigrad, torch
    >>> from compare import check
    >>> from minigrad.testing.strategies import numbers, tensors
    >>> x = tensors((3,), values=numbers(-3.0, 3.0))
    >>> result = check(lambda x: x * minigrad.sigmoid(x), torch.nn.functional.silu, x)
    >>> result.examples
    100
    """
    refuse(function, reference, strategies, library, gradient, order, dtypes, examples)
    if library is np:
        order = min(order, 0 if gradient is None else 1)
    subject = _Subject(function, reference, library, gradient, order, tuple(dtypes), seed)
    found = subject.hold(arguments_of(strategies), examples)
    if not found.examples:
        raise ValueError(f"check: {subject.why_nothing()}") from subject.refusal
    return found


def refuse(
    function: Any,
    reference: Any,
    strategies: Sequence[Any],
    library: Any,
    gradient: Any,
    order: Any,
    dtypes: Any,
    examples: Any,
) -> None:
    """Raise for arguments that say nothing that could be done."""
    for name, given in {"function": function, "reference": reference}.items():
        if not callable(given):
            raise TypeError(f"check: {name} must be callable, got {type(given).__name__}")
    if not strategies:
        raise TypeError("check: strategies: expected one for each argument, got none")
    if library not in (minigrad, torch, np):
        raise ValueError(f"check: library must be minigrad, torch or numpy, got {library!r}")
    if gradient is not None and library is not np:
        raise ValueError("check: gradient is for NumPy functions; that of tensors is autograd's")
    if order not in (0, 1, 2):
        raise ValueError(f"check: order must be 0, 1 or 2, got {order!r}")
    if isinstance(dtypes, str) or not dtypes or not set(dtypes) <= set(DTYPES):
        raise ValueError(f"check: dtypes must be some of {DTYPES}, got {dtypes!r}")
    if not isinstance(examples, int) or examples < 1:
        raise ValueError(f"check: examples must be a whole number of at least 1, got {examples!r}")


def arguments_of(strategies: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A strategy of all arguments."""
    each = [s if isinstance(s, st.SearchStrategy) else st.just(s) for s in strategies]

    def listed(drawn: tuple[Any, ...]) -> tuple[Any, ...]:
        return drawn[0] if len(drawn) == 1 and isinstance(drawn[0], tuple) else drawn

    return st.tuples(*each).map(listed)


class _Subject:
    """A function and its reference, and what has been seen of them."""

    def __init__(
        self,
        function: Function,
        reference: Function,
        library: ModuleType,
        gradient: Function | None,
        order: int,
        dtypes: tuple[str, ...],
        seed: int,
    ) -> None:
        self.function, self.reference, self.gradient = function, reference, gradient
        self.library, self.order, self.dtypes, self.seed = library, order, dtypes, seed
        self.examples = 0
        self.worst: dict[tuple[str, str], Agreement] = {}
        self.refusal: RefusedError | None = None  # the last of the reference's

    def hold(self, arguments: st.SearchStrategy[Any], examples: int) -> CheckResult:
        """Draw inputs, and look at all of them; raise at the smallest that show a difference."""

        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=examples,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
            phases=(Phase.explicit, Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(arguments)
        def draw(drawn: tuple[Any, ...]) -> None:
            self.look_at(drawn)

        try:
            draw()
        except CheckError as error:
            raise error.with_traceback(None) from error.__cause__
        except hypothesis.errors.Unsatisfiable:
            self.examples = 0
        order = {dtype: k for k, dtype in enumerate(self.dtypes)}
        worst = sorted(self.worst.values(), key=lambda each: order[each.dtype])
        return CheckResult(self.examples, tuple(worst))

    def look_at(self, drawn: tuple[Any, ...]) -> None:
        """Compare at some inputs."""
        point = point_of(drawn, self.seed)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            for dtype in self.dtypes:
                for found in self.compared(point.in_dtype(dtype), dtype, drawn):
                    if not found.passed:
                        raise CheckError(found, drawn, lambda: self.script(drawn))
                    known = self.worst.get((found.name, dtype))
                    if known is None or found.strain > known.strain:
                        self.worst[found.name, dtype] = found
        self.examples += 1

    def compared(self, point: Point, dtype: str, drawn: tuple[Any, ...]) -> list[Agreement]:
        """How all results agree in one dtype."""
        try:
            theirs, truth = (self.right(point, each) for each in (dtype, "float64"))
            others = [self.right(point, "float64", Roundings(number)) for number in range(RUNS)]
        except RefusedError as error:
            self.refusal = error
            hypothesis.reject()  # no input of the reference's
        try:
            ours = self.ours(point, dtype)
        except Exception as error:  # whatever goes wrong is what has to be reported
            named = "" if isinstance(error, RefusedError) else f"{type(error).__name__}: "
            note = f"the function raises {named}{error}"
            failed = Agreement("output", dtype, False, note=note)
            raise CheckError(failed, drawn, lambda: self.script(drawn)) from error
        return list(agreements(ours, theirs, truth, others, self.nearby(point), dtype))

    def why_nothing(self) -> str:
        """Why there was nothing to compare."""
        if self.refusal is None:
            return "the strategies give no input"
        return f"the reference raises an error at every input that was drawn: {self.refusal}"

    def nearby(self, point: Point) -> Results:
        """How far off the reference is in float32 around there, if it takes that."""
        points = [point.nearby(number) for number in range(POINTS)]
        try:
            return errors_nearby([[self.right(near, each) for each in DTYPES] for near in points])
        except RefusedError:
            return {}

    def right(self, point: Point, dtype: str, roundings: Roundings | None = None) -> Results:
        """What the reference gives."""
        evaluation = Evaluation(torch, point, dtype, roundings)
        with roundings or nullcontext():
            return evaluation.results(self.reference, self.order)

    def ours(self, point: Point, dtype: str) -> Results:
        if self.library is np:
            return by_hand(self.function, self.gradient, point, dtype)
        return Evaluation(self.library, point, dtype).results(self.function, self.order)

    def script(self, drawn: tuple[Any, ...]) -> str:
        functions = {"function": self.function, "reference": self.reference}
        options: Mapping[str, Any] = {"seed": self.seed}
        if self.order != 2 and self.library is not np:
            options = {"order": self.order, **options}
        if self.library is not minigrad:
            options = {"library": "np" if self.library is np else "torch", **options}
        if self.gradient is not None:
            functions["gradient"] = self.gradient
        return script(functions, drawn, options)
