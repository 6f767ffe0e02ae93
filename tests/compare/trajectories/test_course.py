"""When has a trajectory parted from another by more than rounding explains?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

pytest.importorskip("torch")

from compare.trajectories.course import MULTIPLE, ULPS, WINDOW, course, largest_of_late
from compare.trajectories.distance import first_difference
from compare.trajectories.trajectory import Trajectory

EPS = float(np.finfo(np.float32).eps)
STEPS = 8


def trajectory(values: list[float], name: str = "weight") -> Trajectory:
    """A tensor that is 1 but for its second element."""
    return [{}, *({name: np.array([1, value], np.float32)} for value in values)]


STILL = trajectory([0.0] * STEPS)


def off(size: float, step: int) -> Trajectory:
    """The tensor that is off once, at a step counted from 1."""
    return trajectory([size if each == step else 0.0 for each in range(1, STEPS + 1)])


@given(st.integers(1, STEPS), st.integers(1, STEPS), st.floats(1e-6, 1e-3))
def test_a_deviation_parts_beyond_the_multiple_of_what_variations_did_before(
    when: int, ours: int, size: float
) -> None:
    """Earlier deviations of variations count, and later ones do not."""
    beyond, within = 1.01 * MULTIPLE, 0.99 * MULTIPLE
    allowed = size if when <= ours else ULPS * EPS
    variations = [STILL, off(size, when)]
    found = course(STILL, off(beyond * allowed, ours), variations).first_parting()
    assert found is not None
    assert (found.step, found.tensor) == (ours, "weight")
    assert found.ratio == pytest.approx(beyond, rel=1e-3)
    assert course(STILL, off(within * allowed, ours), variations).first_parting() is None


def test_a_variation_counts_for_a_while() -> None:
    values = np.zeros(2 * WINDOW)
    values[3] = 1.0
    assert np.flatnonzero(largest_of_late(values)).tolist() == [*range(3, 3 + WINDOW)]


@pytest.mark.parametrize("name", ["features", "labels", "generator", "learning rate", "step of w"])
def test_what_has_no_roundings_parts_with_its_last_bit(name: str) -> None:
    theirs, ours = trajectory([1.0, 1.0], name), trajectory([1.0, 1.0 + EPS], name)
    found = course(theirs, ours, [ours]).first_parting()
    assert found is not None
    assert (found.step, found.tensor, found.ratio) == (2, name, np.inf)
    assert course(theirs, theirs, [ours]).first_parting() is None


def test_the_first_tensor_of_the_first_step_is_named() -> None:
    names = ("loss", "gradient of w", "w")
    starts = (3, 2, 2)
    ours: Trajectory = [{}]
    theirs: Trajectory = [{}]
    for step in range(1, 5):
        theirs.append({name: np.zeros(2, np.float32) for name in names})
        ours.append(
            {
                name: np.full(2, step >= start, np.float32)
                for name, start in zip(names, starts, strict=True)
            }
        )
    found = course(theirs, ours, [theirs]).first_parting()
    assert found is not None
    assert (found.step, found.tensor) == (2, "gradient of w")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_special_values_must_be_the_same(value: float) -> None:
    theirs, ours = trajectory([0.0, value]), trajectory([0.0, 1.0])
    for pair in ((theirs, ours), (ours, theirs)):
        found = course(*pair, [STILL[:3], theirs, ours]).first_parting()
        assert found is not None
        assert (found.step, found.ratio) == (2, np.inf)
    assert course(theirs, theirs, [theirs]).first_parting() is None


def test_a_tensor_that_is_missing_or_has_another_shape_parts_at_once() -> None:
    missing: Trajectory = [{}, {}]
    wider: Trajectory = [{}, {"weight": np.zeros((2, 1), np.float32)}]
    for ours in (missing, wider):
        for pair in ((STILL[:2], ours), (ours, STILL[:2])):
            found = course(*pair, [pair[0]]).first_parting()
            assert found is not None
            assert (found.step, found.tensor) == (1, "weight")


def test_the_sign_of_a_zero_is_a_bit() -> None:
    zeros = {"a": np.zeros(2, np.float32), "b": np.zeros(2, np.float32)}
    assert first_difference(zeros, {**zeros, "b": -zeros["b"]}) == "b"
    assert first_difference(zeros, {name: each.copy() for name, each in zeros.items()}) is None
