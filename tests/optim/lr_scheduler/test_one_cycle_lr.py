"""OneCycleLR: momentum that moves against the rate, the end, and what is refused."""

import pytest


def one_cycle(torch, name="SGD", groups=1, **settings):
    momentum = {"SGD": {"momentum": 0.9}, "RMSprop": {"momentum": 0.5}}.get(name, {})
    params = [{"params": [torch.ones(1)]} for _ in range(groups)]
    optimizer = getattr(torch.optim, name)(params, lr=0.1, **momentum)
    given = {"max_lr": 1.0, "total_steps": 10, **settings}
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, **given)


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adam", "AdamW"])
def test_momentum_moves_against_the_rate(torch, name):
    optimizer, scheduler = one_cycle(torch, name)
    (group,) = optimizer.param_groups
    course = []
    for step in range(10):
        course.append((group["lr"], group["betas"][0] if "betas" in group else group["momentum"]))
        optimizer.step()
        if step < 9:
            scheduler.step()
    assert course[0] == pytest.approx((0.04, 0.95)) and course[2] == pytest.approx((1.0, 0.85))
    assert course[-1] == pytest.approx((4e-6, 0.95))
    assert max(course)[1] == min(momentum for _, momentum in course)


def test_it_ends(torch):
    optimizer, scheduler = one_cycle(torch, total_steps=3, pct_start=0.5)
    for _ in range(3):
        optimizer.step()
        scheduler.step()
    with pytest.raises(ValueError, match=r"Tried to step 4 times. The specified number of total"):
        scheduler.step()


REFUSED = [
    ({"total_steps": 0}, "Expected positive integer total_steps, but got 0"),
    ({"total_steps": 2.5}, "Expected positive integer total_steps, but got 2.5"),
    ({"total_steps": None}, "You must define either total_steps OR (epochs AND steps_per_epoch)"),
    ({"total_steps": None, "epochs": 3},
     "You must define either total_steps OR (epochs AND steps_per_epoch)"),
    ({"total_steps": None, "epochs": 0, "steps_per_epoch": 3},
     "Expected positive integer epochs, but got 0"),
    ({"total_steps": None, "epochs": 3, "steps_per_epoch": -1},
     "Expected positive integer steps_per_epoch, but got -1"),
    ({"pct_start": 1}, "Expected float between 0 and 1 pct_start, but got 1"),
    ({"pct_start": 1.5}, "Expected float between 0 and 1 pct_start, but got 1.5"),
    ({"anneal_strategy": "sine"},
     "anneal_strategy must be one of 'cos' or 'linear', instead got sine"),
    ({"max_lr": [1.0, 2.0]}, "max_lr must have the same length as optimizer.param_groups. max_lr "
     "has 2 values, param_groups has 1."),
    ({"base_momentum": [0.5, 0.5]}, "base_momentum must have the same length as "
     "optimizer.param_groups. base_momentum has 2 values, param_groups has 1."),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "message"), REFUSED)
def test_refused(torch, failure, settings, message):
    assert failure(one_cycle, torch, **settings) == f"ValueError: {message}"


def test_numbers_of_steps_are_numbers(torch, failure):
    assert failure(one_cycle, torch, total_steps="10").startswith("TypeError: ")


def test_an_optimiser_without_momentum(torch, failure):
    assert failure(one_cycle, torch, "Adagrad") == (
        "ValueError: optimizer must support momentum or beta1 with `cycle_momentum` option enabled"
    )
    one_cycle(torch, "Adagrad", cycle_momentum=False)
