"""Losses of differences: does any call give what it gives in PyTorch?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import FLOATING, check, operands, several

REDUCTIONS = ("mean", "mean", "sum", "none", "elementwise_mean", "batchmean", None)
EDGES = {"smooth_l1_loss": "beta", "huber_loss": "delta"}
LEGACY = ("size_average", "reduce")


def floating(special):
    """Dtypes to compare in: without special numbers gradients of gradients, which may cancel."""
    return FLOATING if special else [np.float64]


@st.composite
def settings(draw, name):
    """Arguments that are no tensors, some of them wrong."""
    found = {"reduction": draw(st.sampled_from(REDUCTIONS))}
    if name in EDGES and draw(st.booleans()):
        edge = st.sampled_from([0, 0.5, 1, 2.0, -1.0, float("inf"), float("nan"), "1", None])
        found[EDGES[name]] = draw(edge)
    if name != "huber_loss" and draw(st.integers(0, 9)) == 0:
        found |= {each: draw(st.sampled_from([None, False, True])) for each in LEGACY}
    return found


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"])
@pytest.mark.parametrize("special", [False, True])
@given(data=st.data())
def test_any_call(name, special, data):
    # One dtype: PyTorch rounds to the lower one in between, and has no backward for whole targets.
    alike = data.draw(st.booleans())
    dtypes = [data.draw(st.sampled_from([*3 * floating(special), np.int64, np.bool_]))]
    given = data.draw(several(2, alike=alike, dtypes=dtypes, special=special))
    if name != "smooth_l1_loss" and data.draw(st.booleans()):
        weight = data.draw(operands(given[0].values.shape, dtypes=dtypes, special=special))
        positive = np.asarray(np.abs(weight.values))  # their sum does not cancel
        given.append(weight._replace(values=positive))
    arguments = data.draw(settings(name))

    def call(torch, x, target, weight=None):
        weighted = {} if weight is None else {"weight": weight}
        return getattr(torch.nn.functional, name)(x, target, **weighted, **arguments)

    # At infinities and NaN, PyTorch's gradients of gradients follow from how it writes them.
    check(call, *given, orders=1 if special else 2)


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"])
@pytest.mark.filterwarnings("ignore:Using a target size:UserWarning")
def test_sizes_that_cannot_be_broadcast_come_before_all_other_mistakes(torch, failure, name):
    loss = getattr(torch.nn.functional, name)
    expected = (
        "RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at "
        "non-singleton dimension 0"
    )
    for kind in (torch.float32, torch.bool):
        pair = torch.ones(2, dtype=kind), torch.ones(3, dtype=kind)
        assert failure(loss, *pair, reduction="x") == expected


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"])
@pytest.mark.filterwarnings("ignore:Using a target size:UserWarning")
@given(given=several(2, special=False), reduction=st.sampled_from(["mean", "sum", "none"]))
def test_targets_of_other_dtypes(name, given, reduction):
    def call(torch, x, target):
        return getattr(torch.nn.functional, name)(x, target, reduction=reduction)

    check(call, *given)


def test_huber_loss_of_two_dtypes_has_the_inputs_and_no_gradient(torch):
    x = torch.tensor([1.0, 3.0], requires_grad=True)
    loss = torch.nn.functional.huber_loss(x, torch.tensor([1, 1]))
    assert (loss.item(), loss.dtype) == (0.75, torch.float32)
    with pytest.raises(RuntimeError, match="Found dtype Long but expected Float"):
        loss.backward()


@pytest.mark.parametrize(("reduction", "strides"), [("none", (1, 2)), ("mean", ()), ("sum", ())])
def test_huber_loss_of_two_dtypes_lies_in_memory_as_the_input(torch, reduction, strides):
    x, target = torch.ones(3, 2).t(), torch.zeros(2, 3, dtype=torch.float64)
    loss = torch.nn.functional.huber_loss(x, target, reduction=reduction)
    assert loss.stride() == strides and loss.dtype == torch.float32


@pytest.mark.parametrize("name", ["binary_cross_entropy", "binary_cross_entropy_with_logits"])
@pytest.mark.parametrize("changed", [0, 1])
@pytest.mark.parametrize("learnt", [0, 1])
def test_neither_operand_of_a_cross_entropy_may_change(torch, name, changed, learnt):
    """Whichever of them has a gradient."""
    pair = [torch.tensor([0.25, 0.5]), torch.tensor([0.5, 0.75])]
    pair[learnt] = pair[learnt].requires_grad_() * 1
    loss = getattr(torch.nn.functional, name)(*pair)
    with torch.no_grad():
        pair[changed].mul_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()
