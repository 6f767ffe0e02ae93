"""Whatever place or neighbour a number's result depends on, some part shows it."""

import numpy as np
import pytest

from minigrad.fused import Fused, registry
from minigrad.testing import OperationError, Sample, check_operation


def first(x):
    return np.arange(len(x)) == 0


def last(x):
    return first(x)[::-1]


def middle(x):
    return np.arange(len(x)) == len(x) // 2


def behind_a_larger_one(x):
    return np.append(False, x[1:] < x[:-1])


def beside_many(x):
    return np.full(len(x), len(x) > 20)


def of_rows(draw):
    rows = draw.size("rows")
    return Sample([draw.tensor((rows,), -5.0, 5.0)], independent=[rows])


def everywhere_the_same(x):
    return np.zeros(len(x), bool)


def operation(in_the_result, in_the_gradient):
    """x, whose signs are wrong in places, and so are those of its gradient."""

    def compute(x):
        return np.where(in_the_result(x), -x, x), ()

    def gradient(needs, grad, saved):
        return (np.where(in_the_gradient(grad), -grad, grad),)

    made = Fused("Same", lambda x: x * 1, compute, gradient, ["x"], ["x"], sample=of_rows)
    registry.pop(made.name)  # the tests of the registry are about the library's own
    return made


@pytest.mark.parametrize("where", [first, last, middle, behind_a_larger_one, beside_many])
def test_a_result_or_a_gradient_that_depends_on_the_place_is_found(where):
    for wrong in ((where, everywhere_the_same), (everywhere_the_same, where)):
        with pytest.raises(OperationError, match=r"along rows is another than within all"):
            check_operation(operation(*wrong), only="position", examples=40, seed=0)


def test_what_does_not_passes():
    same = operation(everywhere_the_same, everywhere_the_same)
    assert check_operation(same, only="position", examples=40).examples == {"position": 20}
