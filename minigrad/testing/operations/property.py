"""How is one duty run as a property, and how is the smallest example told that fails?"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.errors import HypothesisException

from ...fused import Fused
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
    operation: Fused, sample: Callable[..., Any], duty: Duty, examples: int | None
) -> int:
    """Check a duty; give the number of examples in which it had something to look at."""
    count = examples or settings.default.max_examples  # type: ignore[attr-defined]
    count = max(1, math.floor(count * duty.share))
    if duty.most is not None:
        count = min(count, duty.most)
    looked_at = 0
    failed: list[tuple[Case, Exception]] = []

    @settings(
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
    except Exception as error:
        if not failed:
            raise
        case, cause = failed[0]
        raise OperationError(operation, duty.name, duty.states, case, cause) from error
    return looked_at
