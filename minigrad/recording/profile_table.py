"""The printed form of a profile: time, rates and shares, under the lines of the user's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .columns import aligned, quantity
from .listing import by_line, heading

if TYPE_CHECKING:
    from ..kernels.roofline import Roofline
    from .profile import Profile, Row

HEADINGS = ("", "kernel", "time", "share", "GB/s", "Gflop/s", "of the limit", "")
LEFT = (1, 7)
LONGEST = 5  # kernels are named in the summary


def text(profile: Profile) -> str:
    rows = profile.rows
    summary = (
        f"{len(rows)} instructions, one by one {quantity(profile.seconds, 's')}, "
        f"in one run {quantity(profile.step_seconds, 's')}"
    )
    if profile.halved:
        summary += f"; a call has two threads do half of the rows each\n    of {profile.halved}"
    if not rows:
        return summary
    cells = [HEADINGS, *map(_cells, rows)]
    headings, *table = aligned(cells, LEFT)
    lines = [summary, _limits(profile.limits), headings]
    for site, numbers in by_line([row.site for row in rows]):
        seconds = sum(rows[number].seconds for number in numbers)
        share = sum(rows[number].share for number in numbers)
        lines.append(heading(site, f"{quantity(seconds, 's')}, {percent(share)}  "))
        lines += [table[number] for number in numbers]
    return "\n".join([*lines, *_longest(rows)])


def _cells(row: Row) -> tuple[str, ...]:
    flops = row.flops_per_second
    return (
        str(row.instruction),
        row.kernel,
        quantity(row.seconds, "s"),
        percent(row.share),
        _billions(row.bytes_per_second),
        "" if flops is None else _billions(flops),
        f"{percent(row.share_of_limit)} {row.bound}",
        "" if row.is_native else "Python",
    )


def _limits(limits: Roofline) -> str:
    """The machine's limits, in the smallest, a middle and the largest working set."""
    known = list(zip(limits.sizes, limits.bytes_per_second, strict=True))
    first, *others = (known[0], known[len(known) // 2], known[-1])
    rates = [f"{_billions(first[1])} GB/s in {quantity(first[0], 'B')}"]
    rates += [f"{_billions(rate)} in {quantity(size, 'B')}" for size, rate in others]
    single, double = (_billions(limits.flops_per_second[f"float{k}"]) for k in (32, 64))
    peaks = f"{single} Gflop/s, of float64 {double}"
    return f"limits of one core: {', '.join(rates)}; {peaks}"


def _longest(rows: list[Row]) -> list[str]:
    """Which kernels take the most time."""
    shares: Counter[str] = Counter()
    for row in rows:
        shares[row.kernel] += row.share  # type: ignore[assignment]
    times = Counter(row.kernel for row in rows)
    cells = [
        (percent(share), name, f"{times[name]} time{'s' * (times[name] != 1)}")
        for name, share in shares.most_common(LONGEST)
    ]
    return ["most time:", *aligned(cells, (1, 2))]


def percent(share: float) -> str:
    """A share with two digits or three.

    >>> percent(1.2), percent(0.123), percent(0.0456), percent(0.0001), percent(0.0)
    ('120 %', '12 %', '4.6 %', '<0.1 %', '0 %')
    """
    if 0 < share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.{int(0 < share < 0.0995)}f} %"


def _billions(rate: float) -> str:
    number = rate / 1e9
    if 0 < number < 0.005:
        return "<0.01"
    return f"{number:.{0 if number >= 9.95 or not number else 1 if number >= 0.995 else 2}f}"
