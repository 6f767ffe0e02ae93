"""Does no bit of a large example depend on how many threads there are?"""

from __future__ import annotations

from ...kernels.threads import get_num_threads, set_num_threads
from ..operations.case import Case, assert_same
from ..operations.sample import Manner
from .duty import Duty

LENGTH = 400_000  # three times what is divided


def check(case: Case) -> None:
    before = get_num_threads()
    found = []
    try:
        for count in (1, 2, 3):
            set_num_threads(count)
            found.append(case.results())
    finally:
        set_num_threads(before)
    for count, each in enumerate(found[1:], 2):
        assert_same(each, found[0], f"by {count} threads is another than by one")


DUTY = Duty(
    "threads",
    "one, two and three threads give the same bits",
    check,
    Manner(long=LENGTH),
    most=1,
    random=True,
)
