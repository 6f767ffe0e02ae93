"""Is a whole epoch in one call what a loop over the loader is, to the bit?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad import optim
from minigrad.nn import functional as F
from minigrad.utils.data import DataLoader, IterableDataset, Subset, TensorDataset, default_collate

OPTIMIZERS = {
    "SGD": (optim.SGD, {}),
    "momentum": (optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "Adam": (optim.Adam, {"lr": 0.01}),
    "amsgrad": (optim.AdamW, {"lr": 0.01, "amsgrad": True}),
    "RMSprop": (optim.RMSprop, {"lr": 0.01, "momentum": 0.5}),
    "Adagrad": (optim.Adagrad, {}),
}


def classifiers(worlds, optimizer="SGD", step=None, **options):
    """Worlds that train the course's network on a loader's batches: four of 16 rows, one of 6.

    `step` makes another step of a world's.
    """
    kind, settings = OPTIMIZERS[optimizer]

    def build():
        world = worlds.classifier(kind, **settings)
        x, y = worlds.batch(70)
        world.loader = DataLoader(
            TensorDataset(x, y), **{"batch_size": 16, "shuffle": True, **options}
        )
        if step is not None:
            world.step = step(world)
        return world

    return worlds.Twins(build)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_epochs_in_a_row(worlds, natively, optimizer):
    twins = classifiers(worlds, optimizer)
    _, losses = twins.both(worlds.epoch)
    assert type(losses) is torch.Tensor and losses.shape == (5,)
    assert len(set(losses.tolist())) == 5
    natively.clear()
    for number in range(1, 5):
        twins.both(worlds.epoch)
        assert sum(natively) == 4 * number  # all but the batch of 6 rows


@given(
    rows=st.integers(1, 40),
    size=st.integers(1, 12),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
    seed=st.none() | st.integers(0, 9),
    part=st.none() | st.lists(st.integers(-40, 45), min_size=1, max_size=30),
)
def test_any_loader_of_rows(worlds, rows, size, shuffle, drop_last, seed, part):
    """Some have a batch of one row, which BatchNorm refuses, or an index that is out of range."""

    def build():
        world = worlds.classifier(momentum=0.5)
        data = TensorDataset(*worlds.batch(rows))
        data = data if part is None else Subset(data, part)
        options = {} if seed is None else {"generator": torch.Generator().manual_seed(seed)}
        world.loader = DataLoader(data, size, shuffle, drop_last=drop_last, **options)
        return world

    def epoch(world):
        try:
            return worlds.epoch(world), state(world)
        except (ValueError, IndexError) as error:
            return str(error), state(world)

    def state(world):
        return None if seed is None else world.loader.generator.get_state().tolist()

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.both(epoch)


def test_what_changes_between_epochs(worlds, natively):
    """A schedule, validation, a hook."""
    twins = classifiers(worlds, "Adam")
    twins.do(
        lambda world: setattr(world, "schedule", optim.lr_scheduler.StepLR(world.optimizer, 1))
    )

    def validate(world):
        world.net.eval()
        with torch.no_grad():
            loss = F.binary_cross_entropy(world.net(worlds.batch(30)[0]), worlds.batch(30)[1])
        world.step(*worlds.batch(16))  # with running statistics, for once
        world.net.train()
        return loss

    for _ in range(4):
        twins.both(worlds.epoch)
        twins.do(lambda world: world.schedule.step())
        twins.both(validate)
    twins.do(lambda world: world.net[0].weight.grad.mul_(2.0))
    twins.do(lambda world: setattr(world, "kept", world.net[0].weight.grad))
    natively.clear()
    twins.both(worlds.epoch)
    assert sum(natively) == 4

    def hook(world):
        world.seen = []
        world.handle = world.net[1].register_forward_hook(lambda *given: world.seen.append(given))

    natively.clear()
    twins.do(hook)
    twins.both(worlds.epoch)
    assert len(twins.compiled.seen) == 5 and not natively
    twins.do(lambda world: world.handle.remove())
    twins.both(worlds.epoch)
    twins.both(worlds.epoch)
    assert sum(natively) >= 4


@pytest.mark.parametrize("wrong", [0, 20, 63, 66])
@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("early", [True, False])
def test_an_error_in_the_middle(worlds, natively, wrong, shuffle, early):
    """The step sees what is wrong before it forgets its gradients, or when it has new ones."""

    def build():
        world = worlds.classifier(optim.Adam)
        net, optimizer = world.net, world.optimizer

        def step(x, y, p):
            first = F.binary_cross_entropy(p, y) if early else None
            optimizer.zero_grad()
            F.binary_cross_entropy(net(x), y).backward()
            loss = first if early else F.binary_cross_entropy(p, y)
            optimizer.step()
            return loss

        x, y = worlds.batch(70)
        world.p = torch.full((70, 1), 0.25)
        generator = torch.Generator().manual_seed(0)
        data = TensorDataset(x, y, world.p)
        world.loader = DataLoader(data, 16, shuffle, generator=generator)
        world.step = step
        return world

    twins = worlds.Twins(build)
    for _ in range(2):
        twins.both(worlds.epoch)
    natively.clear()
    twins.do(lambda world: world.p[wrong].fill_(1.5))
    twins.do(lambda world: setattr(world, "kept", world.net[0].weight.grad))
    before = int(twins.eager.net[1].num_batches_tracked.item())
    _, error = twins.both(worlds.epoch, RuntimeError)
    batch = int(twins.eager.net[1].num_batches_tracked.item()) - before - (not early)
    assert sum(natively) == batch and (shuffle or batch == wrong // 16)
    streams = [world.loader.generator.get_state() for world in (twins.eager, twins.compiled)]
    assert np.array_equal(*streams)
    assert error.__notes__[-1] == f"in batch {batch} of an epoch, counted from 0"
    twins.do(lambda world: world.p[wrong].fill_(0.5))
    for _ in range(2):
        twins.both(worlds.epoch)


def test_what_a_step_returns(worlds, natively):
    """A tensor of all results if they are alike, or else their list, with nothing shared."""

    def returning(what, net, train):
        return lambda x, y: what(net(x), train(x, y))

    for what, kind in (
        (lambda p, loss: (loss, p.detach()), list),
        (lambda p, loss: {"loss": loss, "epochs": 1}, list),
        (lambda p, loss: None, list),
        (lambda p, loss: p.detach(), list),  # the last batch is smaller
        (lambda p, loss: p.detach()[:3], torch.Tensor),
        (lambda p, loss: p.detach()[:3].t(), torch.Tensor),
        (lambda p, loss: [], list),
    ):
        twins = classifiers(
            worlds, step=lambda world, what=what: returning(what, world.net, world.step)
        )
        for _ in range(3):
            _, results = twins.both(worlds.epoch)
            assert type(results) is kind
        assert sum(natively) >= 8, what
        natively.clear()


class Halves(IterableDataset):
    """A stream of samples."""

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __iter__(self):
        return iter(list(zip(self.x, self.y, strict=True)))


@pytest.mark.parametrize("batches", [
    lambda x, y: [(x[:20], y[:20]), [x[20:], y[20:]]],
    lambda x, y: ((x[k : k + 20], y[k : k + 20]) for k in range(0, 70, 20)),
    lambda x, y: DataLoader(Halves(x, y), 20),
    lambda x, y: DataLoader(TensorDataset(x, y), 20, collate_fn=lambda r: default_collate(r)),
    lambda x, y: [],
], ids=["lists", "generator", "stream", "collate_fn", "nothing"])  # fmt: skip
def test_other_iterables(worlds, natively, batches):
    twins = classifiers(worlds)
    for seed in range(4):
        twins.both(lambda world, seed=seed: worlds.epoch(world, batches(*worlds.batch(70, seed))))
    assert not natively


def test_a_batch_that_is_no_list_is_one_argument(worlds):
    step = torch.compile(lambda x: x.sum())
    x = torch.arange(12.0).reshape(4, 3)
    for loader in (DataLoader(x, 2), DataLoader(TensorDataset(x), 2), [x[:2], x[2:]]):
        assert step.epoch(loader).tolist() == [15, 51]


def test_results_that_are_not_alike_are_a_list():
    x = torch.ones(3)
    step = torch.compile(lambda x: x.sum() if len(x) > 1 else None)
    assert step.epoch([x, x[:1]]) == [torch.tensor(3.0), None]
    floats, doubles = step.epoch([x, x.double()])
    assert (floats.dtype, doubles.dtype) == (torch.float32, torch.float64)


def test_what_is_no_loader():
    step = torch.compile(lambda x: x)
    with pytest.raises(TypeError, match="epoch: loader must give batches, got int"):
        step.epoch(3)
    with pytest.raises(TypeError, match="epoch: progress must be a bool, got str"):
        step.epoch([], progress="yes")
