"""How is one duty run as a property, and how is the smallest example told that fails?"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, core, given, seed as seeded, settings, strategies as st
from hypothesis.errors import HypothesisException

from ...fused import Fused
from ..duties import bounds
from ..duties.duty import Duty
from .case import Case, dtype_named
from .check import OperationError
from .hypothesis_draw import HypothesisDraw
from .random_draw import RandomDraw
from .sample import Draw

QUIET = list(HealthCheck)
SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def cases(draw: Any, operation: Fused, sample: Callable[..., Any], duty: Duty) -> Case:
    """Examples of an operation for a duty."""
    of = dtype_named(draw(st.sampled_from(duty.manner.dtypes)))
    source: Draw = (
        RandomDraw(draw(SEEDS), of, duty.manner)
        if duty.random
        else HypothesisDraw(draw, of, duty.manner)
    )
    return Case(operation, source, sample(source))


def run(
    operation: Fused,
    sample: Callable[..., Any],
    duty: Duty,
    examples: int | None,
    seed: int | None,
) -> int:
    """Check a duty; give the number of examples in which it had something to look at."""
    __tracebackhide__ = True  # pytest shows the line that called
    current = settings()  # the profile that is loaded
    chosen = seed_of_this_run() if seed is None else seed
    count = examples or current.max_examples
    count = max(1, math.floor(count * duty.share))
    if duty.most is not None:
        count = min(count, duty.most)
    looked_at = 0
    failed: list[tuple[Case, Exception]] = []

    @seeded(chosen)
    @settings(
        derandomize=False,
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=QUIET,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )
    @given(cases(operation, sample, duty))
    def holds(case: Case) -> None:
        nonlocal looked_at
        if not duty.applies(case):
            return
        looked_at += 1
        try:
            duty.check(case)
        except HypothesisException:
            raise
        except Exception as error:
            failed[:] = [(case, error)]  # the last one is the smallest
            raise

    try:
        holds()
    except Exception:
        if not failed:
            raise
        case, cause = failed[0]
        options = {"only": duty.name, "seed": chosen}
        if examples is not None:
            options["examples"] = examples
        raise OperationError(operation, duty, case, cause, options) from cause
    return looked_at


def run_apart(
    operation: Fused,
    sample: Callable[..., Any],
    duty: Duty,
    examples: int | None,
    seed: int | None,
) -> int:
    """Check in another process what may end it; 0 examples where that cannot import them."""
    __tracebackhide__ = True  # pytest shows the line that called
    if not bounds.can_be_imported(operation, sample):
        return 0
    chosen = seed_of_this_run() if seed is None else seed
    found = bounds.run([(operation, sample)], examples or settings().max_examples, chosen)
    if found.wrong:
        options = {"only": duty.name, "seed": chosen}
        if examples is not None:
            options["examples"] = examples
        raise OperationError(operation, duty, found.example, AssertionError(found.wrong), options)
    return found.examples


def seed_of_this_run() -> int:
    """Another each time, unless Hypothesis was told to repeat the same examples."""
    if core.global_force_seed is not None:  # pytest --hypothesis-seed
        return int(core.global_force_seed)
    return 0 if settings().derandomize else secrets.randbits(32)
