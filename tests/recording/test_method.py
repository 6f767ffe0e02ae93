"""Is a method that a class compiles one of the object it is looked up in?"""

import copy

import minigrad as torch
from minigrad import nn, optim
from minigrad.nn import functional as F
from minigrad.recording.step import CompiledStep
from minigrad.utils.data import DataLoader, TensorDataset


class Trainer:
    def __init__(self, lr):
        self.net = nn.Linear(9, 1)
        self.optimizer = optim.SGD(self.net.parameters(), lr=lr)

    def eager(self, x, y):
        self.optimizer.zero_grad()
        loss = F.mse_loss(self.net(x), y)
        loss.backward()
        self.optimizer.step()
        return loss

    @torch.compile
    def step(self, x, y):
        """Train."""
        return self.eager(x, y)


def test_an_epoch_of_each_of_two_objects(worlds, natively):
    loader = DataLoader(TensorDataset(*worlds.batch(40)), 8)
    trainers, twins = [], []
    for each in (trainers, twins):
        torch.manual_seed(0)
        each += [Trainer(0.1), Trainer(0.01)]
    for _ in range(3):
        for trainer, twin in zip(trainers, twins, strict=True):
            losses = trainer.step.epoch(loader)
            assert losses.tolist() == [twin.eager(x, y).item() for x, y in loader]
    assert sum(natively) == 2 * (3 * 5 - 2)


def test_it_is_called_and_looks_like_the_step():
    trainer = Trainer(0.1)
    assert isinstance(Trainer.step, CompiledStep)
    assert trainer.step(torch.ones(2, 9), y=torch.ones(2, 1)).shape == ()
    assert (trainer.step.__name__, trainer.step.__doc__) == ("step", "Train.")
    assert "linear.forward" in str(trainer.step.program)
    assert copy.copy(trainer.step).program is trainer.step.program


def test_a_step_that_calls_it_is_told_what_it_reaches(worlds):
    def build():
        trainer = Trainer(0.1)
        method = trainer.step
        return worlds.World(step=lambda x, y: method(x, y), net=trainer.net, trainer=trainer)

    twins = worlds.Twins(build)
    twins.train(4)
    twins.do(lambda world: setattr(world.trainer, "net", nn.Linear(9, 1)))
    twins.train(4)
