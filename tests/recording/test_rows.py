"""Which loaders' rows are picked natively?"""

import numpy as np
import pytest

import minigrad as torch
from minigrad.utils.data import (
    BatchSampler,
    ConcatDataset,
    DataLoader,
    RandomSampler,
    Sampler,
    SequentialSampler,
    Subset,
    SubsetRandomSampler,
    TensorDataset,
    WeightedRandomSampler,
    random_split,
)

ROWS = 30


class Backwards(Sampler):
    def __init__(self, data):
        self.data = data

    def __iter__(self):
        return reversed(range(len(self.data)))

    def __len__(self):
        return len(self.data)


class OwnLoader(DataLoader):
    def __iter__(self):
        return reversed(list(super().__iter__()))


class OwnDataset(TensorDataset):
    def __getitem__(self, index):
        x, y = super().__getitem__(index)
        return x * 2, y


class OwnTensor(torch.Tensor):
    def __getitem__(self, index):
        return super().__getitem__(index) * 2


class Indices(list):
    def __getitem__(self, index):
        return super().__getitem__(index) // 2


def mixed(data):
    return random_split(Subset(data, np.arange(ROWS)[::-1]), [20, 10])[0]


def requiring(data):
    return TensorDataset(data.tensors[0].clone().requires_grad_(), data.tensors[1])


def transposed(data):
    x, y = data.tensors
    return TensorDataset(x.t().contiguous().t(), y)


NATIVE = {
    "in order": lambda data: DataLoader(data, 4),
    "shuffled": lambda data: DataLoader(data, 4, shuffle=True),
    "fewer": lambda data: DataLoader(data, 4, sampler=RandomSampler(data, num_samples=17)),
    "weighted": lambda data: DataLoader(
        data, 4, sampler=WeightedRandomSampler(range(1, ROWS + 1), 50)
    ),
    "random subset": lambda data: DataLoader(data, 4, sampler=SubsetRandomSampler([*range(20)])),
    "batch sampler": lambda data: DataLoader(
        data, batch_sampler=BatchSampler(RandomSampler(data), 4, True)
    ),
    "subset": lambda data: DataLoader(Subset(data, [*range(10), -1, -2, -3]), 4, shuffle=True),
    "split of a subset": lambda data: DataLoader(mixed(data), 4, shuffle=True),
}
CALLED = {
    "replacement": lambda data: DataLoader(data, 4, sampler=RandomSampler(data, True)),
    "more": lambda data: DataLoader(data, 4, sampler=RandomSampler(data, num_samples=2 * ROWS)),
    "own sampler": lambda data: DataLoader(data, 4, sampler=Backwards(data)),
    "own batches": lambda data: DataLoader(data, batch_sampler=[[0, 1, 2, 3], [4, 5, 6, 7]]),
    "own loader": lambda data: OwnLoader(data, 4),
    "own data set": lambda data: DataLoader(OwnDataset(*data.tensors), 4),
    "own tensor": lambda data: DataLoader(
        TensorDataset(OwnTensor(data.tensors[0].array), data.tensors[1]), 4
    ),
    "own indices": lambda data: DataLoader(Subset(data, Indices(range(20))), 4),
    "masks": lambda data: DataLoader(Subset(data, [True] * 8 + [3] * 8), 4),
    "two data sets": lambda data: DataLoader(ConcatDataset([data, data]), 4),
    "gradient": lambda data: DataLoader(requiring(data), 4),
    "columns apart": lambda data: DataLoader(transposed(data), 4),
}


@pytest.mark.parametrize("kind", [*NATIVE, *CALLED])
def test_loaders(worlds, natively, kind):
    def build():
        world = worlds.classifier()
        data = TensorDataset(*worlds.batch(ROWS))
        world.loader, world.usual = {**NATIVE, **CALLED}[kind](data), DataLoader(data, 4)
        return world

    twins = worlds.Twins(build)
    twins.both(lambda world: worlds.epoch(world, world.usual))  # so that there is a program
    natively.clear()
    for _ in range(3):
        twins.both(worlds.epoch, (IndexError, RuntimeError, ValueError))
    assert bool(natively) == (kind in NATIVE)


def test_a_step_that_draws_from_the_loaders_generator(worlds):
    """The order is drawn before the first batch, and again after the last full one."""

    def build():
        world = worlds.classifier()
        generator = world.generator = torch.Generator().manual_seed(5)
        data = TensorDataset(*worlds.batch(ROWS))
        train = world.step
        world.step = lambda x, y: (train(x, y), torch.rand(2, generator=generator))
        world.loader = DataLoader(data, 8, shuffle=True, generator=generator)
        return world

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.both(lambda w: (worlds.epoch(w), w.generator.get_state().tolist()))


def test_data_that_the_step_changes_are_picked_as_they_are_by_then(worlds, natively):
    """Rows are gathered just before their batch, as a loader does."""

    def build():
        net = torch.nn.Linear(9, 9)
        x, _ = worlds.batch(ROWS)
        mean = torch.zeros(9)
        table = torch.cat([mean[None], x]).contiguous()
        data = TensorDataset(table)

        def step(x):
            first = table[0]
            torch.nn.functional.batch_norm(x, first, mean, training=True)
            return torch.nn.functional.mse_loss(net(x), x).detach()

        loader = DataLoader(data, 5, sampler=WeightedRandomSampler([5.0] + [1.0] * ROWS, 40))
        return worlds.World(step=step, net=net, loader=loader, table=table, mean=mean)

    twins = worlds.Twins(build)
    for _ in range(3):
        twins.both(worlds.epoch)
    assert sum(natively) > 10


def test_an_index_that_is_not_there():
    step = torch.compile(lambda x: torch.nn.functional.relu(x))
    data = TensorDataset(torch.arange(10.0))
    for _ in range(3):
        assert len(step.epoch(DataLoader(data, 4))) == 3
    with pytest.raises(IndexError, match="out of bounds"):
        step.epoch(DataLoader(data, 4, sampler=SequentialSampler(range(12))))


def test_a_tensor_that_has_become_shorter():
    step = torch.compile(lambda x, y: torch.nn.functional.mse_loss(x, y))
    data = TensorDataset(torch.arange(12.0), torch.arange(12.0))
    for _ in range(3):
        step.epoch(DataLoader(data, 4))
    data.tensors = data.tensors[0], data.tensors[1][:6]
    with pytest.raises(IndexError, match="out of bounds") as caught:
        step.epoch(DataLoader(data, 4))
    assert caught.value.__notes__ == ["in batch 1 of an epoch, counted from 0"]
