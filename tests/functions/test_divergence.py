"""Kullback and Leibler's divergence: does any call give what it gives in PyTorch?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import DTYPES, check, several

REDUCTIONS = st.sampled_from(["mean", "sum", "none", "batchmean", "elementwise_mean", "x", None])
LEGACY = st.just({}) | st.fixed_dictionaries(
    {name: st.sampled_from([None, False, True]) for name in ("size_average", "reduce")}
)


@given(given=several(2, dtypes=[np.float64], special=False), how=REDUCTIONS, legacy=LEGACY)
def test_of_logarithms(given, how, legacy):
    def call(torch, x, target):
        return torch.nn.functional.kl_div(x, target, reduction=how, log_target=True, **legacy)

    check(call, *given, orders=2)


@given(given=several(2, dtypes=[np.float64], special=False), how=REDUCTIONS)
def test_of_probabilities(given, how):
    def call(torch, x, target):
        return torch.nn.functional.kl_div(x, target.sigmoid(), reduction=how)

    check(call, *given, orders=2)


@given(given=several(2, dtypes=DTYPES), log_target=st.booleans())
def test_dtypes_and_special_values(given, log_target):
    def call(torch, x, target):
        loss = torch.nn.functional.kl_div
        return loss(x, target.detach(), reduction="none", log_target=log_target)

    check(call, *given)


def test_what_is_not_to_be_expected_counts_nothing(torch):
    target = torch.tensor([[0.0, 1.0]])
    logarithms = torch.tensor([[-3.0, -0.5]], requires_grad=True)
    loss = torch.nn.functional.kl_div(logarithms, target, reduction="sum")
    loss.backward()
    assert loss.item() == 0.5 and logarithms.grad.tolist() == [[0.0, -1.0]]


def test_the_mean_over_all_elements_is_warned_of_as_it_is_no_divergence(torch):
    x, target = torch.zeros(2, 4), torch.full((2, 4), 0.25)
    loss = torch.nn.KLDivLoss()
    with pytest.warns(UserWarning, match="'mean' divides the total loss by both the batch size"):
        mean = loss(x, target)
    divergence = torch.nn.KLDivLoss(reduction="batchmean")(x, target)
    assert mean.item() * 4 == pytest.approx(divergence.item())
