"""ReduceLROnPlateau: patience, cooldown, lower bounds, and what is refused."""

import pytest


def plateau(torch, groups=1, **settings):
    params = [{"params": [torch.ones(1)]} for _ in range(groups)]
    optimizer = torch.optim.SGD(params, lr=1.0)
    return optimizer, torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **settings)


def course(torch, measurements, **settings):
    optimizer, scheduler = plateau(torch, **settings)
    found = []
    for each in measurements:
        scheduler.step(each)
        found.append(optimizer.param_groups[0]["lr"])
    return found


def test_patience(torch):
    assert course(torch, [5, 4, 4, 4, 4, 3], patience=1, factor=0.5) == [1, 1, 1, 0.5, 0.5, 0.5]
    assert course(torch, [1, 2, 2, 2], mode="max", patience=0, factor=0.5) == [1, 1, 0.5, 0.25]


def test_cooldown(torch):
    assert course(torch, [1] * 6, patience=0, factor=0.5, cooldown=2) == [
        1, 0.5, 0.5, 0.5, 0.25, 0.25,
    ]  # fmt: skip


def test_bounds(torch):
    assert course(torch, [1] * 4, patience=0, factor=0.5, min_lr=0.4) == [1, 0.5, 0.4, 0.4]
    assert course(torch, [1] * 3, patience=0, factor=0.5, eps=0.3) == [1, 0.5, 0.5]


def test_not_a_number_is_no_improvement(torch):
    assert course(torch, [1, float("nan"), 0.5], patience=0, factor=0.5) == [1, 0.5, 0.5]


def test_a_tensor_as_measurement(torch):
    assert course(torch, [torch.tensor(1.0), torch.tensor([1.0])], patience=0) == [1.0, 0.1]


def test_an_epoch_may_be_given(torch):
    _, scheduler = plateau(torch)
    with pytest.warns(UserWarning, match="The epoch parameter"):
        scheduler.step(1.0, 7)
    assert scheduler.last_epoch == 7 and not scheduler.in_cooldown


def test_a_group_that_is_added_later(torch, failure):
    for settings in ({"min_lr": 0.75}, {"min_lr": [0.75]}):
        optimizer, scheduler = plateau(torch, patience=0, **settings)
        optimizer.add_param_group({"params": [torch.ones(1)]})
        scheduler.step(1.0)
        if isinstance(settings["min_lr"], list):
            text = failure(scheduler.step, 1.0)
            assert text.startswith("RuntimeError: The number of param groups in the `optimizer`")
        else:
            scheduler.step(1.0)
            assert [group["lr"] for group in optimizer.param_groups] == [0.75, 0.75]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"factor": 1.0}, "Factor should be < 1.0."),
        ({"mode": "least"}, "mode least is unknown!"),
        ({"threshold_mode": "ratio"}, "threshold mode ratio is unknown!"),
        ({"min_lr": [0.1, 0.1]}, "expected 1 min_lrs, got 2"),
    ],
)
def test_refused(torch, failure, settings, message):
    assert failure(plateau, torch, **settings) == f"ValueError: {message}"
