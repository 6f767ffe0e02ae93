"""Does a page have of every trajectory what the terminal has, and its drawing?"""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")
pytest.importorskip("jinja2")

from compare.report import plots
from compare.trajectories.course import Course, Place
from compare.trajectories.outcome import Found, Outcome
from compare.trajectories.section import section

STEPS = 40
PLACE = Place(STEPS, "fc.weight", 0.5)
FINE = Outcome("SGD <1>", STEPS, 2, largest=PLACE, single_largest=PLACE)
FACTORS = np.logspace(-1, 0, STEPS)


def found(deviation: np.ndarray, outcome: Outcome = FINE) -> Found:
    """A script with a weight that deviates so much beside a yardstick from 1e-7 to 1e-6."""
    yardstick = 1e-6 * FACTORS[None]
    course = Course(
        ["fc.weight"], deviation[None], np.stack([yardstick / 2, yardstick]), yardstick
    )
    return Found(outcome, course, course)


def lines(body: str, kind: str) -> list[np.ndarray]:
    """The lines of a kind in the only drawing, each of (points, 2): across, and up from 0 to 1."""
    (drawing,) = re.findall("<svg.*?</svg>", body, re.DOTALL)
    height = plots.HEIGHT - plots.TOP - plots.BOTTOM
    found = []
    for each in ElementTree.fromstring(drawing).iter("polyline"):
        if each.get("class") == kind and each.get("points"):
            places = [[float(n) for n in place.split(",")] for place in each.get("points").split()]
            across, down = np.array(places).T
            found.append(np.stack([across, 1 - (down - plots.TOP) / height], axis=1))
    return found


def test_the_line_of_minigrad_is_where_the_deviation_is_beside_what_is_too_far():
    body = section([found(1e-7 * FACTORS)]).body
    (ours,), (limit,) = lines(body, "ours"), lines(body, "even")
    decades = 3  # from the least deviation, 1e-8, to ten times the largest yardstick, 1e-5
    apart = (limit - ours)[:, 1]
    assert len(ours) == len(limit) == STEPS
    assert ours[0, 0] == pytest.approx(plots.LEFT)
    assert ours[-1, 0] == pytest.approx(plots.WIDTH - plots.RIGHT)
    assert np.ptp(apart) < 1e-3  # both grow by as much, on an axis of powers of ten
    assert apart[0] == pytest.approx(2 / decades, abs=1e-3)


def test_what_is_equal_to_the_bit_or_infinitely_far_is_a_gap_in_the_line():
    deviation = 1e-7 * FACTORS
    deviation[10:15], deviation[30] = 0, np.inf
    pieces = lines(section([found(deviation)]).body, "ours")
    assert [len(each) for each in pieces] == [10, 15, 9]


def test_a_script_that_parts_fails_with_its_reason_and_one_that_passes_does_not():
    parted = replace(FINE, script="Adam", parting=Place(7, "fc.weight", 12.0))
    passing, failing = section([found(FACTORS)]), section([found(FACTORS), found(FACTORS, parted)])
    assert not passing.fails and "SGD &lt;1&gt;" in passing.body
    assert failing.fails and failing.body.count("<figure>") == 2
    reason = "Adam: training parts at step 7: fc.weight, by 12.00 yardsticks"
    assert reason in failing.body and reason in failing.text
    assert [each["verdict"] for each in failing.data] == ["pass", "FAIL"]


def test_what_could_not_be_compared_is_told_without_a_drawing():
    wrong = section([Found(Outcome("dropout", STEPS, note="ValueError: 1 < 2"))])
    assert wrong.fails and "ValueError: 1 &lt; 2" in wrong.body and "<svg" not in wrong.body
