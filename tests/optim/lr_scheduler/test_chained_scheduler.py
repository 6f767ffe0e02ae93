"""ChainedScheduler: others in turn at each step, their state, and what is refused."""

import copy

import pytest


def sgd(torch):
    groups = [{"params": [torch.ones(1)]}, {"params": [torch.ones(1)], "lr": 0.5}]
    return torch.optim.SGD(groups, lr=1.0)


def chain(torch, optimizer):
    kinds = torch.optim.lr_scheduler
    parts = [kinds.ConstantLR(optimizer, 0.5, 3), kinds.ExponentialLR(optimizer, 0.9)]
    return kinds.ChainedScheduler(parts)


def advance(scheduler, count):
    for _ in range(count):
        scheduler.optimizer.step()
        scheduler.step()


def test_each_changes_what_the_last_one_made(torch):
    scheduler = chain(torch, sgd(torch))
    assert scheduler.get_last_lr() == [0.5, 0.25]
    advance(scheduler, 2)
    assert scheduler.get_last_lr() == pytest.approx([0.405, 0.2025])
    advance(scheduler, 1)
    assert scheduler.get_last_lr() == pytest.approx([0.729, 0.3645])


def test_training_goes_on_after_loading(torch):
    optimizer, other = sgd(torch), sgd(torch)
    scheduler, resumed = chain(torch, optimizer), chain(torch, other)
    advance(scheduler, 2)
    saved = copy.deepcopy(scheduler.state_dict())
    assert [*saved] == ["_last_lr", "_schedulers"]
    other.load_state_dict(optimizer.state_dict())
    resumed.load_state_dict(saved)
    for _ in range(3):
        advance(scheduler, 1)
        advance(resumed, 1)
        assert resumed.get_last_lr() == scheduler.get_last_lr()


@pytest.mark.filterwarnings("ignore:Detected call of `lr_scheduler.step")
def test_a_chain_may_be_a_part_of_a_sequence(torch):
    """There its parts have made a step when it begins."""
    kinds, optimizer = torch.optim.lr_scheduler, sgd(torch)
    parts = [chain(torch, optimizer), kinds.ExponentialLR(optimizer, 0.1)]
    scheduler = kinds.SequentialLR(optimizer, parts, milestones=[4])
    found = [scheduler.get_last_lr()[0]]
    for _ in range(5):
        advance(scheduler, 1)
        found.append(scheduler.get_last_lr()[0])
    assert found == pytest.approx([0.45, 0.405, 0.3645, 0.6561, 1.0, 0.1])


def mistakes(torch):
    kinds, optimizer = torch.optim.lr_scheduler, sgd(torch)
    part = kinds.ExponentialLR(optimizer, 0.9)
    return {
        "none": lambda: kinds.ChainedScheduler([]),
        "no sequence": lambda: kinds.ChainedScheduler(part),
        "no scheduler": lambda: kinds.ChainedScheduler([part, 3]),
        "on a plateau": lambda: kinds.ChainedScheduler([part, kinds.ReduceLROnPlateau(optimizer)]),
        "of two": lambda: kinds.ChainedScheduler([part, kinds.ExponentialLR(sgd(torch), 0.9)]),
        "of another": lambda: kinds.ChainedScheduler([part], optimizer=sgd(torch)),
        "an epoch": lambda: kinds.ChainedScheduler([part]).step(3),
        "no function": lambda: kinds.MultiplicativeLR(optimizer, [len, 3]),
        "too few": lambda: kinds.MultiplicativeLR(optimizer, [len]),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "none",
            "ValueError: ChainedScheduler expects at least one scheduler to be chained, but ",
        ),
        ("no sequence", "TypeError: object of type 'ExponentialLR' has no len()"),
        ("no scheduler", "TypeError: ChainedScheduler at index 1 should have `optimizer` as its"),
        ("on a plateau", "ValueError: ChainedScheduler does not support `ReduceLROnPlateau`"),
        ("of two", "ValueError: ChainedScheduler expects all schedulers to belong to the same"),
        ("of another", "ValueError: ChainedScheduler expects all schedulers to belong to the sam"),
        ("an epoch", "TypeError: ChainedScheduler.step() takes 1 positional argument but 2 were"),
        ("no function", "TypeError: lr_lambda should be a function, but got int"),
        ("too few", "ValueError: Expected 2 lr_lambdas, but got 1"),
    ],
)
def test_what_cannot_be_chained_is_refused(torch, failure, name, text):
    assert failure(mistakes(torch)[name]).startswith(text)
