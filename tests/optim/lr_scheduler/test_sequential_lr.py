"""SequentialLR: schedulers that follow one another, saved together, and what is refused."""

import copy

import pytest


def sequence(torch):
    kinds = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    constant = kinds.ConstantLR(optimizer, factor=0.5, total_iters=10)
    steps = kinds.StepLR(optimizer, 2, gamma=0.5)
    return optimizer, kinds.SequentialLR(optimizer, [constant, steps], milestones=[2])


def advance(optimizer, scheduler, count):
    found = []
    for _ in range(count):
        optimizer.step()
        scheduler.step()
        found.append(optimizer.param_groups[0]["lr"])
    return found


def test_one_after_another(torch):
    optimizer, scheduler = sequence(torch)
    assert optimizer.param_groups[0]["lr"] == 0.5
    assert advance(optimizer, scheduler, 6) == [0.5, 1.0, 1.0, 0.5, 0.5, 0.25]
    assert scheduler.get_last_lr() == [0.25]


@pytest.mark.filterwarnings("ignore:Detected call of `lr_scheduler.step")
def test_sequences_in_sequences(torch):
    """The inner one is an epoch ahead, since it was made first: PyTorch's is, too."""
    kinds = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    linear = kinds.LinearLR(optimizer, 0.5, total_iters=2)
    halved = kinds.ExponentialLR(optimizer, 0.5)
    inner = kinds.SequentialLR(optimizer, [linear, halved], milestones=[2])
    outer = kinds.SequentialLR(optimizer, [inner, kinds.StepLR(optimizer, 2)], milestones=[4])
    assert advance(optimizer, outer, 6) == pytest.approx([1.0, 0.5, 0.25, 1.0, 1.0, 0.1])


def test_training_goes_on_after_loading(torch):
    optimizer, scheduler = sequence(torch)
    advance(optimizer, scheduler, 3)
    saved = copy.deepcopy([optimizer.state_dict(), scheduler.state_dict()])
    other, resumed = sequence(torch)
    other.load_state_dict(saved[0])
    resumed.load_state_dict(saved[1])
    assert [*saved[1]] == ["_milestones", "last_epoch", "_last_lr", "_schedulers"]
    assert advance(other, resumed, 5) == advance(optimizer, scheduler, 5)


def test_refused(torch, failure):
    kinds = torch.optim.lr_scheduler
    optimizer, other = (torch.optim.SGD([torch.ones(1)], lr=1.0) for _ in range(2))
    step = kinds.StepLR(optimizer, 2)
    for schedulers, milestones, message in (
        ([], [], "ValueError: SequentialLR expects at least one scheduler, but got no scheduler."),
        ([step], [2], "ValueError: Sequential Schedulers expects number of schedulers provided"),
        (
            [kinds.StepLR(other, 2)],
            [],
            "ValueError: SequentialLR expects all schedulers to",
        ),
        (
            [kinds.ReduceLROnPlateau(optimizer)],
            [],
            "ValueError: SequentialLR does not support",
        ),
        ([1], [], "TypeError: SequentialLR at index 0 should have `optimizer` as its attribute."),
    ):
        assert failure(kinds.SequentialLR, optimizer, schedulers, milestones).startswith(message)


@pytest.mark.parametrize("name", ["LinearLR", "ConstantLR"])
def test_factors_out_of_bounds(torch, failure, name):
    kind = getattr(torch.optim.lr_scheduler, name)
    optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    first = "factor" if name == "ConstantLR" else "start_factor"
    assert "expected to be" in failure(kind, optimizer, **{first: 1.5})
    assert failure(kind, optimizer, **{first: -0.5}).startswith("ValueError: ")
