"""Numbers on the way from one tensor to another: PyTorch's values, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands, several

WEIGHTS = st.sampled_from([0, 1, True, 0.5, 0.25, -0.75, 0.9, 3.0, float("inf"), float("nan")])


@given(given=several(2, dtypes=[np.float64], special=False), weight=WEIGHTS)
def test_by_a_number(given, weight):
    check(lambda torch, x, y: torch.lerp(x, y, weight), *given, orders=2)
    check(lambda torch, x, y: x.lerp(end=y, weight=weight), *given)
    check(lambda torch, x, y: x.detach().clone().lerp_(y, weight), *given)


@given(given=several(3, dtypes=[np.float64], special=False))
def test_by_a_number_for_each(given):
    check(lambda torch, x, y, weight: torch.lerp(x, y, weight), *given, orders=2)


@given(given=several(2, dtypes=FLOATING), weight=operands(shape=(), dtypes=FLOATING))
def test_dtypes_and_special_values(given, weight):
    check(lambda torch, x, y: torch.lerp(x, y, 0.25), *given)
    check(lambda torch, x, y, w: torch.lerp(x, y, w.detach()), *given, weight)


def test_both_ends_are_met(torch):
    x, y = torch.tensor([1e8, 0.1]), torch.tensor([1.0, 0.3])
    assert torch.lerp(x, y, 0).equal(x) and torch.lerp(x, y, 1).equal(y)


def test_nodes_are_called_as_in_pytorch(torch):
    x = torch.ones(2, requires_grad=True)
    assert torch.lerp(x, x, 0.5).grad_fn.name() == "LerpBackward0"
    assert torch.lerp(x, x, torch.tensor(0.5)).grad_fn.name() == "LerpBackward1"
    assert x.clone().lerp_(x, 0.5).grad_fn.name() == "LerpBackward0"


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda t, x: x.lerp(x.double(), 0.5), "expected dtype float for `end` but got dtype do"),
        (lambda t, x: x.lerp(x, x.long()), "expected dtype float for `weight` but got dtype lon"),
        (lambda t, x: x.long().lerp(x.long(), 1), "\"lerp_kernel_scalar\" not implemented for 'L"),
        (lambda t, x: x.lerp(x, 1e300), "without overflow"),
    ],
)  # fmt: skip
def test_what_has_no_way_between_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.ones(2))
