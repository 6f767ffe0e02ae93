"""Settings of groups: numbers, or tensors of one element that keep their identity."""

import math

import pytest

import minigrad as torch
from minigrad.optim import group_values


def test_numbers_and_tensors():
    lr = torch.tensor([0.25])
    group = {"params": [torch.ones(2)], "lr": lr, "eps": 0.5, "betas": (torch.tensor(0.5), 0.25)}
    assert group_values.number(lr) == 0.25 and group_values.number(3) == 3
    assert [each.numel() for each in group_values.tensors(group)] == [1, 1]
    kept = group_values.copied(lr)
    group_values.assign(group, "lr", torch.tensor(0.75))
    group_values.assign(group, "eps", 0.125)
    assert group["lr"] is lr and lr.tolist() == [0.75] and group["eps"] == 0.125
    assert kept.tolist() == [0.25]


def test_what_is_refused(failure):
    group_values.require_one_element(torch.ones(1, 1), "lr")
    assert failure(group_values.require_one_element, torch.ones(2), "lr") == (
        "ValueError: Tensor lr must be 1-element"
    )
    group_values.check_not_negative({"a": 0, "b": math.inf})
    for value in (-1e-300, math.nan):
        with pytest.raises(ValueError, match=f"Invalid b: {value}"):
            group_values.check_not_negative({"a": 0.0, "b": value})
    for value in (None, "1", 1j):
        assert failure(group_values.check_not_negative, {"a": value}) == (
            f"TypeError: a must be a number, got {value!r}"
        )
