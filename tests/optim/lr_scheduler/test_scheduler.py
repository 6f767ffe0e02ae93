"""What all schedulers share: state, warnings, resuming, tensors as rates, and what is refused."""

import copy
import warnings

import pytest

KINDS = {
    "StepLR": {"step_size": 3, "gamma": 0.5},
    "MultiStepLR": {"milestones": [2, 5, 5], "gamma": 0.5},
    "ExponentialLR": {"gamma": 0.9},
    "CosineAnnealingLR": {"T_max": 5, "eta_min": 0.01},
    "CosineAnnealingWarmRestarts": {"T_0": 3, "eta_min": 0.01},
    "LambdaLR": {"lr_lambda": lambda epoch: 1 / (1 + epoch)},
    "MultiplicativeLR": {"lr_lambda": lambda epoch: 1 - 1 / (2 + epoch)},
    "PolynomialLR": {"total_iters": 6, "power": 2.0},
    "LinearLR": {"start_factor": 0.25, "total_iters": 6},
    "ConstantLR": {"factor": 0.5, "total_iters": 6},
    "OneCycleLR": {"max_lr": 0.5, "total_steps": 30},
    "ReduceLROnPlateau": {"patience": 1},
}
WITHOUT_CLOSED_FORM = ("CosineAnnealingWarmRestarts", "MultiplicativeLR")
WITH_CLOSED_FORM = [name for name in [*KINDS][:-2] if name not in WITHOUT_CLOSED_FORM]


def two_groups(torch, **settings):
    groups = [{"params": [torch.ones(1)]}, {"params": [torch.ones(1)], "lr": 0.5}]
    return torch.optim.SGD(groups, **{"lr": 0.1, "momentum": 0.9, **settings})


def scheduler_of(torch, name, optimizer, **more):
    return getattr(torch.optim.lr_scheduler, name)(optimizer, **KINDS[name], **more)


def advance(scheduler, count):
    for _ in range(count):
        scheduler.optimizer.step()
        scheduler.step(*[1.0] * ("Plateau" in type(scheduler).__name__))


def rates(optimizer):
    return [float(group["lr"]) for group in optimizer.param_groups]


@pytest.mark.parametrize("name", KINDS)
def test_training_goes_on_after_loading(torch, name):
    optimizer = two_groups(torch)
    scheduler = scheduler_of(torch, name, optimizer)
    advance(scheduler, 4)
    saved = copy.deepcopy([optimizer.state_dict(), scheduler.state_dict()])
    other = two_groups(torch, lr=7.0)
    resumed = scheduler_of(torch, name, other)
    other.load_state_dict(saved[0])
    resumed.load_state_dict(saved[1])
    for _ in range(5):
        advance(scheduler, 1)
        advance(resumed, 1)
        assert rates(other) == rates(optimizer)
        assert resumed.get_last_lr() == scheduler.get_last_lr() == rates(optimizer)
    assert resumed.last_epoch == 9


@pytest.mark.parametrize("name", [name for name in KINDS if name != "ReduceLROnPlateau"])
def test_training_goes_on_from_an_epoch(torch, failure, name):
    optimizer = two_groups(torch)
    advance(scheduler_of(torch, name, optimizer), 4)
    expected = rates(optimizer)
    other = two_groups(torch)
    text = failure(scheduler_of, torch, name, other, last_epoch=3)
    assert text.startswith(
        "KeyError: \"param 'initial_lr' is not specified in param_groups[0] when"
    )
    other.load_state_dict(optimizer.state_dict())
    resumed = scheduler_of(torch, name, other, last_epoch=3)
    assert resumed.last_epoch == 4
    if name not in ("StepLR", "MultiStepLR", "LinearLR", "ConstantLR"):  # these act on what is
        assert rates(other) == pytest.approx(expected)


@pytest.mark.parametrize("name", KINDS)
def test_state_has_pytorchs_names(name):
    theirs, ours = (pytest.importorskip(each) for each in ("torch", "minigrad"))
    states = []
    for library in (theirs, ours):
        scheduler = scheduler_of(library, name, two_groups(library))
        advance(scheduler, 2)
        states.append(scheduler.state_dict())
    assert [*states[0].items()] == [*states[1].items()]  # in the same order, too
    for library, state in ((ours, states[0]), (theirs, states[1])):
        other = scheduler_of(library, name, two_groups(library))
        other.load_state_dict(copy.deepcopy(state))
        assert other.state_dict() == state


@pytest.mark.parametrize("name", WITH_CLOSED_FORM)
def test_an_epoch_may_be_given(torch, name):
    optimizer = two_groups(torch)
    scheduler = scheduler_of(torch, name, optimizer)
    advance(scheduler, 4)
    expected = rates(optimizer)
    other = two_groups(torch)
    jumping = scheduler_of(torch, name, other)
    other.step()
    with pytest.warns(UserWarning, match="The epoch parameter in `scheduler.step"):
        jumping.step(4)
    assert rates(other) == pytest.approx(expected) and jumping.last_epoch == 4


def warned(torch, action):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        action()
    return [str(each.message) for each in caught if issubclass(each.category, UserWarning)]


def test_a_step_before_the_optimisers_first(torch):
    optimizer = two_groups(torch)
    optimizer.step()  # this one was before there was a scheduler
    scheduler = scheduler_of(torch, "StepLR", optimizer)
    (text,) = warned(torch, scheduler.step)
    assert text.startswith("Detected call of `lr_scheduler.step()` before `optimizer.step()`.")
    assert warned(torch, scheduler.step) == []
    again = scheduler_of(torch, "ExponentialLR", optimizer)
    optimizer.step()
    assert warned(torch, again.step) == []
    late = scheduler_of(torch, "ExponentialLR", optimizer)
    assert warned(torch, late.step) == []


def test_a_step_that_was_replaced(torch):
    optimizer = two_groups(torch)
    scheduler = scheduler_of(torch, "StepLR", optimizer)
    optimizer.step = lambda closure=None: None
    optimizer.step()
    (text,) = warned(torch, scheduler.step)
    assert text.startswith("Seems like `optimizer.step()` has been overridden after learning rate")


def test_get_lr_is_not_for_users(torch):
    optimizer = two_groups(torch)
    scheduler = scheduler_of(torch, "ExponentialLR", optimizer)
    (text,) = warned(torch, scheduler.get_lr)
    assert text == (
        "To get the last learning rate computed by the scheduler, please use `get_last_lr()`."
    )


@pytest.mark.parametrize("name", KINDS)
def test_tensors_stay_and_change(torch, name):
    lr = torch.tensor(0.5)
    optimizer = torch.optim.SGD([torch.ones(1)], lr=lr, momentum=0.9)
    numbers = torch.optim.SGD([torch.ones(1)], lr=0.5, momentum=0.9)
    scheduler, other = (scheduler_of(torch, name, each) for each in (optimizer, numbers))
    for _ in range(6):
        advance(scheduler, 1)
        advance(other, 1)
        assert optimizer.param_groups[0]["lr"] is lr
        assert lr.item() == pytest.approx(numbers.param_groups[0]["lr"], rel=1e-5)
    (last,) = scheduler.get_last_lr()
    assert last is not lr and last.item() == lr.item()


def test_a_scheduler_needs_an_optimiser(torch, failure):
    for name in ("ExponentialLR", "OneCycleLR", "ReduceLROnPlateau"):
        assert failure(scheduler_of, torch, name, 1) == "TypeError: int is not an Optimizer"


@pytest.mark.parametrize("name", ["LRScheduler", "_LRScheduler"])
def test_a_scheduler_of_a_users_own(torch, name):
    kinds = torch.optim.lr_scheduler

    class Halved(getattr(kinds, name)):
        def get_lr(self):
            return [base * 0.5**self.last_epoch for base in self.base_lrs]

    optimizer = two_groups(torch)
    scheduler = Halved(optimizer)
    assert rates(optimizer) == [0.1, 0.5]
    advance(scheduler, 2)
    assert rates(optimizer) == [0.025, 0.125]
    with pytest.warns(UserWarning, match="epoch"):
        scheduler.step(1)
    assert rates(optimizer) == [0.05, 0.25]
    with pytest.raises(NotImplementedError):
        getattr(kinds, name)(optimizer)
    assert isinstance(scheduler, kinds.LRScheduler)
    assert not isinstance(scheduler_of(torch, "StepLR", optimizer), kinds._LRScheduler)


def test_groups_that_came_later_are_told(torch):
    optimizer = two_groups(torch)
    scheduler = scheduler_of(torch, "LambdaLR", optimizer)
    optimizer.add_param_group({"params": [torch.ones(1)]})
    optimizer.step()
    with pytest.raises(ValueError, match=r"argument 2 is shorter|of 2 groups .* has 3 by now"):
        scheduler.step()
